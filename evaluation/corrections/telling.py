"""Who is told that an answer is right now, or wrong again: the staff of its conversation, its customer."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chatbot import mailing
from conversations.models import Message, Rating
from conversations.notifying.kinds import DAILY, Kind, declare
from conversations.notifying.telling import tell_all
from conversations.posting import record
from evaluation.corrections import covering
from evaluation.corrections.mails import queue
from evaluation.corrections.rows import Correction, CorrectionMail
from evaluation.reviews.rows import Review

CORRECTED = declare(Kind("corrected", gettext_lazy("An answer that I found wrong is put right"), mail=DAILY))


def tell(correction: Correction) -> None:
    """After its state has changed, in the same transaction. A customer is told once."""
    is_right = correction.state == Correction.State.RIGHT
    with record(correction.message.conversation_id) as writing:
        writing.post_log("put_right" if is_right else "wrong_again", correction=correction.pk)
    if is_right:
        _write_to_customer(correction, correction.message)
        tell_others(correction)
        Correction.objects.filter(pk=correction.pk).update(told_at=timezone.now())
    else:
        covering.take_back(correction)
    _tell_reporters(correction, is_right=is_right)


def tell_others(correction: Correction) -> None:
    """Who asked the very same, as many as go in one go; with more of them, it is checked once more soon."""
    covered, more = covering.cover(correction)
    for answer in covered:
        _write_to_customer(correction, answer)
    if more:
        Correction.objects.filter(pk=correction.pk).update(check_due_at=timezone.now())


def _tell_reporters(correction: Correction, *, is_right: bool) -> None:
    """Who has corrected it, and who has found it wrong."""
    judged = Q(pk__in=Review.objects.filter(item=correction.message_id).values("reviewer"))
    people = User.objects.filter(judged | Q(pk=correction.author_id or 0)).order_by("pk")
    tell_all(
        list(people), kind=CORRECTED.key, about=name_of(correction.pk),
        link=reverse("evaluation:correction", args=[correction.pk]),
        words=lambda: _words(correction, is_right=is_right),
    )  # fmt: skip


def name_of(pk: int) -> str:
    """What notifications of a correction are about."""
    return f"correction:{pk}"


def _words(correction: Correction, *, is_right: bool) -> str:
    told = {"question": correction.question[:120]}
    if is_right:
        return _("Answered right now: %(question)s") % told
    return _("Wrong again: %(question)s") % told


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
