"""Where a conversation stands in the flows, and what these may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from actions.bookings.opening import is_open
from actions.kinds import confirmed_names
from assistant.composing import Draft
from assistant.events import Transcript
from assistant.handoff import asks_for_a_person
from assistant.offers import last_answer
from assistant.routing import fitting
from assistant.tools.telling import offers_yes_or_no
from assistant.tools.wishes import wish_in
from assistant.understanding import ACCEPTED, Way
from flows.library import Shelf
from flows.run import Facts
from flows.shelves import shelf
from flows.state import State

TELLING_WORDS = 4  # from which a message in the middle of a flow may change the language


@dataclass(frozen=True)
class Situation:
    """The flows there are, where the conversation stands in them, and what they may look at."""

    library: Shelf
    state: State
    facts: Facts

    @property
    def under_way(self) -> bool:
        return bool(self.state.frames)


@dataclass(frozen=True)
class Trial:
    """A draft that is tried: the flows with it in the place of what is published, a router that has learned
    them (None where nothing was learned), and the company's local time that it is supposed to be."""

    library: Shelf
    router: fitting.Fitted | None
    at: datetime | None = None


def in_the_same_language(draft: Draft) -> Draft:
    """A name, an address or a number that a flow asked for, or a yes, says nothing of the language."""
    spoken = str(draft.state.get("language", ""))
    asked = State.from_json(draft.state.get("flow")).frames or wish_in(draft.state)
    if not asked or not spoken or len(draft.understood.text.split()) >= TELLING_WORDS:
        return draft
    return replace(draft, understood=replace(draft.understood, language=spoken))


def answering_the_flow(draft: Draft) -> Draft:
    """A yes in the middle of a flow is said to what that asks, although a question before had no answer; not
    where a person was offered in so many words."""
    understood = draft.understood
    last = last_answer(understood.before)
    options = last.options if last else ()
    offered = any(asks_for_a_person(one.text) for one in options) and not offers_yes_or_no(options)
    if ACCEPTED not in understood.reasons or offered or not State.from_json(draft.state.get("flow")).frames:
        return draft
    way = Way.SMALL_TALK if understood.courtesy else Way.KNOWLEDGE
    reasons = tuple(reason for reason in understood.reasons if reason != ACCEPTED)
    return replace(draft, understood=replace(understood, way=way, reasons=reasons))


def situation(draft: Draft, transcript: Transcript, trial: Trial | None) -> Situation | None:
    """None where no flow is published and none is under way. Without a trial it asks the database."""
    state = State.from_json(draft.state.get("flow"))
    library = trial.library if trial else library_of(state, transcript.conversation)
    if not library.published and not state.frames:
        return None
    now = (trial and trial.at) or timezone.localtime().replace(tzinfo=None)
    facts = Facts(
        now=now,
        language=draft.language,
        customer={**transcript.customer, "verified": transcript.audience != "everyone"},
        forms=transcript.forms,
        told=transcript.told,
        opened=opened_at(now),
    )
    return Situation(library, state, facts)


def opened_at(now: datetime) -> bool | None:
    """`now` is the company's local time."""
    return is_open(timezone.make_aware(now))


def library_of(state: State, conversation: str = "", *, pinned: Mapping[str, int] | None = None) -> Shelf:
    """With what asks the customer first, where any flow may come to it. `pinned` are the versions of flows,
    by key, in the place of those that are published."""
    found = shelf(state, conversation=conversation, pinned=pinned)
    wanted = bool(found.published or state.frames)
    return replace(found, confirmed_actions=confirmed_names()) if wanted else found
