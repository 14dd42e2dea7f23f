"""What a customer's words change of what was said before. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows.answering import read_answer, read_change
from flows.graph import Graph
from flows.library import Library
from flows.looked_up import looked_up
from flows.mentioning import newest_first
from flows.offers import as_offered, is_offered
from flows.run import Facts
from flows.slot import Slot
from flows.slots.reading import find_in
from flows.slots.signals import corrected, corrects
from flows.state import CorrectSlot, Frame, Rejected


def corrections(
    text: str,
    flow: Graph,
    frame: Frame,
    library: Library,
    facts: Facts,
    *,
    awaited: str | None,
    answered: bool = False,
    guessed: str = "",
) -> Iterator[CorrectSlot]:
    """A new value for what was said before: with a mark of correction, or where it fits nothing else. It fits
    what is asked for (`awaited`) when it may be a value of that kind (`guessed`)."""
    marked = corrects(text)
    if answered and not marked:
        return
    said = corrected(text) if marked else text
    kept = looked_up(flow, library)
    for name in newest_first(flow, frame):
        slot = as_offered(flow.slots[name], frame.slots)
        if name == awaited or name in kept or slot.kind in ("text", "yes_no"):
            continue
        if slot.kind == guessed and not marked:
            continue
        if marked and not (slot.kind == "number" and _names_a_time(said, facts)):
            value = read_change(name, slot, frame.slots, said, facts).value
        else:
            value = find_in(slot, said, language=facts.language, now=facts.now)
        if value is not None and not is_offered(slot, frame.slots, value):
            continue  # what is to be looked for anew is said by another slot
        if value is not None and value != frame.slots.get(name):
            yield CorrectSlot(name, value)
            return


def other_choice(flow: Graph | None, frame: Frame, text: str, facts: Facts) -> Rejected | None:
    """Another day or hour than the one that was chosen of those that are offered: "no, on Thursday"."""
    said = corrected(text) if corrects(text) else text
    if flow is None or not _names_a_time(said, facts):
        return None
    for name in newest_first(flow, frame):
        slot = as_offered(flow.slots[name], frame.slots)
        if slot.offered and slot.kind == "moment":
            reading = read_answer(slot, frame.slots, said, facts)
            if reading.value != frame.slots.get(name):
                return Rejected(name, reading.why or "not_offered", text)
    return None


def _names_a_time(said: str, facts: Facts) -> bool:
    """A day or an hour, whose figures count nothing else."""
    return any(
        find_in(Slot(kind=kind), said, language=facts.language, now=facts.now) for kind in ("date", "time")
    )
