"""The live protocol: every command and event between a client and the server, in one place.

The same shapes travel over WebSocket and, later, SSE and the API. `json_schema()` is the public schema.
A client that reconnects sends `resume` with the last `seq` it saw and gets exactly what it missed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

MAX_TEXT = 4000

Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
Number = Annotated[int, Field(ge=0, le=2**53 - 1)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# --- Commands: what a client may say ------------------------------------------------------------------


class Say(Shape):
    """Repeated with the same `client_id` until `message.posted` brings that id back."""

    type: Literal["message"]
    client_id: UUID
    text: Text


class Resume(Shape):
    """`seq`: the last one seen (0: nothing yet). `turn`, `attempt`, `offset`: how much of a running answer
    is shown; without the attempt the text is sent from its beginning."""

    type: Literal["resume"]
    seq: Number = 0
    turn: Number | None = None
    attempt: Number | None = None
    offset: Number = 0


class Stop(Shape):
    type: Literal["stop"]
    turn: Number


class Retry(Shape):
    """Answer the last question again."""

    type: Literal["retry"]
    client_id: UUID


class Choose(Shape):
    """Pick the quick reply number `option` (from 0) that `message` offered."""

    type: Literal["choose"]
    client_id: UUID
    message: Number
    option: Number


class Rate(Shape):
    type: Literal["rate"]
    message: Number
    score: Literal[1, -1]
    reason: Literal["", "incorrect", "incomplete", "outdated", "inappropriate", "other"] = ""
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""


class Typing(Shape):
    type: Literal["typing"]


class Human(Shape):
    """Talk to a person."""

    type: Literal["human"]


class Ping(Shape):
    type: Literal["ping"]


Command = Annotated[
    Say | Resume | Stop | Retry | Choose | Rate | Typing | Human | Ping, Field(discriminator="type")
]
command_adapter: TypeAdapter[Command] = TypeAdapter(Command)


# --- Views: what events carry -----------------------------------------------------------------------------


class ConversationView(Shape):
    id: UUID
    seq: int  # when this state was reached (Conversation.state_seq)
    owner: Literal["assistant", "person"]
    status: Literal["open", "waiting", "snoozed", "resolved"]
    person: str = ""  # the name of the person who has joined
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


# --- Events: what the server says ---------------------------------------------------------------------


class TurnFailed(Shape):
    """Codes: busy, model_unavailable, timeout, interrupted, internal. `text` says what to do."""

    type: Literal["turn.failed"] = "turn.failed"
    turn: int
    code: str
    retryable: bool
    text: str


class Snapshot(Shape):
    """`whole` is false when `messages` holds only what changed after the `seq` that was named.

    `turn`: the answer under way. `failed`: the last question could not be answered and nothing came after.
    """

    type: Literal["snapshot"] = "snapshot"
    seq: int
    whole: bool
    conversation: ConversationView
    messages: list[MessageView]
    turn: TurnView | None = None
    failed: TurnFailed | None = None


class MessagePosted(Shape):
    """A new message, or one that has changed (same id, higher `changed_seq`)."""

    type: Literal["message.posted"] = "message.posted"
    seq: int
    message: MessageView


class TurnStarted(Shape):
    """A higher `attempt` for the same turn replaces everything shown of the lower one."""

    type: Literal["turn.started"] = "turn.started"
    turn: int
    attempt: int


class TurnProgress(Shape):
    """Never stored. `text` is translated; `position` is the place in the queue, from 1."""

    type: Literal["turn.progress"] = "turn.progress"
    turn: int
    code: str
    text: str
    position: int | None = None


class TurnDelta(Shape):
    """`offset`: characters (code points) of this attempt before `text`: cut what is shown there, then
    append; when less than that is shown, `resume`. Shown as text, never as HTML."""

    type: Literal["turn.delta"] = "turn.delta"
    turn: int
    attempt: int
    offset: int
    text: str


class TurnSources(Shape):
    type: Literal["turn.sources"] = "turn.sources"
    turn: int
    titles: list[str]


class TurnCompleted(Shape):
    type: Literal["turn.completed"] = "turn.completed"
    turn: int
    seq: int
    message: MessageView


class TurnCancelled(Shape):
    type: Literal["turn.cancelled"] = "turn.cancelled"
    turn: int


class ConversationChanged(Shape):
    type: Literal["conversation.changed"] = "conversation.changed"
    seq: int
    conversation: ConversationView


class TypingSeen(Shape):
    type: Literal["typing"] = "typing"
    who: Literal["customer", "person"]
    name: str = ""


class InboxChanged(Shape):
    """To staff who look at lists: these conversations are no longer as they were."""

    type: Literal["inbox.changed"] = "inbox.changed"
    conversations: list[UUID]


class Problem(Shape):
    """Codes: invalid, too_long, too_fast, not_found, not_allowed, unavailable. Nothing was done."""

    type: Literal["error"] = "error"
    code: str
    text: str
    client_id: UUID | None = None


class Reconnect(Shape):
    """The server is going away: come back after so many seconds. Nothing is lost."""

    type: Literal["reconnect"] = "reconnect"
    after: float


class Pong(Shape):
    type: Literal["pong"] = "pong"


Event = Annotated[
    Snapshot
    | MessagePosted
    | TurnStarted
    | TurnProgress
    | TurnDelta
    | TurnSources
    | TurnCompleted
    | TurnFailed
    | TurnCancelled
    | ConversationChanged
    | TypingSeen
    | InboxChanged
    | Problem
    | Reconnect
    | Pong,
    Field(discriminator="type"),
]
event_adapter: TypeAdapter[Event] = TypeAdapter(Event)


def json_schema() -> dict[str, Any]:
    """JSON Schema of both directions."""
    return {"commands": command_adapter.json_schema(), "events": event_adapter.json_schema()}
