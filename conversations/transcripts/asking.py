"""A customer wants the transcript by e-mail. Strangers name addresses here, so it is counted thrice."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from chatbot import mailing
from conversations import limits
from conversations.models import Conversation, TranscriptMail
from conversations.refusals import Refused
from conversations.transcripts.content import zone_named
from conversations.transcripts.sending import queue


def ask_for_mail(
    *, conversation: Conversation, email: str, client_id: UUID, time_zone: str = "", address: str = ""
) -> TranscriptMail:
    """Write down the wish once, however often it is repeated; a worker sends it, in the active language.

    `address` is the browser's. Raises Refused: "not_allowed" without a mail server, "not_found" before
    anything was said, "bad_address", and "too_fast" for this conversation, network or mailbox.
    """
    email = email.strip()
    if not mailing.can_send():
        raise Refused("not_allowed")
    if conversation.last_message_at is None:
        raise Refused("not_found")
    if not mailing.is_address(email):
        raise Refused("bad_address")
    wish = TranscriptMail.objects.filter(conversation=conversation, client_id=client_id)
    if known := wish.first():
        return known
    if not limits.allows_transcript(conversation=str(conversation.pk), mailbox=email, address=address):
        raise Refused("too_fast", permanent=False)
    return _write_down(conversation, email, client_id, time_zone)


@transaction.atomic
def _write_down(conversation: Conversation, email: str, client_id: UUID, time_zone: str) -> TranscriptMail:
    facts = {
        "email": email,
        "language": get_language() or conversation.language,
        "time_zone": zone_named(time_zone).key,
    }
    mail, new = TranscriptMail.objects.get_or_create(
        conversation=conversation, client_id=client_id, defaults=facts
    )
    if new:
        transaction.on_commit(partial(queue.ring, mail.pk))
    return mail
