"""What the server says."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from conversations.protocol.shape import Shape
from conversations.protocol.views import ConversationView, MessageView, TurnView


class TurnFailed(Shape):
    """Codes: busy, model_unavailable, timeout, interrupted, internal. `text` says what to do."""

    type: Literal["turn.failed"] = "turn.failed"
    turn: int
    code: str
    retryable: bool
    text: str


class MessagesPart(Shape):
    """Messages of the `snapshot` or `messages.earlier` that comes next: put them before those it holds. So
    no frame grows large."""

    type: Literal["messages.part"] = "messages.part"
    messages: list[MessageView]


class Snapshot(Shape):
    """`whole`: these are the newest messages, whatever the client had is gone; `earlier`: there are others
    before them, and until they are shown, a `message.posted` about one of them is not for this client. When
    it is false, `messages` holds only what changed after the `seq` that was named.

    `turn`: the answer under way. `failed`: the last question could not be answered and nothing came after.
    """

    type: Literal["snapshot"] = "snapshot"
    seq: int
    whole: bool
    conversation: ConversationView
    messages: list[MessageView]
    earlier: bool = False
    turn: TurnView | None = None
    failed: TurnFailed | None = None


class MessagesEarlier(Shape):
    """Answers `earlier`: the messages just before `before`, and whether there are others before those."""

    type: Literal["messages.earlier"] = "messages.earlier"
    before: int
    messages: list[MessageView]
    earlier: bool


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


class PersonView(Shape):
    id: int
    name: str


class PeopleHere(Shape):
    """To staff: these colleagues have the conversation open, without whoever is told. Said anew with each
    connection, and whenever it changes."""

    type: Literal["people.here"] = "people.here"
    people: list[PersonView]


class PeopleWriting(Shape):
    """To staff: a colleague is writing. Repeated every few seconds while they do."""

    type: Literal["people.writing"] = "people.writing"
    id: int
    name: str
    what: Literal["reply", "note"]


class InboxChanged(Shape):
    """To staff who look at lists: these conversations are no longer as they were. None are named when it
    is not known which: the bell was out of order."""

    type: Literal["inbox.changed"] = "inbox.changed"
    conversations: list[UUID]


class InboxGathered(Shape):
    """To staff who look at lists: words that searches find, or numbers that lists are narrowed to, were
    gathered. Of a list that is narrowed to neither it says nothing."""

    type: Literal["inbox.gathered"] = "inbox.gathered"


class InboxRows(Shape):
    """To staff who look at the list `query`: its rows in their order, as HTML those that are not as they were
    told before. It was read after the ring `heard`. Nothing depends on it: `inbox.changed` comes as well."""

    type: Literal["inbox.rows"] = "inbox.rows"
    query: str
    heard: str
    order: list[UUID]
    rows: dict[UUID, str]


class NoticesChanged(Shape):
    """To a member of staff: what they were told, and have not seen, is no longer as it was."""

    type: Literal["notices.changed"] = "notices.changed"


class Introduced(Shape):
    """Answers `introduce`. `wrong`: why an answer could not be kept, by the name of its field; then none was.
    Without any, all of them were."""

    type: Literal["introduced"] = "introduced"
    client_id: UUID
    wrong: dict[str, str] = {}


class Problem(Shape):
    """Codes: invalid, too_long, too_fast, not_found, not_allowed, unavailable, of a message with files
    file_gone, too_many_files, of a form form_gone, form_empty, wrong_address, too_many_mails, and to staff
    quicker: another one answers now. questions_first: what the session asks before the chat is answered
    first. Nothing was done. Of a rating bad_address: all but the address was
    kept."""

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
    | MessagesPart
    | MessagesEarlier
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
    | PeopleHere
    | PeopleWriting
    | InboxChanged
    | InboxGathered
    | InboxRows
    | NoticesChanged
    | Introduced
    | Problem
    | Reconnect
    | Pong,
    Field(discriminator="type"),
]
event_adapter: TypeAdapter[Event] = TypeAdapter(Event)
