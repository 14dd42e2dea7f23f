"""What the assistant can do with bookings. Given and returned values are JSON; a moment is local to the
company, as in a flow's slot: "2026-12-01T15:00". Words are in the customer's language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.bookings.acting import Action
from actions.bookings.asking import find_bookings, find_free
from actions.bookings.changing import book_it, cancel_it, move_it
from actions.bookings.saying import FACTS


def _schema(required: str, **properties: str | Promise) -> dict[str, Any]:
    described = {name: {"type": "string", "description": words} for name, words in properties.items()}
    return {
        "type": "object",
        "properties": described,
        "required": required.split(),
        "additionalProperties": False,
    }


_SERVICE = _("The service: its key or its name.")
_PERSON = _("With whom, by name; left out: whoever is free.")
_MOMENT = _("Day and time at the company: 2026-12-01T15:00.")
_REFERENCE = _("The reference of the booking: KRHL-48273.")
_EMAIL = _("The e-mail address that it was booked with.")

ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            name="booking_times",
            title=_("Find free appointments"),
            parameters=_schema(
                "service",
                service=_SERVICE,
                around=_("What free times are looked for around: a day, a moment, a period."),
                hour=_("A time of day that they are to be near to: 15:00."),
                part=_("Hours that they are to be within: a period, of whichever day."),
                person=_PERSON,
                reference=_("Of a booking that is to be moved: its own time counts as free."),
                email=_EMAIL,
            ),
            changes="read",
            run=find_free,
            brings=("times", "any", "exact", "on_day"),
            refuses=("services",),
            advised=("around",),
        ),
        Action(
            name="booking_book",
            title=_("Book an appointment"),
            parameters=_schema(
                "service starts name",
                service=_SERVICE,
                starts=_MOMENT,
                person=_PERSON,
                name=_("The customer’s name."),
                email=_("Where the confirmation goes."),
                phone=_("The customer’s phone number."),
                note=_("What the customer wants to say about it."),
            ),
            changes="writes",
            run=book_it,
            brings=(*FACTS, "mailed"),
            refuses=("times", "services"),
        ),
        Action(
            name="booking_move",
            title=_("Move an appointment"),
            parameters=_schema(
                "reference email starts",
                reference=_REFERENCE,
                email=_EMAIL,
                starts=_MOMENT,
                person=_PERSON,
            ),
            changes="writes",
            run=move_it,
            brings=(*FACTS, "mailed"),
            refuses=("times",),
        ),
        Action(
            name="booking_cancel",
            title=_("Cancel an appointment"),
            parameters=_schema("reference email", reference=_REFERENCE, email=_EMAIL),
            changes="writes",
            run=cancel_it,
            brings=(*FACTS, "mailed"),
        ),
        Action(
            name="booking_find",
            title=_("Find a customer’s appointments"),
            parameters=_schema(
                "",
                reference=_("Left out: those of the customer, and of this conversation."),
                email=_EMAIL,
            ),
            changes="read",
            run=find_bookings,
            brings=("bookings", "any", *FACTS),
        ),
    )
}
