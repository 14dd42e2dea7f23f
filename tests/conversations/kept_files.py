"""A file that a customer has sent, for tests of who may have it."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.base import ContentFile

from conversations.models import Attachment, Message


def kept_file(question: Message) -> Attachment:
    """A picture that Carla has sent. What stands in it is what matters here, not whether it is one."""
    return Attachment.objects.create(
        conversation=question.conversation, message=question, client_id=uuid4(), name="photo.jpg",
        kind="picture", media_type="image/jpeg", size=15, file=ContentFile(b"words-in-a-file", "file"),
        thumbnail=ContentFile(b"words-in-a-file", "thumbnail.jpg"),
    )  # fmt: skip
