"""Files that go with a message: whose they are, and what the message keeps of them.

What is shown of a file stands in the message itself (`data["files"]`), so that a thread is read without
asking for each message whether it has files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from conversations.attachments.rows import Attachment
from conversations.attachments.rules import rules_of
from conversations.models import Conversation, Message
from conversations.refusals import Refused


def unsent(conversation: Conversation, files: Sequence[UUID]) -> list[Attachment]:
    """The files of these ids, locked, in their order. Raises Refused "file_gone" unless each was uploaded in
    this conversation and not sent yet. For whoever holds the record."""
    if not files:
        return []
    if len(files) > rules_of(conversation.assistant).at_once:
        raise Refused("too_many_files")
    waiting = Attachment.objects.select_for_update().filter(conversation=conversation, message=None)
    found = {attachment.pk: attachment for attachment in waiting.filter(pk__in=files)}
    if set(found) != set(files):
        raise Refused("file_gone")
    return [found[pk] for pk in dict.fromkeys(files)]


def as_data(attachments: Sequence[Attachment]) -> dict[str, Any]:
    """What the message keeps: nothing without files."""
    return {"files": [_kept(one) for one in attachments]} if attachments else {}


def _kept(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "kind": attachment.kind,
        "size": attachment.size,
        "thumbnail": bool(attachment.thumbnail),
    }


def send(attachments: Sequence[Attachment], message: Message) -> None:
    Attachment.objects.filter(pk__in=[one.pk for one in attachments]).update(message=message)


def names_of(message: Message) -> str:
    """The names of its files in one line, "" for none."""
    return ", ".join(str(one["name"]) for one in message.data.get("files", ()))
