"""What lists show beside the conversations themselves: when it changes, they are told to be read again.

Whatever happens in a conversation is told by posting.py. The rest is rows that are saved and deleted
anywhere, the admin site included.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from assistant.models import Assistant
from conversations import live
from conversations.models import Conversation, Customer, Label, SavedView, Team

# What lists show of each; of a new row, only those that stand in every list.
SHOWN: dict[type[models.Model], set[str]] = {
    Label: {"name", "colour", "about"},
    Team: {"name"},
    SavedView: {"name", "query", "user"},
    Assistant: {"name"},
    Customer: {"name", "email"},
    get_user_model(): {"first_name", "last_name", "username"},
}
IN_EVERY_LIST = (SavedView,)


def watch() -> None:
    """From now on, in this process."""
    for model in SHOWN:
        post_save.connect(_saved, sender=model, dispatch_uid=f"lists.saved.{model._meta.label}")
        post_delete.connect(_gone, sender=model, dispatch_uid=f"lists.gone.{model._meta.label}")
    post_delete.connect(_conversation_gone, sender=Conversation, dispatch_uid="lists.conversation_gone")


def _saved(
    sender: type[models.Model], created: bool, update_fields: frozenset[str] | None, **more: Any
) -> None:
    is_shown = update_fields is None or bool(SHOWN[sender] & update_fields)
    if is_shown and (not created or sender in IN_EVERY_LIST):
        _tell(live.Ring("", kind="lists"))


def _gone(**more: Any) -> None:
    _tell(live.Ring("", kind="lists"))


def _conversation_gone(instance: Conversation, **more: Any) -> None:
    _tell(live.Ring(str(instance.pk)))


def _tell(ring: live.Ring) -> None:
    transaction.on_commit(partial(live.ring, ring), robust=True)
