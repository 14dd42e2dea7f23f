"""Who is told that an answer is right now, or wrong again: the staff of its conversation, its customer."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from chatbot import mailing
from conversations.models import Message, Rating
from conversations.posting import record
from evaluation.corrections.covering import cover
from evaluation.corrections.mails import queue
from evaluation.corrections.rows import Correction, CorrectionMail


def tell(correction: Correction) -> None:
    """After its state has changed, in the same transaction. A customer is told once."""
    is_right = correction.state == Correction.State.RIGHT
    with record(correction.message.conversation_id) as writing:
        writing.post_log("put_right" if is_right else "wrong_again", correction=correction.pk)
    if is_right:
        for answer in (correction.message, *cover(correction)):
            _write_to_customer(correction, answer)
        Correction.objects.filter(pk=correction.pk).update(told_at=timezone.now())


def _write_to_customer(correction: Correction, answer: Message) -> None:
    """Who has left an address with the complaint, and so agreed to be told."""
    rating = Rating.objects.filter(message=answer).exclude(email="").first()
    if rating is None or not correction.right_answer:
        return
    facts = {"correction": correction, "email": rating.email, "language": answer.conversation.language}
    mail, is_new = CorrectionMail.objects.get_or_create(message=answer, defaults=facts)
    Rating.objects.filter(pk=rating.pk).update(email="")  # needed for nothing else
    if is_new and mailing.can_send():
        transaction.on_commit(partial(queue.ring, mail.pk))
