"""One thing done to all conversations that are selected in the list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from accounts.permissions import role_required
from conversations.access import conversations_for
from conversations.inbox import together, wish
from conversations.inbox.control_views import first_error
from conversations.inbox.forms import PutOffForm
from conversations.inbox.offered import colleagues
from conversations.inbox.showing import staff
from conversations.inbox.wish import Unclear, Wish
from conversations.models import Label, Team


@role_required(Role.AGENT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_together(request: HttpRequest) -> HttpResponse:
    """What can be done, for htmx, when the first one is selected; and doing it."""
    if request.method != "POST":
        return render(request, "conversations/inbox/_acts.html", _choices(staff(request)))
    try:
        words, done = str(_do(request)), True
    except Unclear as problem:
        words, done = str(problem), False
    if not request.headers.get("HX-Request"):
        (messages.success if done else messages.error)(request, words)
        return redirect("conversations:inbox")
    return render(request, "conversations/inbox/_outcome.html", {"words": words, "done": done})


def _choices(user: User) -> dict[str, object]:
    others = [one for one in colleagues() if one.pk != user.pk]
    return {"colleagues": others, "teams": Team.objects.all(), "labels": Label.objects.all()}


def _do(request: HttpRequest) -> together.Outcome:
    act = wished(request).act(staff(request))
    wanted = list(dict.fromkeys(_keys(request.POST.getlist("conversation"))))
    if not wanted:
        raise Unclear(_("Select a conversation first."))
    if len(wanted) > together.MOST:
        raise Unclear(_("Select at most %(most)s conversations.") % {"most": together.MOST})
    seen = set(conversations_for(request.user).filter(pk__in=wanted).values_list("pk", flat=True))
    outcome = together.do(act, [pk for pk in wanted if pk in seen])
    return together.Outcome(outcome.done, outcome.failed + len(wanted) - len(seen))


def _keys(said: list[str]) -> list[UUID]:
    found = []
    for one in said:
        try:
            found.append(UUID(one))
        except ValueError:
            raise Unclear(_("Load the page again, then try once more.")) from None
    return found


def wished(request: HttpRequest) -> Wish:
    """Raises Unclear."""
    said = request.POST.get("act", "")
    if said != "put_off":
        return wish.read(said, None)
    form = PutOffForm(request.POST)
    if problem := first_error(form):
        raise Unclear(problem)
    return wish.read(said, form.cleaned_data["until"])
