"""The staff's pages: the list of conversations, one conversation, and what can be done with it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from chatbot.row_files import cell
from conversations import handoff, suggesting
from conversations.access import conversations_for, get_conversation_for
from conversations.asked import asked_of
from conversations.inbox import listing
from conversations.inbox.filters import LONGEST, Filters
from conversations.inbox.showing import column, facts, staff
from conversations.introducing.answers import answers_by_conversation
from conversations.models import Conversation, Message, Trace
from conversations.staff_forms import NoteForm
from knowledge.intake.suggesting import undecided

StaffAction = Callable[..., Conversation]
agents_only = role_required(Role.AGENT)
COLUMNS = [
    "id",
    "customer",
    "status",
    "owner",
    "reason",
    "language",
    "last_message_at",
    "last_words",
    "email",
]


@agents_only
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "conversations/inbox.html", {"section": "inbox"} | column(request))


@agents_only
@never_cache
@require_safe
def inbox_list(request: HttpRequest) -> HttpResponse:
    """The list alone, for htmx: when filters change and when the inbox's socket says so."""
    return render(request, "conversations/_list_again.html", column(request))


@agents_only
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as CSV, with a column for each question that was answered before the chat."""
    filters = Filters.read(request.GET)
    found = listing.shown(conversations_for(request.user), filters, user=staff(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="conversations.csv"'
    writer = csv.writer(response)
    shown = list(found[:LONGEST])
    answers = answers_by_conversation([conversation.pk for conversation in shown])
    given = {key: {one["key"]: one["value"] for one in found} for key, found in answers.items()}
    keys = sorted({key for values in given.values() for key in values})
    writer.writerow([*COLUMNS, *(f"asked_{key}" for key in keys)])
    rows = [
        [*_row(one), *(cell(given.get(one.pk, {}).get(key)) for key in keys)] for one in shown
    ]  # fmt: skip
    writer.writerows(rows)
    name = "conversations.csv"
    facts = {"file": name, "number": len(rows), "filters": filters.query()}
    audit.record(audit.Action.EXPORTED, Conversation(), key="-", label=name, after=facts)
    return response


@agents_only
@never_cache
@require_safe
def conversation(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_conversation_for(request.user, pk)
    return render(
        request, "conversations/conversation.html", column(request) | facts(found) | {"section": "inbox"}
    )


@agents_only
@never_cache
@require_safe
def conversation_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head and the facts beside it, for htmx: when the conversation's socket says that it changed."""
    return render(request, "conversations/_state.html", facts(get_conversation_for(request.user, pk)))


@agents_only
@never_cache
@require_safe
def article_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What customers asked when an answer cited an article, for htmx: beside it in the admin site."""
    questions = asked_of(pk, conversations_for(request.user))
    return render(request, "conversations/_article_questions.html", {"questions": questions})


def _action(act: StaffAction) -> Callable[..., HttpResponseBase]:
    """A view that lets the person do `act` and shows how the conversation stands then."""

    @agents_only
    @require_POST
    def view(request: HttpRequest, pk: UUID) -> HttpResponse:
        act(conversation_id=get_conversation_for(request.user, pk).pk, user=staff(request))
        if not request.headers.get("HX-Request"):
            return redirect("conversations:conversation", pk)
        return render(request, "conversations/_state.html", facts(get_conversation_for(request.user, pk)))

    return view


hand_back = _action(handoff.hand_back)
resolve = _action(handoff.resolve)


@agents_only
@require_POST
def add_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a note; it comes back to every watcher over the socket."""
    found = get_conversation_for(request.user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    handoff.add_note(conversation_id=found.pk, user=staff(request), **form.cleaned_data)
    return HttpResponse(status=204)


@agents_only
@never_cache
@require_safe
def trace(request: HttpRequest, pk: int) -> HttpResponse:
    """Why an answer is as it is, unfolded under it."""
    message = get_object_or_404(Message, pk=pk)
    get_conversation_for(request.user, message.conversation_id)
    found = Trace.objects.select_related("release").defer("release__router").filter(message=message).first()
    return render(request, "conversations/_trace.html", {"trace": found, "message": message})


@role_required(Role.EDITOR)
@require_POST
def look_for_suggestions(request: HttpRequest) -> HttpResponse:
    """Turn what staff answered into suggestions now, and go where they are decided."""
    run = suggesting.collect()
    waiting = run or undecided()
    if waiting is None:
        messages.info(request, _("No resolved conversation holds an answer of your staff that is new."))
        return redirect("admin:knowledge_importrun_changelist")
    if run is None:
        messages.info(request, _("Decide these suggestions first; more come after them."))
    return redirect("admin:knowledge_importrun_change", waiting.pk)


def _row(found: Conversation) -> list[str]:
    when = found.last_message_at.isoformat() if found.last_message_at else ""
    facts = [str(found.pk), str(found.customer), found.status, found.owner, found.handoff_reason]
    said = [found.language, when, found.last_words, found.customer.email]
    return [cell(value) for value in [*facts, *said]]
