"""The bytes of a file go with its row, and a file that nobody has sent goes after a day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone

from conversations.attachments.rows import Attachment

UNSENT = timedelta(days=1)


def forget_unsent(*, older_than: timedelta = UNSENT) -> int:
    """Delete what was uploaded and never sent; how many."""
    unsent = Attachment.objects.filter(message=None, created_at__lt=timezone.now() - older_than)
    return unsent.delete()[1].get(Attachment._meta.label, 0)


def _forget_bytes(instance: Attachment, **_told: Any) -> None:
    """However the row was deleted: with its conversation, its customer, or alone."""
    for kept in (instance.file, instance.thumbnail):
        if kept and kept.name:
            transaction.on_commit(partial(_delete, kept.storage, kept.name), robust=True)


def _delete(storage: Storage, name: str) -> None:
    storage.delete(name)


def watch() -> None:
    """Once in each process, when the app is ready."""
    post_delete.connect(_forget_bytes, sender=Attachment, dispatch_uid="attachments.forget_bytes")
