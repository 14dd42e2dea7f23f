"""Nobody is there just now: said to whoever is passed on to a person outside the opening hours, with when
they begin again. What was written is kept, and answered then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from actions.bookings.moments import company_zone
from actions.bookings.opening import is_open, next_opening
from assistant.events import Answer
from assistant.phrases import say
from chatbot.dates import moment_in_words


def told(answer: Answer) -> Answer:
    """The answer, which passes on to a person, with a sentence of it. Asks the database."""
    absent = in_words(answer.language)
    return replace(answer, text="\n\n".join([answer.text, absent])) if absent else answer


def in_words(language: str, now: datetime | None = None) -> str:
    """ "" while it is open, and where nobody has said when it is."""
    back = when_back(language, now)
    if back is None:
        return ""
    return say("nobody_there_until", language, when=back) if back else say("nobody_there", language)


def when_back(language: str, now: datetime | None = None) -> str | None:
    """When somebody is there again, "" where that cannot be told; None where somebody may be there now."""
    now = now or timezone.now()
    if is_open(now) is not False:
        return None
    begins = next_opening(now)
    at = begins and begins.astimezone(company_zone())
    return moment_in_words(at, language, year=False) if at else ""
