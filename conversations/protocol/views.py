"""What events carry: a conversation, a message, an answer under way."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from conversations.protocol.shape import Shape


class PeopleView(Shape):
    """Whether somebody is there to talk to, for whoever may ask for one: `human` then brings one in, else a
    form to leave a message. `words`: until when, or when again; `zone`: the time zone of what they say."""

    there: bool = True
    words: str = ""
    zone: str = ""


class ConversationView(Shape):
    id: UUID
    seq: int  # when this state was reached (Conversation.state_seq)
    owner: Literal["assistant", "person"]
    status: Literal["open", "waiting", "snoozed", "resolved"]
    person: str = ""  # the name of the person who has joined, if this audience may read one
    notice: str = ""  # one translated line about the state, e.g. what happens after asking for a person
    people: PeopleView | None = None  # to customers, while the assistant answers


class CitationView(Shape):
    """A source under an answer: the text's `[number]` points to it, and it says `quote`."""

    number: int
    title: str
    heading: str = ""
    url: str
    language: str = ""
    quote: str = ""


class OptionView(Shape):
    """A quick reply: `choose` it by its place in the list, from 0, and `text` is said."""

    label: str
    text: str


class CardButtonView(Shape):
    """Leads somewhere (`link`: https, http, mailto, tel, or a path of ours that begins with /help/; to be
    opened apart from the chat), or chooses one of the message's `options` by its place in the list."""

    label: str
    link: str = ""
    option: int | None = None


class CardPictureView(Shape):
    """Above a card. `alt` is the same in words; the size is known before the picture has come."""

    url: str
    alt: str = ""
    width: int
    height: int


class CardView(Shape):
    """Shown below the text. All of it is plain text."""

    title: str
    text: str = ""
    picture: CardPictureView | None = None
    buttons: list[CardButtonView] = []


class FileView(Shape):
    """A file that came with a customer's message: to be downloaded at `url`; of a picture there is a small
    one at `thumbnail`."""

    id: UUID
    name: str
    kind: Literal["picture", "document"]
    size: int  # bytes
    url: str
    thumbnail: str = ""


class ChoiceView(Shape):
    value: str
    label: str


class FieldView(Shape):
    """A field of a form. `kind` is its slot's: "text", "choice", "yes_no", "date", …; `long`: it may need
    several lines; `autofill`: what browsers call it; `why`: why what was `written` before was refused."""

    name: str
    label: str
    kind: str
    required: bool
    choices: list[ChoiceView] = []
    long: bool = False
    autofill: str = ""
    written: str = ""
    why: str = ""


class AskView(Shape):
    """What an answer asks for, so that it can be given by other means than words: a slot's kind ("file",
    "date", …), and of files which are taken; or a "form" with its `fields`, which `form` sends."""

    kind: str
    accept: Literal["", "pictures", "documents"] = ""
    fields: list[FieldView] = []


class RatingView(Shape):
    """What the customer says of an answer: 1 helpful, -1 not."""

    score: Literal[1, -1]
    reason: str = ""
    comment: str = ""


class ConversationRatingView(Shape):
    """What the customer says of the whole, at the line that ended it: 1 very bad … 5 very good."""

    score: Literal[1, 2, 3, 4, 5]
    comment: str = ""


class MessageView(Shape):
    """`html` is the rendered partial for this audience: sanitised, ready to be inserted. The same as data,
    for clients that render by themselves, are the fields after it."""

    id: int
    seq: int
    changed_seq: int
    kind: Literal["customer", "assistant", "person", "note", "event", "log"]
    client_id: UUID | None = None
    turn: int | None = None
    text: str
    html: str
    code: str = ""  # of an event, e.g. joined, resolved
    outcome: str = ""
    partial: bool = False  # the answer was stopped half-way
    replaced: bool = False  # another answer to the same question has taken its place
    citations: list[CitationView] = []
    options: list[OptionView] = []
    cards: list[CardView] = []
    files: list[FileView] = []
    asks: AskView | None = None
    rating: RatingView | None = None
    conversation_rating: ConversationRatingView | None = None  # of an event "resolved"
    created_at: datetime


class TurnView(Shape):
    """A turn under way. Show `text` from `offset` on, in place of whatever stood there."""

    id: int
    attempt: int
    state: Literal["queued", "running"]
    offset: int = 0
    text: str = ""
    progress: str = ""
