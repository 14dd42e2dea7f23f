"""Mails about bookings: sent by the queue of mails."""

from __future__ import annotations

from actions.bookings.mails.rows import BookingMail
from actions.bookings.mails.writing import mail_of
from chatbot.mail_queue import MONTH, QUEUED, MailQueue
from chatbot.mailing import Mail


class BookingMails(MailQueue[BookingMail]):
    rows = BookingMail
    task = "actions.bookings.tasks.send_mail"
    kept = MONTH
    related = ("booking__service", "booking__person")
    # One that was replaced while it was on its way was sent all the same.
    open_states = (QUEUED, BookingMail.State.REPLACED)

    def written(self, row: BookingMail) -> Mail:
        return mail_of(row)


queue = BookingMails()
