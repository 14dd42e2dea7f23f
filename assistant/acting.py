"""Have an action of a flow done, and say what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.doing import do
from assistant.events import Transcript
from flows.state import Acted, Do


async def act(wanted: Do, *, transcript: Transcript, language: str, now: datetime) -> Acted:
    """The same step of the same conversation is done once, however often its reply is begun anew."""
    done = await do(
        wanted.action,
        {name: value for name, value in wanted.given.items() if value not in (None, "")},
        key=wanted.key,
        customer=facts_of(transcript, language),
        conversation=transcript.conversation,
        now=now,
    )
    return Acted(
        done.ok, done.data, done.error, done.message, final=done.final, pending=done.waiting_for_approval
    )


def facts_of(transcript: Transcript, language: str) -> dict[str, Any]:
    """What an action may know of whoever writes."""
    return {**transcript.customer, "language": language, "verified": transcript.audience != "everyone"}
