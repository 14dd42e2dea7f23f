"""What staff answer to a message that was left goes out by e-mail too, by the queue of mails."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chatbot import mailing
from chatbot.mail_queue import QUEUED, MailQueue
from chatbot.mailing import Mail
from conversations.leaving.writing import mail_of, replies
from conversations.models import LeftMessage, Message, ReplyMail
from conversations.posting import record

SOON = timedelta(minutes=2)  # in which further replies come along, and whoever is here reads them
MAIL_FAILED = "reply_mail_failed"


class ReplyMails(MailQueue[ReplyMail]):
    rows = ReplyMail
    task = "conversations.tasks.send_reply"
    related = ("left__conversation__assistant",)

    @transaction.atomic
    def take(self, mail_id: UUID) -> ReplyMail | None:
        """None also where there is nothing to tell any more: that ends it. Up to which reply it tells is
        settled while its row is held; what is said later has a mail of its own."""
        mail = super().take(mail_id)
        last = replies(mail).last() if mail else None
        if mail is None:
            return None
        if last is None or _was_read(last):
            self.end(mail, ReplyMail.State.NEEDLESS)
            return None
        mail.upto = mail.upto or last.seq
        mail.save(update_fields=["upto"])
        return mail

    def written(self, row: ReplyMail) -> Mail:
        return mail_of(row)

    def given_up(self, row: ReplyMail) -> None:
        """Staff can do something else."""
        with record(row.left.conversation_id) as writing:
            writing.post_log(MAIL_FAILED)


queue = ReplyMails()


def tell_by_mail(reply: Message) -> None:
    """For whoever holds the record, where an address was left."""
    left = LeftMessage.objects.filter(conversation=reply.conversation_id).exclude(email="").last()
    if left is None or not mailing.can_send():
        return
    waiting = ReplyMail.objects.select_for_update().filter(left=left, state=QUEUED, attempts=0)
    if not waiting.first():
        ReplyMail.objects.create(left=left, first=reply.seq, due_at=timezone.now() + SOON)


def _was_read(reply: Message) -> bool:
    """Whoever has said something since has read it."""
    said = Message.objects.filter(conversation=reply.conversation_id, kind=Message.Kind.CUSTOMER)
    return said.filter(seq__gt=reply.seq).exists()
