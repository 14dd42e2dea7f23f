"""What a client may say."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from conversations.protocol.shape import Shape

MAX_TEXT = 4000
MAX_FILES = 10
MAX_FIELDS = 10

Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
FieldName = Annotated[str, StringConstraints(max_length=60)]
Number = Annotated[int, Field(ge=0, le=2**53 - 1)]


class Say(Shape):
    """Repeated with the same `client_id` until `message.posted` brings that id back.

    `files`: the ids of files that were uploaded before (POST /chat/files/); with them there need be no text.
    `instead_of`, of staff: whom the writer saw to answer (0: no colleague). Is it another one by now, the
    error "quicker" says so. Without it whoever answers is taken over from.
    """

    type: Literal["message"]
    client_id: UUID
    text: Text = ""
    files: Annotated[list[UUID], Field(max_length=MAX_FILES)] = []
    instead_of: Annotated[int, Field(ge=0, lt=2**63)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and not self.files:
            raise PydanticCustomError("nothing", "a message has text or files")
        return self


class Resume(Shape):
    """`seq`: the last one seen (0: nothing yet). `turn`, `attempt`, `offset`: how much of a running answer
    is shown; without the attempt the text is sent from its beginning."""

    type: Literal["resume"]
    seq: Number = 0
    turn: Number | None = None
    attempt: Number | None = None
    offset: Number = 0


class Earlier(Shape):
    """Show the messages before the one with the number `before` (its `seq`): `messages.earlier` answers."""

    type: Literal["earlier"]
    before: Number


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


class FilledIn(Shape):
    """What was written, by the names of the fields. A choice is given by its `value`."""

    values: Annotated[dict[FieldName, Text], Field(max_length=MAX_FIELDS)]

    @model_validator(mode="after")
    def _is_no_longer_than_a_message(self) -> Self:
        if sum(map(len, self.values.values())) > MAX_TEXT:
            raise PydanticCustomError("string_too_long", "a form has at most as many characters as a message")
        return self


class Form(FilledIn):
    """Send the form that `message` asks for: what was written, by the names of its fields. A choice is given
    by its `value`, a yes or no as "yes" or "no". Repeated like a message until it is posted."""

    type: Literal["form"]
    client_id: UUID
    message: Number


class Introduce(FilledIn):
    """Answer what the session asks before the chat (`introduction`), by the names of its fields; without any,
    pass it over. Repeated like a message until `introduced` brings the id back."""

    type: Literal["introduce"]
    client_id: UUID


class Rate(Shape):
    """`email`: where a customer who complains wants to be told once the answer was put right."""

    type: Literal["rate"]
    message: Number
    score: Literal[1, -1]
    reason: Literal["", "incorrect", "incomplete", "outdated", "inappropriate", "other"] = ""
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""
    email: Annotated[str, StringConstraints(max_length=254, strip_whitespace=True)] = ""


class RateConversation(Shape):
    """Of the line `message` that says that the conversation was resolved: 1 very bad … 5 very good."""

    type: Literal["rate_conversation"]
    message: Number
    score: Literal[1, 2, 3, 4, 5]
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""


class Typing(Shape):
    """`what`: of staff, who may write a note; the customer is not told of it."""

    type: Literal["typing"]
    what: Literal["reply", "note"] = "reply"


class Human(Shape):
    """Talk to a person."""

    type: Literal["human"]


class Look(Shape):
    """Of staff: the list that the page shows, as its address says. `inbox.rows` tells of it from then on."""

    type: Literal["look"]
    query: Annotated[str, StringConstraints(max_length=2_000)]


class Ping(Shape):
    type: Literal["ping"]


Command = Annotated[
    Say
    | Resume
    | Earlier
    | Stop
    | Retry
    | Choose
    | Form
    | Introduce
    | Rate
    | RateConversation
    | Typing
    | Human
    | Look
    | Ping,
    Field(discriminator="type"),
]
command_adapter: TypeAdapter[Command] = TypeAdapter(Command)
