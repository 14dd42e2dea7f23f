"""What words hold of a form that they came instead of. Pure.

"Name: Ann" counts by the name of its field. Beside that, what is a value by itself is taken for the first
field that it may be for; what is left over is the answer to a free text only where it can be nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flows.answering import SENTENCE, read_answer
from flows.form_steps import asked_now, may_be_empty
from flows.graph import Form, Graph
from flows.library import Library
from flows.looked_up import looked_up
from flows.run import Facts
from flows.said_words import Words
from flows.sent_files import SentFile, fill
from flows.slot import Slot
from flows.slots.cleaning import clean, fold
from flows.slots.people import asks_a_name, introduced, may_be_a_name
from flows.slots.reading import find_in
from flows.slots.signals import asks, cancels, hesitates, leaves_out
from flows.state import (
    AskKnowledge,
    CancelFlow,
    Command,
    FillForm,
    Frame,
    LeaveOut,
    Rejected,
    SetSlot,
    WantPerson,
)
from flows.stock import delivered
from flows.told_apart import told_apart

SHORT = 4  # words: of a name, and of little else that somebody writes instead of a form
PARTS = re.compile(r"[\n,;]+")
LONGEST_NAME = 80  # characters of what stands before a colon


class WordsToForm:
    """`left` are the fields that are still empty; other slots of the flow may be told along with them."""

    def __init__(self, library: Library, frame: Frame, node: Form, text: str, facts: Facts) -> None:
        self.flow = library.flow(frame.flow, frame.version) or Graph(key=frame.flow)
        self.left = asked_now(self.flow, node, frame)
        self.known, self.text, self.facts = frame.slots, text, facts
        self.theirs = [name for name in self.flow.slots if name not in looked_up(self.flow, library)]

    @property
    def free(self) -> str:
        """The first field, if any words may be its value."""
        return next((name for name in self.left[:1] if self.flow.slots[name].kind == "text"), "")

    def named(self) -> list[Command]:
        """What lines such as "Name: Ann" say."""
        found, _rest = _by_label(self.flow, self.theirs, self.known, self.text, self.facts)
        return [SetSlot(name, value) for name, value in found.items()]

    def held(self) -> list[Command]:
        """The values that the words hold, and what they ask beside them; nothing without a value."""
        found = self._values()
        question = _question_beside([self.flow.slots[name] for name in found], self.text, self.facts)
        values: list[Command] = [SetSlot(name, value) for name, value in found.items()]
        return [*values, AskKnowledge(question)] if found and question else values

    def alone(self, files: Sequence[SentFile]) -> list[Command]:
        """Words that hold nothing else. Beside files they are about these, and the form goes on."""
        return [] if files else [self._alone()]

    def _alone(self) -> Command:
        """The free text that is asked for first, if they are short."""
        slot = self.flow.slots.get(self.free, Slot())
        said = (asks_a_name(slot) and introduced(self.text)) or self.text
        reading = read_answer(slot, self.known, said, self.facts)
        if asks_a_name(slot) and said == self.text and _says_no_name(said, self.facts):
            return Rejected("")
        if self.free and len(said.split()) <= SHORT and reading.value is not None:
            return SetSlot(self.free, reading.value)
        return Rejected("")

    def _values(self) -> dict[str, Any]:
        named, rest = _by_label(self.flow, self.theirs, self.known, self.text, self.facts)
        left = [name for name in self.left if name not in named]
        others = [name for name in self.theirs if name not in left and name not in named]
        wanted = [*left, *(name for name in others if self.known.get(name) is None)]
        found = {**named, **_by_themselves(self.flow, wanted, rest, self.facts)}
        free = next((name for name in left if self.flow.slots[name].kind == "text"), "")
        if free and found and (value := self._over(free, found, rest)) is not None:
            found[free] = value
        return found

    def _over(self, free: str, found: Mapping[str, Any], text: str) -> Any:
        """ "Ann Lee, ann@example.org": the one part that holds none of the values is the name."""
        others = [self.flow.slots[name] for name in found]
        parts = [part.strip() for part in PARTS.split(text) if part.strip()]
        slot = self.flow.slots[free]
        if asks_a_name(slot) and (name := introduced(text)):
            return read_answer(slot, self.known, name, self.facts).value
        over = [part for part in parts if not any(_is_of(slot, part, self.facts) for slot in others)]
        if asks_a_name(slot) and any(_says_no_name(part, self.facts) for part in over):
            return None
        if len(over) != 1 or len(over[0].split()) > SHORT:
            return None
        return read_answer(slot, self.known, over[0], self.facts).value


def _says_no_name(text: str, facts: Facts) -> bool:
    """A yes or a no, or what is never one: "not now", "leave me alone"."""
    yes_or_no = read_answer(Slot(kind="yes_no"), {}, text, facts)
    return (yes_or_no.value is not None) or hesitates(text) or cancels(text) or not may_be_a_name(text)


def form_sent(flow: Graph | None, frame: Frame, message: Words, facts: Facts) -> list[Command]:
    """No word of it is guessed at. What was written or sent right after it counts too: words may even cancel
    it, and files go where they belong."""
    beside, values = message.beside, dict(message.form or {})
    if cancels(beside):
        return [CancelFlow()]
    for name, slot in (flow.slots if flow and beside else {}).items():
        if name in values and slot.kind in ("email", "phone", "code"):  # "sorry, my email is bob@x.org"
            found = find_in(slot, beside, language=facts.language, now=facts.now)
            values[name] = str(found) if found is not None else values[name]
    sent: list[Command] = [FillForm(values), *(fill(flow, frame.slots, message.files) if flow else ())]
    if message.wants_person:
        return [*sent, WantPerson()]
    return [*sent, AskKnowledge(beside)] if asks(beside) else sent


def _by_label(
    flow: Graph, theirs: Sequence[str], known: Mapping[str, Any], text: str, facts: Facts
) -> tuple[dict[str, Any], str]:
    """The lines that say which field they are for, and all other lines."""
    names = {
        fold(clean(label)): name
        for name in theirs
        for label in (*flow.slots[name].label.values(), name)
        if label
    }
    found, rest = dict[str, Any](), list[str]()
    for line in text.splitlines():
        label, _colon, written = line.partition(":")
        name = names.get(fold(clean(label)), "") if len(label) <= LONGEST_NAME else ""
        value = read_answer(flow.slots[name], known, written, facts).value if name and written else None
        if value is None:
            rest.append(line)
        else:
            found[name] = value
    return found, "\n".join(rest)


def _by_themselves(flow: Graph, wanted: Sequence[str], text: str, facts: Facts) -> dict[str, Any]:
    """One value is not told for two fields of the same kind, and a postal code is no number of guests."""
    found = told_apart(flow.slots, wanted, text, facts)
    taken = {flow.slots[name].kind for name in found}
    others = [name for name in wanted if name not in found]
    for name in sorted(others, key=lambda one: flow.slots[one].kind == "number"):
        slot = flow.slots[name]
        value = find_in(slot, text, language=facts.language, now=facts.now)
        if slot.kind == "number" and str(value) in map(str, found.values()):
            continue
        if value is not None and (slot.kind == "choice" or slot.kind not in taken):
            found[name] = value
            taken.add(slot.kind)
    return found


def _holds(slot: Slot, text: str, facts: Facts) -> bool:
    return find_in(slot, text, language=facts.language, now=facts.now) is not None


def _is_of(slot: Slot, part: str, facts: Facts) -> bool:
    """Also "75001" alone, which may be anything in a sentence, and is no name."""
    code = slot.kind == "postal_code" and read_answer(slot, {}, part, facts).value is not None
    return code or _holds(slot, part, facts)


def _question_beside(slots: Sequence[Slot], text: str, facts: Facts) -> str:
    """The sentences that ask something and are none of the values."""
    sentences = [part.strip() for part in SENTENCE.findall(text)]
    return " ".join(
        part for part in sentences if asks(part) and not any(_holds(slot, part, facts) for slot in slots)
    )


def plainly(library: Library, frame: Frame, node: Any, asked: str, text: str, facts: Facts) -> list[Command]:
    """What needs no reading, where a form is answered in words: “Skip”, and values that say what they are."""
    if not isinstance(node, Form):
        return []
    form = WordsToForm(library, frame, node, text, facts)
    if may_be_empty(node, asked) and _is_left_out(form.flow.slots.get(asked, Slot()), text, library, facts):
        return [LeaveOut(asked)]
    return form.named()


def _is_left_out(slot: Slot, text: str, library: Library, facts: Facts) -> bool:
    """“Skip”, or a no to something that is not answered with one."""
    if cancels(text):  # "laissez tomber" gives the whole up
        return False
    said = text.strip().casefold()
    skips = (library.phrase("skip", facts.language), *delivered()["skip"].values())
    if said in {word.casefold() for word in skips} or leaves_out(text):
        return True
    no = read_answer(Slot(kind="yes_no"), {}, text, facts)
    answers = slot.kind == "yes_no" or (slot.kind == "choice" and _holds(slot, text, facts))
    return no.value is False and no.sure and not answers and len(text.split()) <= SHORT
