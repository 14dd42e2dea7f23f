"""What a reply is made of: what goes in, and the typed events that come out.

`assistant.reply.reply()` knows no HTTP, no sockets and no conversation tables; these are its only words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from flows.shown_cards import ShownCard, in_words
from llm.pricing import Usage


class Outcome(StrEnum):
    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    DECLINED = "declined"
    HANDOFF = "handoff"
    GUIDED = "guided"  # a step of a flow


class HandoffReason(StrEnum):
    CUSTOMER_REQUEST = "customer_request"
    MISSING_KNOWLEDGE = "missing_knowledge"
    UNSUPPORTED_REQUEST = "unsupported_request"
    POLICY = "policy"
    TOOL_FAILURE = "tool_failure"
    PENDING_CLARIFICATION = "pending_clarification"
    USAGE_LIMIT = "usage_limit"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a customer's words. Its bytes are not looked at here."""

    id: str
    name: str
    kind: Literal["picture", "document"]
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation so far, oldest first in a transcript."""

    role: Literal["customer", "assistant", "person"]
    text: str
    # Quick replies that this message offered (see Answer.options).
    options: tuple[Option, ...] = ()
    outcome: str = ""
    # Somebody else took charge just before: what was said until then is that one's to answer.
    hands_changed: bool = False
    # Of the options those that a number may mean, from the first on (None: all): a question for a number that
    # stands beside cards is answered with one.
    numbered: int | None = None
    files: tuple[SentFile, ...] = ()
    # A form that was filled in: what was written, by slot. `text` says the same in lines.
    form: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The conversation up to and including the customer's newest messages.

    `language` is the page's language, the fallback when the text does not tell;
    `audience` is what this customer may read: "everyone", "verified" or "staff".
    """

    said: tuple[Said, ...]
    language: str = "en"
    audience: str = "everyone"
    # What flows and actions may know of the customer, and a name for this conversation.
    customer: dict[str, Any] = field(default_factory=dict)
    conversation: str = ""
    forms: bool = True  # whether the customer can be shown one; elsewhere it is asked in words
    told: dict[str, str] = field(default_factory=dict)  # what was answered before the chat, by key


@dataclass(frozen=True, slots=True)
class Option:
    """A quick reply offered under an answer: `text` is what is said when it is chosen."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One numbered source that the answer really uses: a passage, pinned to the revision it saw, or the call
    of a tool, whose `external_id` is its name."""

    number: int
    chunk_id: int
    document_id: int | None  # None: what a tool has brought
    revision_id: int | None
    external_id: str
    title: str
    heading: str
    url: str  # the public page with the anchor of the section
    language: str
    quote: str  # the words of the passage that support the answer
    passage: str


@dataclass(frozen=True, slots=True)
class Route:
    """Why the reply is as it is, for staff: steps, passages with scores, prompt, timings in ms."""

    kind: str  # "small_talk", "knowledge", "tool", "handoff", "ask_back", "flow", …
    language: str
    query: str = ""
    passages: tuple[dict[str, Any], ...] = ()
    floor: float | None = None
    prompt: tuple[dict[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    model: str = ""
    degraded: str = ""
    steps: tuple[str, ...] = ()  # of flows: "return_item@3/ask_order"
    passed: tuple[str, ...] = ()  # what came of flows: "begun return_item@3/ask_order" (flows/walked.py)
    calls: tuple[dict[str, Any], ...] = ()  # of tools: see assistant/tools/desk.py
    guidance: tuple[dict[str, Any], ...] = ()  # rows that held: see assistant/guidance/held.py
    routed: dict[str, Any] = field(default_factory=dict)  # what the router thought: assistant/hearing.py


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished reply. `text` is Markdown in which [1] refers to citation number 1."""

    text: str
    outcome: Outcome
    language: str
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
    handoff_reason: HandoffReason | None = None
    usage: Usage | None = None
    route: Route | None = None
    state: dict[str, Any] = field(default_factory=dict)
    # What is asked for, where a page can help to give it: see flows/awaiting.py.
    asks: dict[str, Any] = field(default_factory=dict)
    # Shown below the text. What their buttons say for the customer is among the options.
    cards: tuple[ShownCard, ...] = ()
    # What flows knew when one of them brought in a person: the state keeps it no longer.
    collected: dict[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """All that it says, the cards in words."""
        return "\n\n".join(filter(None, [self.text, in_words(self.cards)]))


@dataclass(frozen=True, slots=True)
class Progress:
    """A short line about what is going on, never stored: `code` is translated where it is shown.

    Codes: "reading", "searching", "found" (params: title), "writing", "checking", "acting".
    """

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delta:
    text: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The passages being read, before it is known which the answer uses."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """Always the last event. The stored message is made from it, so a lost delta heals itself."""

    answer: Answer


ReplyEvent = Progress | Delta | Sources | Completed
