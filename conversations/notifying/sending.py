"""What is due is gathered into one mail for each member of staff, and sent by the queue of mails."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chatbot.mail_queue import MailQueue
from chatbot.mailing import Mail
from conversations.models import NoticeMail, Notification
from conversations.notifying.writing import mail_of, unseen_of

MOST = 500


class NoticeMails(MailQueue[NoticeMail]):
    rows = NoticeMail
    task = "conversations.tasks.send_notices"
    related = ("user",)

    @transaction.atomic
    def take(self, mail_id: UUID) -> NoticeMail | None:
        """None also where all of it was seen meanwhile: that ends it."""
        mail = super().take(mail_id)
        if mail is not None and not (mail.user.is_active and unseen_of(mail)):
            self.end(mail, NoticeMail.State.NEEDLESS)
            return None
        return mail

    def written(self, row: NoticeMail) -> Mail:
        return mail_of(row)

    def sweep(self) -> None:
        gather()
        super().sweep()


queue = NoticeMails()


@transaction.atomic
def gather() -> None:
    """What is due and in no mail yet; a thing is in one mail for ever, so nobody is told twice."""
    waiting = Notification.objects.filter(mail=None, seen_at=None, mail_due_at__lte=timezone.now())
    due = list(waiting.select_for_update(skip_locked=True).order_by("user", "pk")[:MOST])
    for user_id, rows in groupby(due, key=lambda row: row.user_id):
        mail = NoticeMail.objects.create(user_id=user_id)
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mail=mail)
        transaction.on_commit(partial(queue.ring, mail.pk))
