"""Labels on conversations."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from accounts import audit
from accounts.models import User
from conversations.models import Conversation, Label
from conversations.posting import record


def label(
    *, conversation_id: UUID, user: User, add: Collection[Label] = (), remove: Collection[Label] = ()
) -> Conversation:
    """What it has already, or has not, changes nothing."""
    with record(conversation_id) as writing:
        has = set(writing.conversation.labels.all())
        new = [one for one in add if one not in has]
        gone = [one for one in remove if one in has]
        if new or gone:
            writing.conversation.labels.add(*new)
            writing.conversation.labels.remove(*gone)
            writing.change()  # lists show them
            names = {"add": [one.name for one in new], "remove": [one.name for one in gone]}
            writing.post_log("labelled", author=user, **names)
            audit.record(audit.Action.LABELLED, writing.conversation, by=user, after=names)
        return writing.conversation
