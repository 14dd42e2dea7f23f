"""One thing done to all conversations that are selected in the list."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from accounts.permissions import role_required
from conversations.access import conversations_for
from conversations.inbox import together
from conversations.inbox.control_views import first_error
from conversations.inbox.filters import number
from conversations.inbox.forms import PutOffForm
from conversations.inbox.offered import colleagues
from conversations.inbox.showing import staff
from conversations.models import Label, Team

Row = TypeVar("Row", User, Team, Label)


class Unclear(Exception):
    """Nothing was done; the words say why."""


@role_required(Role.AGENT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_together(request: HttpRequest) -> HttpResponse:
    """What can be done, for htmx, when the first one is selected; and doing it."""
    if request.method != "POST":
        return render(request, "conversations/inbox/_acts.html", _choices(staff(request)))
    try:
        words, done = _told(_do(request)), True
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
    act = _act(request, staff(request))
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


def _act(request: HttpRequest, user: User) -> together.Act:
    """Of “resolve”, “put_off”, “assign:7”, “team:2”, “label:3”, “unlabel:3”; without a key: nobody."""
    what, _colon, key = request.POST.get("act", "").partition(":")
    if what == "resolve":
        return together.resolving(user)
    if what == "put_off":
        form = PutOffForm(request.POST)
        if problem := first_error(form):
            raise Unclear(problem)
        return together.snoozed(user, form.cleaned_data["until"])
    return _sorting(what, key, user)


def _sorting(what: str, key: str, user: User) -> together.Act:
    if what == "assign":
        to = colleagues().filter(pk=number(key)).first()
        return together.assigned(user, to if not key else _there(to))
    if what == "team":
        team = Team.objects.filter(pk=number(key)).first()
        return together.given_to_team(user, team if not key else _there(team))
    if what in ("label", "unlabel"):
        label = _there(Label.objects.filter(pk=number(key)).first())
        return together.labelled(user, label, remove=what == "unlabel")
    raise Unclear(_("Load the page again, then try once more."))


def _there(row: Row | None) -> Row:
    if row is None:
        raise Unclear(_("This is no longer there. Load the page again."))
    return row


def _told(outcome: together.Outcome) -> str:
    done = ngettext("Done with %(number)s conversation.", "Done with %(number)s conversations.", outcome.done)
    words = [done % {"number": outcome.done}] if outcome.done else []
    if outcome.failed:
        failed = ngettext(
            "%(number)s could not be changed: it is gone, or resolved already.",
            "%(number)s could not be changed: they are gone, or resolved already.",
            outcome.failed,
        )
        words.append(failed % {"number": outcome.failed})
    return " ".join(words)
