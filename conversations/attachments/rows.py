"""The rows of files that customers send."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def _place(attachment: Attachment, name: str) -> str:
    """Where its bytes are kept: a name of ours, whatever the customer calls it."""
    conversation = attachment.conversation_id.hex
    return f"attachments/{conversation[:2]}/{conversation}/{uuid.uuid4().hex}-{name}"


class Attachment(models.Model):
    """A file of a customer. Without a message it was uploaded and not sent (yet): see forgetting.py.

    `file` is what was checked, of a picture what was drawn anew; never the bytes of a picture as they came.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        DOCUMENT = "document", _("Document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="attachments"
    )
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, null=True, related_name="attachments"
    )
    client_id = models.UUIDField()  # made by the page: sending a file again stores it once
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()  # bytes
    file = models.FileField(upload_to=_place, max_length=200)
    thumbnail = models.FileField(upload_to=_place, max_length=200, blank=True)  # of pictures
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="attachment_once"),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(message=None), name="attachment_unsent"),
        ]

    def __str__(self) -> str:
        return self.name
