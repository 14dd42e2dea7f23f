"""What words hold by themselves: values of slots that nobody has asked for, and names of choices; which slots
words may correct. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flows import graph
from flows.answering import IN_TIME, days_offered, named_moment
from flows.form_steps import asked_now
from flows.graph import Graph
from flows.library import Library
from flows.looked_up import looked_up
from flows.run import Facts
from flows.slot import Choice, Slot
from flows.slots.reading import find_in
from flows.slots.signals import possible
from flows.state import Frame, SetSlot
from flows.told_apart import told_apart


def mentioned(
    flow: Graph, known: Mapping[str, Any], text: str, facts: Facts, library: Library
) -> Iterator[SetSlot]:
    """Values of slots that the words hold by themselves; what is looked up is no slot of the customer's."""
    open_ones = _open(flow, known, library)
    apart = told_apart(flow.slots, open_ones, text, facts)
    for name in open_ones:
        slot = flow.slots[name]
        said = possible(text) if slot.kind in IN_TIME else text
        value = apart.get(name) or find_in(slot, said, language=facts.language, now=facts.now)
        if value is not None:
            yield SetSlot(name, value)


def mentioned_beside(
    flow: Graph, known: Mapping[str, Any], answered: str, text: str, facts: Facts, library: Library,
    only: Collection[str] = (),
) -> Iterator[SetSlot]:  # fmt: skip
    """The same beside the answer to a slot: values of other slots (`only` of these kinds), and none of its
    own kind, which may be the answer again."""
    others = {
        name: slot
        for name, slot in flow.slots.items()
        if name != answered and (not only or slot.kind in only)
    }
    found = mentioned(flow.model_copy(update={"slots": others}), known, text, facts, library)
    yield from (one for one in found if flow.slots[one.slot].kind != flow.slots[answered].kind)


def both_told(
    flow: Graph | None, frame: Frame, asked: str, text: str, facts: Facts, library: Library
) -> list[SetSlot]:
    """Of "75001, 2 people" what was asked for, then the other; nothing for any other answer."""
    if flow is None:
        return []
    found = told_apart(flow.slots, {asked, *_open(flow, frame.slots, library)}, text, facts)
    if asked not in found:
        return []
    return [SetSlot(name, found[name]) for name in sorted(found, key=lambda one: one != asked)]


def _open(flow: Graph, known: Mapping[str, Any], library: Library) -> list[str]:
    none_of_theirs = looked_up(flow, library)
    return [name for name in flow.slots if known.get(name) is None and name not in none_of_theirs]


def other_than_offered(
    flow: Graph, frame: Frame, asked: str, text: str, facts: Facts, library: Library, *, changed: bool = False
) -> Iterator[SetSlot]:
    """Who wants none of what is offered may say what else to look for: "around three". If just that is
    brought then, it is what they want; so it is where another day was `changed` to by the same words."""
    of_steps = {slot for node in flow.nodes for slot in graph.keeps(node)}
    others = {name: one for name, one in flow.slots.items() if name not in of_steps}
    found = list(mentioned(flow.model_copy(update={"slots": others}), {}, text, facts, library))
    yield from found or _part_of_that_day(flow.slots[asked], frame, others, text, facts)
    # An afternoon is no moment: which one is for the customer to say.
    if any(flow.slots[one.slot].kind == "period" for one in found):
        return
    if (found or changed) and (wanted := named_moment(flow.slots[asked], frame.slots, text, facts)):
        yield SetSlot(asked, wanted)


def looked_for_anew(
    flow: Graph | None, frame: Frame, changed: Collection[str], text: str, facts: Facts, library: Library
) -> Iterator[SetSlot]:
    """ "Wednesday at 3 pm" of who has chosen one of Tuesday's hours: the hour counts with the day."""
    for name in newest_first(flow, frame):
        if flow is not None and flow.slots[name].offered and name not in changed:
            another_day = any(flow.slots[one].kind in IN_TIME for one in changed)
            yield from other_than_offered(flow, frame, name, text, facts, library, changed=another_day)


def _part_of_that_day(
    offered: Slot, frame: Frame, others: Mapping[str, Slot], text: str, facts: Facts
) -> Iterator[SetSlot]:
    """ "In the morning", where all that is offered is on one day."""
    days = days_offered(offered, frame.slots)
    for name, slot in others.items():
        if slot.kind == "period" and len(days) == 1:
            said = f"{min(days)} {possible(text)}"
            if (value := find_in(slot, said, language=facts.language, now=facts.now)) is not None:
                yield SetSlot(name, value)


def is_called(text: str, flow: Graph | None, node: Any, frame: Frame) -> bool:
    """Whether the words are just what one of the choices is called, such as "another person"."""
    asked = asked_now(flow, node, frame) if flow else ()
    offered = [one for name in asked if flow and name in flow.slots for one in flow.slots[name].choices]
    choices = node.options if isinstance(node, graph.Choose) else offered
    return text.casefold() in {words.casefold() for one in choices for words in names_of_choice(one)}


def names_of_choice(choice: Choice | graph.Option) -> Iterator[str]:
    yield from choice.label.values()
    yield from (words for lines in choice.synonyms.values() for words in lines)


def newest_first(flow: Graph | None, frame: Frame) -> Sequence[str]:
    """The filled slots, that which was asked for last first."""
    if flow is None:
        return ()
    asked = [slot for name in reversed(frame.trail) for slot in sorted(graph.keeps(flow.node(name)))]
    filled = [name for name in dict.fromkeys(asked) if frame.slots.get(name) is not None]
    return [*filled, *(name for name in frame.slots if name not in filled and name in flow.slots)]
