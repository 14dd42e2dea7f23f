"""Flows, steps and slots by name, as a meaning is put into words where the conversation stands. Pure."""

from __future__ import annotations

from typing import Any

from flows.form_steps import asked_in_words
from flows.graph import Graph
from flows.library import Shelf
from flows.offers import with_offers
from flows.run import Facts
from flows.slot import Slot
from flows.state import Frame, State
from flows.texts import in_language


class Places:
    """`language` is that of whoever reads it; `text` are the customer's words."""

    def __init__(self, library: Shelf, state: State, facts: Facts, text: str, language: str) -> None:
        self.library, self.state, self.facts, self.text, self.language = library, state, facts, text, language
        self._frames = list(reversed(state.frames))

    def begin(self, key: str) -> None:
        """What follows in the same words is said to that flow."""
        if (found := self.library.current(key)) is not None:
            self._frames = [Frame(key, found[0], found[1].start), *self._frames]

    def name(self, key: str) -> str:
        found = self.library.current(key)
        return str(in_language(found[1].name, self.language) or key) if found else key

    def is_under_way(self, key: str) -> bool:
        return any(frame.flow == key for frame in self.state.frames)

    def node(self) -> Any:
        """The step that the conversation stood at."""
        flow = self._flow(self.state.top) if self.state.top else None
        return flow.node(self.state.top.node) if flow and self.state.top else None

    def half(self, slot: str) -> str:
        """What was answered to it before and lacked a part."""
        return self.state.top.half if self.state.top and self.is_asked(slot) else ""

    def is_asked(self, slot: str) -> bool:
        return self.asked() == slot

    def asked(self) -> str:
        """The slot whose own question was asked, "" for none."""
        top = self.state.top
        return asked_in_words(self._flow(top), self.node(), top) if top else ""

    def slot(self, name: str) -> tuple[dict[str, Any], Slot]:
        """What the nearest flow that has it knows, and how it is declared there."""
        for frame in self._frames:
            flow = self._flow(frame)
            if flow and name in flow.slots:
                return dict(frame.slots), with_offers(flow.slots[name], frame.slots, self.language)
        return {}, Slot()

    def label(self, name: str) -> str:
        return str(in_language(self.slot(name)[1].label, self.language) or name)

    def _flow(self, frame: Frame) -> Graph | None:
        return self.library.flow(frame.flow, frame.version)
