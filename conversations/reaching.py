"""Whether somebody can be talked to now, until when, or when again: by the business hours of whoever would
answer, and by whether any of them takes conversations. Everything that brings in a person asks here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.opening.calendars import closes_at, next_opening, open_at
from actions.opening.standing import calendar_of
from assistant.events import HandoffReason
from chatbot.dates import clock_in_words, moment_in_words
from conversations.inbox import sharing
from conversations.models import Conversation, Team


@dataclass(frozen=True, slots=True)
class Reach:
    """`until` and `back` are local to those who answer; None where that cannot be told. `zone`: theirs, ""
    where no hours are set."""

    there: bool
    until: datetime | None = None
    back: datetime | None = None
    zone: str = ""


def reach(
    conversation: Conversation,
    *,
    reason: str = HandoffReason.CUSTOMER_REQUEST,
    now: datetime | None = None,
) -> Reach:
    team = conversation.team or sharing.team_for(language=conversation.language, reason=reason)
    return reach_of(team, now=now)


def reach_of(team: Team | None, *, now: datetime | None = None) -> Reach:
    now = now or timezone.now()
    calendar = calendar_of(team.calendar if team else None, now)
    if calendar is None:
        return Reach(there=sharing.somebody_takes(team))
    if not open_at(calendar, now):
        back = next_opening(calendar, now)
        return Reach(False, back=back and back.astimezone(calendar.zone), zone=calendar.zone.key)
    if not sharing.somebody_takes(team):
        return Reach(False, zone=calendar.zone.key)
    until = closes_at(calendar, now)
    return Reach(True, until=until and until.astimezone(calendar.zone), zone=calendar.zone.key)


def in_words(found: Reach, language: str, *, now: datetime | None = None) -> str:
    """One sentence in the active language; nothing where somebody may be there and nobody has said when."""
    if found.there:
        return _while_there(found.until, language, now or timezone.now())
    if found.back is None:
        return _("Nobody can take a conversation just now.")
    back = moment_in_words(found.back, language, year=False)
    return _("Nobody is here just now. We are back on %(when)s.") % {"when": back}


def _while_there(until: datetime | None, language: str, now: datetime) -> str:
    if until is None:
        return ""
    if until.date() == now.astimezone(until.tzinfo).date():
        return _("We are here until %(time)s.") % {"time": clock_in_words(until.time(), language)}
    when = moment_in_words(until, language, year=False)
    return _("We are here until %(when)s.") % {"when": when}
