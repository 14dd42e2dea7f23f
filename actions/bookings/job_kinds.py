"""Mails about bookings, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.bookings.mails.rows import BookingMail
from actions.bookings.mails.sending import queue
from chatbot import jobs
from chatbot.mail_jobs import STATES, mails

KINDS = [
    mails(
        queue,
        key="booking-mail",
        title=_("Mail about a booking"),
        permission="bookings.change_booking",
        what="booking__reference",
        states={**STATES, BookingMail.State.REPLACED: jobs.CANCELLED},
        target="booking_id",
        page=lambda booking: reverse("bookings:booking", args=[booking]),
    )
]
