"""One step under way: the frames as they change and the effects as they gather. Used by the runner only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.cards import Card
from flows.graph import Graph, Repair
from flows.library import DIGRESSION, Library
from flows.offers import with_offers
from flows.parts import Text
from flows.shown_cards import ShownCard, cards_of
from flows.slot import Slot
from flows.state import Effect, Frame, HandOver, Outcome, Over, Reached, Say, State
from flows.texts import in_language, render

MOST_STEPS = 100  # until the customer is asked something; a flow that needs more goes round in circles
MOST_FLOWS = 5  # begun by the customer and not over
MOST_FRAMES = 20  # with those that they call
STEPS_BACK = 200  # that a frame remembers


@dataclass(frozen=True)
class Facts:
    """What a flow may look at besides its slots. `now` is the company's local time; `opened` says whether
    it is open then, None where it has no opening hours; `told` is what was answered before the chat."""

    now: datetime
    language: str = "en"
    customer: Mapping[str, Any] | None = None
    opened: bool | None = None
    forms: bool = True  # whether the customer can be shown one
    told: Mapping[str, str] | None = None

    def as_mapping(self) -> dict[str, Any]:
        now = self.now
        time = {"weekday": now.isoweekday(), "hour": now.hour, "minute": now.minute, "open": self.opened,
                "date": now.date().isoformat(), "clock": now.strftime("%H:%M")}  # fmt: skip
        return {
            "customer": dict(self.customer or {}),
            "conversation": {"language": self.language},
            "time": time,
        }


class Run:
    """`asked` are the customer's words; `resting` says that nothing more is to be walked this time."""

    def __init__(self, library: Library, state: State, facts: Facts, *, asked: str = "") -> None:
        self.library, self.about, self.asked = library, facts, asked
        self.frames = list(state.frames)
        self.remembered = dict(state.remembered)
        self.vain, self.turns = state.vain, state.turns
        self.effects: list[Effect] = []
        self.walked = state.walked
        self.resting = False
        self.outcome: Outcome = "done"  # of the flow that ends next

    def state(self) -> State:
        return State(tuple(self.frames), self.remembered, self.vain, self.turns, self.walked)

    # --- where it stands

    @property
    def top(self) -> Frame:
        return self.frames[-1]

    def change(self, **changes: Any) -> None:
        self.frames[-1] = replace(self.top, **changes)

    def flow_of(self, frame: Frame) -> Graph | None:
        return self.library.flow(frame.flow, frame.version)

    def node(self) -> Any:
        """The step that the top frame stands at, None where there is none (any more)."""
        flow = self.flow_of(self.top) if self.frames else None
        return flow.node(self.top.node) if flow else None

    def go(self, target: str) -> None:
        trail = (*self.top.trail, target)[-STEPS_BACK:] if target else self.top.trail
        self.change(node=target, waiting="", half="", confirmed=False, asides=0, trail=trail,
                    filled=(), wrong={})  # fmt: skip
        self._note(self.top)

    def _note(self, frame: Frame, *, begins: bool = False) -> None:
        if frame.node:
            self.effects.append(Reached(frame.flow, frame.version, frame.node, begins=begins))

    def facts(self) -> dict[str, Any]:
        frame = self.top if self.frames else None
        slots = {**frame.about, **frame.slots} if frame else {}
        return {**self.about.as_mapping(), "slots": slots, "action": dict(frame.failure) if frame else {}}

    # --- frames

    def groups(self) -> list[list[Frame]]:
        """The frames by what the customer began: each flow with those that it calls."""
        groups: list[list[Frame]] = []
        for frame in self.frames:
            if frame.called and groups:
                groups[-1].append(frame)
            else:
                groups.append([frame])
        return groups

    def push(self, found: tuple[int, Graph], *, called: bool = False, slots: Mapping[str, Any] | None = None,
             about: Mapping[str, Any] | None = None) -> None:  # fmt: skip
        version, flow = found
        known = {name: self.remembered[name] for name, slot in flow.slots.items()
                 if slot.remembered and name in self.remembered}  # fmt: skip
        given = {name: value for name, value in (slots or {}).items() if name in flow.slots}
        frame = Frame(flow.key, version, flow.start, {**known, **given}, trail=(flow.start,), called=called,
                      about=dict(about or {}), begun=self.turns)  # fmt: skip
        self.frames.append(frame)
        self._note(frame, begins=True)

    def recall(self) -> None:
        """What flows of the conversation share and was said to another one meanwhile."""
        flow = self.flow_of(self.top)
        shared = {name for name, slot in flow.slots.items() if slot.remembered} if flow else set()
        missing = shared - {name for name, value in self.top.slots.items() if value is not None}
        known = {name: value for name, value in self.remembered.items() if name in missing}
        if known:
            self.change(slots={**self.top.slots, **known})

    def over(self, frame: Frame, outcome: Outcome, *, handed_over: bool = False) -> None:
        self.effects.append(Over(frame.flow, outcome, frame.version, frame.last, handed_over))

    def drop_group(self, outcome: Outcome, *, handed_over: bool = False) -> list[Frame]:
        """Take away what the customer is in the middle of."""
        group = self.groups()[-1]
        del self.frames[-len(group) :]
        for frame in reversed(group):
            self.over(frame, outcome, handed_over=handed_over)
        return group

    def repair(self, trouble: Repair, **about: Any) -> None:
        self.push(self.library.repair(trouble), about=about)

    def break_off(self, outcome: Outcome, trouble: Repair, **about: Any) -> None:
        """Leave what the customer is in the middle of; who takes over still gets to know what was asked."""
        group = self.drop_group(outcome)
        known = {name: value for frame in group for name, value in frame.slots.items()}
        self.repair(trouble, known=known, **about)

    def is_repair(self, frame: Frame) -> bool:
        flow = self.flow_of(frame)
        return flow is not None and (bool(flow.repair) or frame.flow == DIGRESSION.key)

    # --- what is said

    def words(self, text: Text) -> str:
        language = self.about.language
        return render(in_language(text, language), self.facts(), self._slots(), language)

    def cards(self, cards: Sequence[Card]) -> tuple[ShownCard, ...]:
        return cards_of(cards, self.facts(), self._slots(), self.about.language) if cards else ()

    def _slots(self) -> dict[str, Slot]:
        """Those of the top flow, with what is offered now as their choices."""
        flow = self.flow_of(self.top) if self.frames else None
        known, language = self.top.slots if self.frames else {}, self.about.language
        slots = flow.slots if flow else {}
        return {name: with_offers(slot, known, language) for name, slot in slots.items()}

    def phrase(self, name: str) -> str:
        """One of the short texts that flows say of themselves."""
        return self.library.phrase(name, self.about.language)

    def say(self, text: str, buttons: tuple[Any, ...] = (), cards: tuple[ShownCard, ...] = ()) -> None:
        where = f"{self.top.flow}/{self.top.node}" if self.frames else ""
        if text.strip() or buttons or cards:
            self.effects.append(Say(text.strip(), buttons, where, cards))

    def hand_over(self, reason: str) -> None:
        known = [part for frame in self.frames for part in (frame.about.get("known", {}), frame.slots)]
        slots = {name: value for part in known for name, value in part.items()}
        self.effects.append(HandOver(reason, slots))

    def name_of(self, frame: Frame) -> str:
        flow = self.flow_of(frame)
        return in_language(flow.name, self.about.language) or flow.key if flow else frame.flow
