"""What a customer is told of a booking: in the customer's language, at the company's time."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from actions.bookings.mails.entries import entry_of
from actions.bookings.mails.rows import BookingMail
from actions.bookings.models import Booking, in_words
from actions.bookings.moments import company_zone, span_in_words
from actions.bookings.moments import in_words as moment_in_words
from chatbot.mailing import Mail

Kind = BookingMail.Kind
Facts = list[tuple[str, str]]


def mail_of(row: BookingMail) -> Mail:
    """How the booking stands now, whatever it was when the mail was asked for."""
    booking = row.booking
    with override(booking.language):
        kind = Kind.CANCELLED if booking.status == Booking.Status.CANCELLED else Kind(row.kind)
        title, facts, more = _title(kind, booking), _facts(booking), _more(kind)
        context = {"title": title, "facts": facts, "more": more, "chat_url": settings.PUBLIC_URL}
        return Mail(
            key=f"booking-{row.pk}",
            to=booking.email,
            subject=_line(title, moment_in_words(booking.starts_at, booking.language)),
            text=_text(title, facts, more),
            html=get_template("bookings/mail.html").render(context),
            language=get_language() or booking.language,
            attachments=[_entry(booking, facts, more)],
        )


def _entry(booking: Booking, facts: Facts, more: str) -> Any:
    company = parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
    name = in_words(booking.service.names, booking.language) or booking.service.key
    return entry_of(
        booking,
        title=f"{name} · {company}" if company else name,
        text="\n".join([*(_line(*fact) for fact in facts), "", more, settings.PUBLIC_URL]),
        place=in_words(booking.service.places, booking.language),
    )


def _title(kind: str, booking: Booking) -> str:
    words = {
        Kind.CONFIRMED: _("Your appointment is booked"),
        Kind.MOVED: _("Your appointment has been moved"),
        Kind.CANCELLED: _("Your appointment is cancelled"),
    }
    return words[Kind(kind)]


def _line(label: str, value: str) -> str:
    # Translators: what something is, and its value: "When: Tuesday at 15:00".
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def _facts(booking: Booking) -> Facts:
    service, language = booking.service, booking.language
    when = span_in_words(booking.starts_at, booking.ends_at, language)
    zone = company_zone().key.replace("_", " ")
    facts = [
        (_("What"), in_words(service.names, language) or service.key),
        (_("When"), when),
        (_("Time zone"), zone),
        (_("Where"), in_words(service.places, language)),
        (_("With"), booking.person.name),
        (_("Price"), in_words(service.prices, language)),
        (_("Name"), booking.name),
        (_("Reference"), booking.reference),
    ]
    return [(label, value) for label, value in facts if value]


def _more(kind: str) -> str:
    if kind == Kind.CANCELLED:
        return _("To book another time, write to us in the chat.")
    return _(
        "To move or cancel the appointment, write to us in the chat. You need the reference and the e-mail "
        "address of the booking."
    )


def _text(title: str, facts: Facts, more: str) -> str:
    lines = [title, "", *(_line(*fact) for fact in facts), "", more, settings.PUBLIC_URL]
    return "\n".join(lines) + "\n"
