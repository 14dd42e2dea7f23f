"""The only door through which anything is added to a conversation.

`record()` locks the conversation; what is written inside takes the next numbers of its clock, and when it is
committed, every watcher is told once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from chatbot.markdown import words_of
from conversations import live
from conversations.attachments.sending import names_of
from conversations.cards import titles_of
from conversations.models import Conversation, Message, Turn
from conversations.signals import conversation_changed, message_posted

LAST_WORDS = 160
CONVERSATION_FIELDS = (
    "owner", "status", "assignee", "language", "handoff_reason", "waiting_since", "last_seq", "state_seq",
    "state", "last_message_at", "last_words", "last_speaker",
    "resolved_at", "resolution", "team", "snoozed_until", "reply_due_at", "resolve_due_at",
    "unsearched", "uncounted",
)  # fmt: skip
HEARD = (Message.Kind.CUSTOMER, Message.Kind.ASSISTANT, Message.Kind.PERSON)


class Record:
    """A conversation while it is being written to. Exists only inside `record()`."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.turn: int | None = None  # the live turn, when that has changed; 0: there is none any more
        self.ended = 0  # the turn that was live before
        self.posted: list[Message] = []
        self.changed = False

    def next_seq(self) -> int:
        self.conversation.last_seq += 1
        return self.conversation.last_seq

    def find(self, client_id: UUID) -> Message | None:
        """The message that the sender has already sent under this id."""
        return Message.objects.filter(conversation=self.conversation, client_id=client_id).first()

    def post(
        self,
        *,
        kind: Message.Kind,
        text: str,
        author: User | None = None,
        client_id: UUID | None = None,
        turn: Turn | None = None,
        **facts: Any,
    ) -> Message:
        """Store a message under the next number. `facts`: partial, outcome, language, options, data."""
        seq = self.next_seq()
        message = Message.objects.create(
            conversation=self.conversation, seq=seq, changed_seq=seq, kind=kind, text=text, author=author,
            client_id=client_id, turn=turn, **facts,
        )  # fmt: skip
        if kind in HEARD:
            self._hear(message)
        if text:
            self.conversation.unsearched = True
        self.posted.append(message)
        return message

    def _hear(self, message: Message) -> None:
        """What lists show: who spoke last, and the customer's words; until there are some, whoever's."""
        conversation = self.conversation
        conversation.last_message_at, conversation.last_speaker = message.created_at, message.kind
        if message.kind == Message.Kind.CUSTOMER or not conversation.last_words:
            conversation.last_words = _shown(message)[:LAST_WORDS]

    def post_event(self, code: str, *, author: User | None = None, **data: Any) -> Message:
        """A line such as "Marie joined": its words are chosen where it is shown."""
        return self.post(kind=Message.Kind.EVENT, text="", author=author, data={"code": code, **data})

    def post_log(self, code: str, *, author: User | None = None, **data: Any) -> Message:
        """Such a line that only staff see. `author` None: nobody did it, such as being woken."""
        known = {"name": str(author)} if author else {}
        return self.post(kind=Message.Kind.LOG, text="", author=author, data={"code": code, **known, **data})

    def touch(self, message: Message, **fields: Any) -> None:
        """Change a message that viewers may already have seen."""
        message.changed_seq = self.next_seq()
        for name, value in fields.items():
            setattr(message, name, value)
        message.save(update_fields=["changed_seq", *fields])

    def change(self, **fields: Any) -> None:
        """Change who answers, the status, or what lists show of it."""
        self.changed = True
        self.conversation.state_seq = self.next_seq()
        for name, value in fields.items():
            setattr(self.conversation, name, value)


@contextmanager
def record(conversation_id: UUID) -> Iterator[Record]:
    """Lock the conversation for writing; raises Conversation.DoesNotExist."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        before = conversation.last_seq
        writing = Record(conversation)
        yield writing
        if conversation.last_seq != before:
            conversation.uncounted = True
            conversation.save(update_fields=CONVERSATION_FIELDS)
        if conversation.last_seq != before or writing.turn is not None:
            transaction.on_commit(partial(_tell, writing))


def _tell(writing: Record) -> None:
    live.ring(live.Ring(str(writing.conversation.pk), turn=writing.turn, ended=writing.ended))
    for message in writing.posted:
        message_posted.send_robust(sender=Message, message=message)
    if writing.changed:
        conversation_changed.send_robust(sender=Conversation, conversation=writing.conversation)


def _shown(message: Message) -> str:
    """The words of a message for lists, or its files; a customer's are never Markdown."""
    if message.kind != Message.Kind.CUSTOMER:
        return words_of(message.text) or titles_of(message.data)
    return " ".join(message.text.split()) or names_of(message)
