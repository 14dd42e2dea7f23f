"""What a customer's words mean where the conversation stands, without a model. Pure.

`interpret` gives the commands that `flows/runner.py` follows. Whoever calls it says what is known of the
words beside the flows: whether a person is wanted, whether they are a mere courtesy, which flow they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flows import graph
from flows.answering import IN_TIME, is_day_or_hour, question_in, read_answer
from flows.correcting import corrections, other_choice
from flows.form_steps import asked_in_words
from flows.form_words import WordsToForm, form_sent, plainly
from flows.graph import Graph
from flows.library import Library
from flows.mentioning import (
    both_told,
    is_called,
    looked_for_anew,
    mentioned,
    mentioned_beside,
    other_than_offered,
)
from flows.misunderstanding import HALF_SAID
from flows.run import Facts
from flows.said_words import Interpreted as Interpreted
from flows.said_words import Words as Words
from flows.sent_files import fill
from flows.slot import Slot
from flows.slots.base import Reading
from flows.slots.reading import read_option
from flows.slots.signals import asks, cancels, hesitates
from flows.state import (
    AskKnowledge,
    CancelFlow,
    ChitChat,
    ChooseOption,
    Clarify,
    Command,
    Confirm,
    CorrectSlot,
    Frame,
    Heard,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    WantPerson,
)
from flows.texts import in_language

UNMISTAKABLE = ("email", "phone", "code")  # also in the middle of free text
LIKELY_IN_FREE_TEXT = 0.9  # that another flow is meant, when any words would be an answer


def interpret(library: Library, state: State, message: Words, facts: Facts) -> Interpreted:
    reader = _Interpreter(library, state, message, facts)
    commands = tuple(reader.under_way() if state.frames else reader.at_rest())
    return Interpreted(Heard(commands) if commands else None, reader.certain)


class _Interpreter:
    def __init__(self, library: Library, state: State, message: Words, facts: Facts) -> None:
        self.library, self.state, self.message, self.facts = library, state, message, facts
        self.text = message.text.strip()
        self.certain = message.wants_person

    # --- no flow is under way

    def at_rest(self) -> Iterator[Command]:
        if self.text.casefold() == self._phrase("something_else").casefold():
            yield ChitChat(self._phrase("anything"))
        elif self.message.begins:
            self.certain = self.message.likely == 1
            yield from self._begun(self.message.begins)
        elif len(self.message.close) > 1 and not asks(self.text):
            yield Clarify(self.message.close)

    def _begun(self, key: str) -> Iterator[Command]:
        yield StartFlow(key)
        found = self.library.current(key)
        if found is not None:
            yield from fill(found[1], {}, self.message.files)
            yield from mentioned(found[1], {}, self.text, self.facts, self.library)

    def _phrase(self, name: str) -> str:
        return self.library.phrase(name, self.facts.language)

    def _read(self, slot: Slot, text: str, half: str = "") -> Reading:
        known = self.state.frames[-1].slots if self.state.frames else {}
        return read_answer(slot, known, text, self.facts, half=half)

    # --- a flow is under way

    def under_way(self) -> Iterator[Command]:
        frame, node = self.state.frames[-1], self._node()
        if self.message.form is not None and frame.waiting == "form":
            self.certain = not self.message.beside
            yield from form_sent(self._flow_of(frame), frame, self.message, self.facts)
        elif self.message.wants_person and not is_called(self.text, self._flow_of(frame), node, frame):
            yield WantPerson()
        elif self.message.files and not cancels(self.text):
            yield from self._with_files(frame, node)
        else:
            yield from self._in_words(frame, node)

    def _in_words(self, frame: Frame, node: Any) -> Iterator[Command]:
        if frame.waiting == "choice" and isinstance(node, graph.Choose):
            yield from self._choosing(node)
        elif frame.waiting == "confirmation":
            yield from self._confirming()
        elif frame.waiting == "form" and isinstance(node, graph.Form):
            yield from self._instead_of(frame, node)
        elif asked := asked_in_words(self._flow_of(frame), node, frame):
            yield from self._answering(frame, node, asked)
        else:
            yield from self._aside()

    def _with_files(self, frame: Frame, node: Any) -> Iterator[Command]:
        """The files where they belong, then what was written beside them."""
        flow = self.library.flow(frame.flow, frame.version)
        asked = asked_in_words(self._flow_of(frame), node, frame)
        taken = list(fill(flow, frame.slots, self.message.files, asked=asked)) if flow else []
        self.certain = not self.text
        yield from taken
        if not self.text:
            yield from [] if taken else [self._kept()]
        elif asked and any(one.slot == asked for one in taken):
            yield from self._besides(frame, asked)
        else:
            yield from list(self._in_words(frame, node)) or ([] if taken else [self._kept()])

    def _kept(self) -> ChitChat:
        return ChitChat(self._phrase("file_kept"), "file_kept")

    def _flow_of(self, frame: Frame) -> Graph | None:
        return self.library.flow(frame.flow, frame.version)

    def _node(self) -> Any:
        frame = self.state.frames[-1]
        flow = self._flow_of(frame)
        return flow.node(frame.node) if flow else None

    def _choosing(self, node: graph.Choose) -> Iterator[Command]:
        reading = read_option(node.options, self.text, language=self.facts.language, now=self.facts.now)
        if reading.value is not None and reading.sure:
            self.certain = True
            yield ChooseOption(reading.value)
            return
        if answer := self._to_what_waits():
            yield from answer
            return
        aside = list(self._aside())
        guess = ChooseOption(reading.value) if reading.value is not None else self._no(reading)
        yield from aside or [guess]

    def _to_what_waits(self) -> list[Command]:
        """Who is asked whether to go on may just do so, with an answer to what was asked before."""
        *below, frame = self.state.frames
        flow = self.library.flow(frame.flow, frame.version)
        if not below or flow is None or flow.repair != "aside":
            return []
        before = replace(self.state, frames=tuple(below))
        heard = interpret(self.library, before, self.message, self.facts).heard or Heard(())
        return [one for one in heard.commands if isinstance(one, SetSlot | CorrectSlot)]

    def _confirming(self) -> Iterator[Command]:
        reading = self._read(Slot(kind="yes_no"), self.text)
        frame = self.state.frames[-1]
        if corrections := list(self._corrections(frame, None)):  # "no, on Tuesday"
            yield from corrections
            changed = {one.slot for one in corrections if isinstance(one, CorrectSlot)}
            yield from looked_for_anew(
                self._flow_of(frame), frame, changed, self.text, self.facts, self.library
            )
        elif reading.value is not True and (
            other := other_choice(self._flow_of(frame), frame, self.text, self.facts)
        ):
            yield other  # "no, on Thursday at 3", which is not offered
        elif reading.value is not None and reading.sure:
            self.certain = True
            yield Confirm(bool(reading.value))
        elif reading.value is not None and self.message.courtesy:  # "sure": nothing must sound like a yes
            yield self._no(reading)
        else:
            yield from list(self._aside()) or [self._no(reading)]

    def _instead_of(self, frame: Frame, node: graph.Form) -> Iterator[Command]:
        """Words to a form: what they hold of it, else what words mean anywhere, or mean of a file."""
        form = WordsToForm(self.library, frame, node, self.text, self.facts)
        held = form.held()
        if changed := list(self._corrections(frame, None, answered=bool(held))):
            yield from changed
        else:
            yield from held or list(self._aside(free=bool(form.free))) or form.alone(self.message.files)

    def _answering(self, frame: Frame, node: Any, asked: str) -> Iterator[Command]:
        flow = self._flow_of(frame)
        slot = flow.slots[asked] if flow else Slot()
        if plain := plainly(self.library, frame, node, asked, self.text, self.facts):
            self.certain = True
            yield from plain
            return
        if both := both_told(flow, frame, asked, self.text, self.facts, self.library):
            yield from both
            yield from (one for one in self._besides(frame, asked) if one not in both)
            return
        reading = self._read(slot, self.text, frame.half)
        answers = reading.value is not None and reading.sure
        guessed = slot.kind if reading.value is not None else ""
        chosen = answers and slot.offered  # "the one at 3 on Tuesday" changes no day
        if not chosen and (
            changed := list(self._corrections(frame, asked, answered=answers, guessed=guessed))
        ):
            yield from changed
            yield from self._other(flow, frame, asked, changed=True)
        elif answers and slot.kind != "text":
            besides = list(self._besides(frame, asked))
            self.certain = not besides
            yield SetSlot(asked, reading.value)
            yield from besides
        elif other := list(self._other(flow, frame, asked)):  # before "around 4" begins a booking
            yield from other
        elif aside := list(self._aside(free=slot.kind == "text", answers=_is_answer(reading))):
            yield from aside
        elif reading.value is not None:
            yield SetSlot(asked, reading.value)
            # Of "next Friday" it may be open which one; that it is a day is not.
            yield from self._besides(frame, asked, only=() if slot.kind in IN_TIME else UNMISTAKABLE)
        else:
            yield Rejected(asked, reading.why, self.text)

    def _other(
        self, flow: Graph | None, frame: Frame, asked: str, *, changed: bool = False
    ) -> Iterator[SetSlot]:
        if flow is not None and flow.slots[asked].offered:
            words = (self.text, self.facts, self.library)
            yield from other_than_offered(flow, frame, asked, *words, changed=changed)

    def _besides(self, frame: Frame, answered: str, *, only: tuple[str, ...] = ()) -> Iterator[Command]:
        """What the words hold beside the answer: values of other slots (`only` of these kinds), and a
        question."""
        flow = self._flow_of(frame)
        if flow is not None and not self.message.text.isdecimal():
            yield from mentioned_beside(
                flow, frame.slots, answered, self.text, self.facts, self.library, only
            )
        slot = flow.slots[answered] if flow else Slot()
        if not only and (question := question_in(slot, frame.slots, self.text, self.facts)):
            yield AskKnowledge(question)

    def _corrections(
        self, frame: Frame, awaited: str | None, *, answered: bool = False, guessed: str = ""
    ) -> Iterator[Command]:
        if flow := self.library.flow(frame.flow, frame.version):
            yield from corrections(
                self.text, flow, frame, self.library, self.facts,
                awaited=awaited, answered=answered, guessed=guessed,
            )  # fmt: skip

    def _aside(self, *, free: bool = False, answers: bool = False) -> Iterator[Command]:
        """What is no answer to what was asked: giving up, another wish, a question, a courtesy. Another flow
        must be likelier where they may be the answer (`answers`), as any are in `free` text, or say when."""
        message = self.message
        likely = message.likely >= LIKELY_IN_FREE_TEXT
        weak = not likely and (free or answers or is_day_or_hour(self.text, self.facts))
        begins = "" if weak else message.begins
        here = {frame.flow for frame in self.state.frames}
        if cancels(self.text):
            yield CancelFlow()
        elif begins and begins not in here:
            yield from self._begun(begins)
        elif message.courtesy and not (free and self._is_yes_or_no()):
            yield ChitChat(message.courtesy, "bye" if message.leaves else "")
        elif asks(self.text):
            yield AskKnowledge(self.text)
        elif hesitates(self.text) and not free:
            yield ChitChat(self._phrase("take_your_time"), "take_your_time")

    def _is_yes_or_no(self) -> bool:
        """Where any words are an answer, a mere "no" is one to "Are you pregnant?"."""
        reading = self._read(Slot(kind="yes_no"), self.text)
        return reading.value is not None and reading.sure

    def _no(self, reading: Reading) -> Command:
        return Rejected("", reading.why)


def _is_answer(reading: Reading) -> bool:
    """Also a half of one: "tomorrow", which lacks the hour."""
    return reading.value is not None or reading.why in HALF_SAID


def in_words(flow: Graph, language: str) -> str:
    return str(in_language(flow.name, language) or flow.key)
