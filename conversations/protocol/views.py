"""What events carry: a conversation, a message, an answer under way."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from conversations.protocol.shape import Shape


class ConversationView(Shape):
    id: UUID
    seq: int  # when this state was reached (Conversation.state_seq)
    owner: Literal["assistant", "person"]
    status: Literal["open", "waiting", "snoozed", "resolved"]
    person: str = ""  # the name of the person who has joined, if this audience may read one
    notice: str = ""  # one translated line about the state, e.g. what happens after asking for a person


class MessageView(Shape):
    """`html` is the rendered partial for this audience: sanitised, ready to be inserted."""

    id: int
    seq: int
    changed_seq: int
    kind: Literal["customer", "assistant", "person", "note", "event"]
    client_id: UUID | None = None
    turn: int | None = None
    text: str
    html: str
    outcome: str = ""
    created_at: datetime


class TurnView(Shape):
    """A turn under way. Show `text` from `offset` on, in place of whatever stood there."""

    id: int
    attempt: int
    state: Literal["queued", "running"]
    offset: int = 0
    text: str = ""
    progress: str = ""
