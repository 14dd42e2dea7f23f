"""Take in a customer's file: within limits, looked at, then kept until it is sent with a message."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from django.core.files import File
from django.db import connection, transaction
from django.db.models import Count, Sum

from conversations import limits
from conversations.attachments.calling import ENDINGS, safe_name
from conversations.attachments.checking import Checked, check
from conversations.attachments.rows import Attachment
from conversations.attachments.rules import Rules
from conversations.masking import without_cards
from conversations.models import Conversation
from conversations.refusals import Refused
from untrusted.base import Refusal
from untrusted.receiving import Stream, write_down

MOST_FILES = 100  # of one conversation
MOST_BYTES = 200_000_000


def take_in(
    *, conversation: Conversation, rules: Rules, name: str, client_id: UUID, stream: Stream, address: str = ""
) -> Attachment:
    """Store the file once, however often it is sent. Raises Refused with a code of rules.py."""
    if known := Attachment.objects.filter(conversation=conversation, client_id=client_id).first():
        return known
    if not rules:
        raise Refused("off")
    _has_room(conversation)
    if not limits.allows_upload(conversation=str(conversation.pk), address=address):
        raise Refused("too_fast", permanent=False)
    _lend_the_connection()
    with tempfile.TemporaryDirectory(prefix="causerie-upload-") as folder:
        source = Path(folder) / "given"
        _write_down(stream, source, most=rules.most)
        checked = check(source, name=name)
        if not rules.takes(is_picture=checked.is_picture):
            raise Refused("wrong_kind")
        return _keep(conversation, checked, name=name, client_id=client_id)


def discard(attachment: Attachment) -> None:
    """Forget a file that was not sent. Raises Refused when it was."""
    with transaction.atomic():
        unsent = Attachment.objects.select_for_update().filter(pk=attachment.pk, message=None).first()
        if unsent is None:
            raise Refused("gone")
        unsent.delete()


def _lend_the_connection() -> None:
    """There are few in a web process, and looking at a file takes long."""
    if not connection.in_atomic_block:
        connection.close()


def _write_down(stream: Stream, source: Path, *, most: int) -> None:
    try:
        write_down(stream, source, most=most)
    except Refusal as refusal:
        raise Refused(refusal.code) from None


def _has_room(conversation: Conversation) -> None:
    here = Attachment.objects.filter(conversation=conversation)
    kept = here.aggregate(files=Count("pk"), bytes=Sum("size"))
    if kept["files"] >= MOST_FILES or (kept["bytes"] or 0) >= MOST_BYTES:
        raise Refused("full")


def _keep(conversation: Conversation, checked: Checked, *, name: str, client_id: UUID) -> Attachment:
    attachment = Attachment(
        conversation=conversation,
        client_id=client_id,
        name=without_cards(safe_name(name, checked.media_type)),
        kind=Attachment.Kind.PICTURE if checked.is_picture else Attachment.Kind.DOCUMENT,
        media_type=checked.media_type,
        size=checked.file.stat().st_size,
    )
    _save_bytes(attachment, checked)
    stored = None
    try:
        stored = _save_row(attachment)
    finally:
        if stored is not attachment:
            _drop_bytes(attachment)
    return stored


@transaction.atomic
def _save_row(attachment: Attachment) -> Attachment:
    """Or the one that the same upload has stored meanwhile."""
    conversation = Conversation.objects.select_for_update().get(pk=attachment.conversation_id)
    if known := Attachment.objects.filter(conversation=conversation, client_id=attachment.client_id).first():
        return known
    _has_room(conversation)
    attachment.save()
    return attachment


def _save_bytes(attachment: Attachment, checked: Checked) -> None:
    with checked.file.open("rb") as file:
        attachment.file.save("file", File(file), save=False)
    if checked.thumbnail:
        with checked.thumbnail.open("rb") as file:
            name = f"thumbnail{ENDINGS[checked.thumbnail_type][0]}"
            attachment.thumbnail.save(name, File(file), save=False)


def _drop_bytes(attachment: Attachment) -> None:
    for kept in (attachment.file, attachment.thumbnail):
        if kept and kept.name:
            kept.storage.delete(kept.name)
