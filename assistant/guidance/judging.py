"""Which rows hold for a reply: read from the database, judged by what the customer has just said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from actions.bookings.opening import is_open
from assistant.composing import Draft
from assistant.events import Transcript
from assistant.guidance.conditions import Facts, judge, to_compare
from assistant.guidance.held import Held, Judged, Kind, Row
from assistant.guidance.likeness import near
from assistant.guidance.rows import Guidance
from assistant.models import Assistant
from assistant.offers import is_on_a_button
from assistant.understanding import Way
from chatbot.kept_connections import in_thread

UNTOLD = (Way.EMPTY, Way.FILE, Way.SMALL_TALK)  # what these say is about nothing


async def with_guidance(assistant: Assistant, draft: Draft, transcript: Transcript) -> Draft:
    released = assistant.released
    rows = list(released.guidance) if released else await in_thread(rows_of)(assistant.pk)
    if not rows:
        return draft
    understood = draft.understood
    verified = transcript.audience != "everyone"
    opened = await in_thread(open_now)(rows)
    facts = Facts(understood.text, draft.language, verified, opened)
    by_meaning = understood.way not in UNTOLD and not is_on_a_button(understood.text, understood.before)
    judged = await judge_all(rows, facts, by_meaning=by_meaning)
    held = Held(tuple(one for one in judged if one.holds), draft.language)
    return replace(draft, guidance=held)


async def judge_all(rows: Sequence[Row], facts: Facts, *, by_meaning: bool = True) -> list[Judged]:
    """Meaning is looked at only where all hangs on it."""
    lines = to_compare(rows, facts) if by_meaning else []
    urgent = {line for row in rows if row.kind is Kind.ESCALATION for line in row.about}
    likeness = await near(facts.question, facts.language, lines, urgent) if lines else {}
    return [judge(row, facts, likeness) for row in rows]


def rows_of(assistant: int | None) -> list[Row]:
    return [row.as_row() for row in Guidance.objects.for_assistant(assistant)]


def open_now(rows: Sequence[Row]) -> bool | None:
    return is_open(timezone.now()) if any(row.hours for row in rows) else None
