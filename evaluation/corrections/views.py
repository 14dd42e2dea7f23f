"""The pages of corrections: the form, the chain of one, and all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.access import conversations_for
from conversations.inbox.showing import staff
from conversations.notifying.telling import see
from evaluation.corrections import deciding, offered
from evaluation.corrections.chain import chain, with_covered
from evaluation.corrections.correcting import correct as put_right
from evaluation.corrections.correcting import may_publish
from evaluation.corrections.forms import CorrectionForm
from evaluation.corrections.rows import Correction
from evaluation.corrections.telling import name_of
from evaluation.reviews.shown import answer_of, correction_of, said
from evaluation.to_do import corrections_for
from knowledge.approval import NeedsApproval
from knowledge.models import Document

agents_only = role_required(Role.AGENT)
State = Correction.State
MOST = 100  # of a list
STATES = (State.WRONG, State.RIGHT, State.WITHDRAWN)
FOR_ME = "mine"


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    user = staff(request)
    answer = answer_of(user, pk)
    known = correction_of(answer)
    if known is not None:
        return redirect("evaluation:correction", known.pk)
    articles = offered.articles(answer)
    asked: dict[str, Any] = {
        "user": user, "language": offered.language_of(answer), "articles": articles,
        "steps": offered.steps(answer, user), "before": offered.before(answer),
    }  # fmt: skip
    initial = offered.initial(answer, articles)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial, **asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = put_right(answer, form.put(), author=user)
        except IntegrityError:  # a colleague was quicker
            made = answer.corrections.exclude(state=State.WITHDRAWN).get()
            messages.info(request, _("A colleague has corrected this answer in the same moment."))
        return redirect("evaluation:correction", made.pk)
    context = said(answer) | {"form": form, "section": "review"}
    return render(request, "evaluation/correct.html", context)


@agents_only
@never_cache
@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """The newest first, of one state, or what waits for whoever looks. For a page that is open, the rows
    alone."""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in (*STATES, FOR_ME) else State.WRONG
    rows = corrections_for(staff(request)) if state == FOR_ME else Correction.objects.filter(state=state)
    rows = rows.select_related("author", "document", "guidance")
    found = list(rows.order_by("-created_at")[: MOST + 1])
    context = {
        "section": "review", "corrections": found[:MOST], "more": len(found) > MOST, "state": state,
        "states": [*((str(one), one.label) for one in STATES), (FOR_ME, _("Waiting for you"))],
    }  # fmt: skip
    alone = "HX-Request" in request.headers
    return render(request, f"evaluation/{'_' if alone else ''}corrections.html", context)


@agents_only
@never_cache
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    context = _context(request, pk) | {"section": "review"}
    see(staff(request), about=name_of(pk))
    return render(request, "evaluation/correction.html", context)


@agents_only
@never_cache
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain alone, for htmx: asked for again and again while the scenario runs."""
    return render(request, "evaluation/_chain.html", _context(request, pk))


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    user, found = staff(request), _correction(request, pk)
    document = found.document
    can_publish = found.wrote_document and document and document.status == Document.Status.DRAFT
    says_otherwise = found.state == State.WRONG and bool(found.says_now) and found.check_due_at is None
    return {
        "correction": found,
        "chain": chain(found, user),
        "runs": found.check_due_at is not None and found.state != State.WITHDRAWN,
        "can_publish": bool(can_publish and may_publish(user)),
        "can_accept": says_otherwise and may_publish(user),
        "editor_accepts": says_otherwise and not may_publish(user),
    }


def _correction(request: HttpRequest, pk: int) -> Correction:
    related = (
        "message__conversation", "message__rating", "message__review_item", "author", "scenario", "document",
        "guidance", "assistant",
    )  # fmt: skip
    seen = Correction.objects.filter(message__conversation__in=conversations_for(staff(request)))
    found = with_covered(seen.select_related(*related)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _decision(
    role: str, decide: Callable[[HttpRequest, Correction], None]
) -> Callable[..., HttpResponseBase]:
    @role_required(role)
    @require_POST
    @wraps(decide)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        decide(request, _correction(request, pk))
        return redirect("evaluation:correction", pk)

    return view


def _check(request: HttpRequest, found: Correction) -> None:
    deciding.check_again(found)


def _publish(request: HttpRequest, found: Correction) -> None:
    try:
        if deciding.publish(found, by=staff(request)):
            messages.success(request, _("Published. As soon as it is indexed, the question is asked again."))
    except NeedsApproval as refused:
        messages.error(request, str(refused))


def _accept(request: HttpRequest, found: Correction) -> None:
    if not deciding.accept(found, by=staff(request)):
        messages.info(request, _("There is nothing to accept any more: look at how it stands now."))


def _withdraw(request: HttpRequest, found: Correction) -> None:
    deciding.withdraw(found, by=staff(request))
    messages.success(request, _("Withdrawn. Its scenario counts no more."))


check = _decision(Role.AGENT, _check)
publish = _decision(Role.EDITOR, _publish)
accept = _decision(Role.EDITOR, _accept)  # customers are told upon it
withdraw = _decision(Role.AGENT, _withdraw)
