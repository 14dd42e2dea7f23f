"""Have an action of a flow done, and say what came of it."""

from __future__ import annotations

from datetime import datetime

from assistant.events import Transcript
from flows.state import Acted, Do


async def act(wanted: Do, *, transcript: Transcript, now: datetime) -> Acted:
    return Acted(ok=False, error="unknown_action")
