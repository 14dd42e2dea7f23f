"""What a customer's words mean to the emulator: the button, the answer, the flow that they name. Pure.

Less than the assistant understands, and always the same: whoever tries a flow looks at the flow, not at the
understanding. Each meaning comes with the reason for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from flows.graph import Ask, Choose, Graph, Slot
from flows.library import Shelf
from flows.sent_files import SentFile, fill
from flows.slots import signals
from flows.slots.base import Reading
from flows.slots.reading import read, read_option
from flows.state import (
    CancelFlow,
    ChooseOption,
    Command,
    Confirm,
    Heard,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
    State,
)
from flows.stock import phrase
from flows.texts import in_language

Meaning = tuple[Heard, str]
FILES = {"picture": "photo.jpg", "document": "document.pdf"}


def heard(library: Shelf, draft: Graph, state: State, text: str, language: str, now: datetime) -> Meaning:
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    node = flow.node(frame.node) if frame and flow else None
    meaning = None
    if frame and signals.cancels(text):
        return _means(CancelFlow(), _("The customer cancels."))
    if frame and frame.waiting == "choice" and isinstance(node, Choose):
        meaning = _chosen(read_option(node.options, text, language=language, now=now), text)
    elif frame and frame.waiting == "confirmation":
        meaning = _confirmed(read(Slot(kind="yes_no"), text, language=language, now=now), text)
    elif frame and flow and frame.waiting == "slot" and isinstance(node, Ask):
        slot = flow.slots.get(node.slot, Slot())
        meaning = _answered(node.slot, read(slot, text, language=language, now=now), text, language)
    return meaning or _begun(library, draft, text)


def sent(library: Shelf, state: State, kind: Literal["picture", "document"]) -> Meaning:
    """A file, as the slots take it that the flow on top has."""
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    if frame is None or flow is None:
        return _nothing(_("No flow is under way that could take a file."))
    node = flow.node(frame.node)
    asked = node.slot if frame.waiting == "slot" and isinstance(node, Ask) else ""
    file = SentFile("00000000-0000-0000-0000-000000000000", FILES[kind], kind)
    taken = tuple(fill(flow, frame.slots, (file,), asked=asked))
    if not taken:
        return _nothing(_("No slot of the flow waits for a file."))
    first = taken[0]
    if isinstance(first, Rejected):
        return _means(first, _("The slot “%(slot)s” takes no such file.") % {"slot": first.slot})
    return _means(first, _("The slot “%(slot)s” is filled.") % {"slot": first.slot})


def _means(command: Command, why: str) -> Meaning:
    return Heard((command,)), why


def _nothing(why: str) -> Meaning:
    return _means(NotUnderstood(), why)


def _chosen(reading: Reading, text: str) -> Meaning:
    if reading.value is None:
        return _nothing(_("“%(text)s” is the name of no button.") % {"text": text})
    return _means(ChooseOption(reading.value), _("The button “%(name)s” is meant.") % {"name": reading.value})


def _confirmed(reading: Reading, text: str) -> Meaning:
    if not isinstance(reading.value, bool):
        return _nothing(_("“%(text)s” is neither yes nor no.") % {"text": text})
    return _means(
        Confirm(reading.value), _("The customer agrees.") if reading.value else _("The customer declines.")
    )


def _answered(name: str, reading: Reading, text: str, language: str) -> Meaning:
    known = {"text": text, "slot": name, "why": phrase(reading.why or "not_a_value", language)}
    if reading.value is None:
        said = _("“%(text)s” is no value of the slot “%(slot)s”: “%(why)s”") % known
        return _means(Rejected(name, reading.why), said)
    if not reading.sure:
        return _means(SetSlot(name, reading.value), _("The slot “%(slot)s” is filled, as a guess.") % known)
    return _means(SetSlot(name, reading.value), _("The slot “%(slot)s” is filled.") % known)


def _begun(library: Shelf, draft: Graph, text: str) -> Meaning:
    flows = [draft, *(flow for _number, flow in library.published.values())]
    for flow in flows:
        examples = {_folded(one) for lines in flow.examples.values() for one in lines}
        if _folded(text) in examples:
            name = in_language(flow.name, "en") or flow.key
            return _means(
                StartFlow(flow.key), _("This is an example of the flow “%(name)s”.") % {"name": name}
            )
    return _nothing(_("No flow has this among its examples. Here only whole examples begin one."))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?")
