"""What a customer's words mean to the emulator: buttons by name, answers by the kind of the slot. Pure.

Less than the assistant understands, and always the same: whoever tries a flow looks at the flow, not at the
understanding. Each meaning comes with the reason for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from flows.graph import Ask, Choice, Choose, Graph, Option, Slot
from flows.library import Shelf
from flows.patterns import find
from flows.state import (
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


def heard(library: Shelf, draft: Graph, state: State, text: str, language: str, now: datetime) -> Meaning:
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    node = flow.node(frame.node) if frame and flow else None
    if frame and frame.waiting == "choice" and isinstance(node, Choose):
        return _chosen(node, text)
    if frame and frame.waiting == "confirmation":
        return _confirmed(text, language)
    if frame and flow and frame.waiting == "slot" and isinstance(node, Ask):
        return _answered(node.slot, flow.slots.get(node.slot, Slot()), text, language, now)
    return _begun(library, draft, text)


def _means(command: Command, why: str) -> Meaning:
    return Heard((command,)), why


def _chosen(node: Choose, text: str) -> Meaning:
    option = _named(node.options, text)
    if option is None:
        return _means(NotUnderstood(), _("“%(text)s” is the name of no button.") % {"text": text})
    return _means(ChooseOption(option.value), _("The button “%(name)s”") % {"name": option.value})


def _named(choices: Iterable[Choice | Option], text: str) -> Any:
    wanted = _folded(text)
    return next((one for one in choices if wanted in _names(one)), None)


def _names(one: Choice | Option) -> set[str]:
    said = [one.value, *one.label.values(), *(word for words in one.synonyms.values() for word in words)]
    return {_folded(word) for word in said if word}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?")


def _yes_or_no(text: str, language: str) -> bool | None:
    for name, value in (("yes", True), ("no", False)):
        if _folded(text) in {_folded(phrase(name, each)) for each in (language, "en", "fr")}:
            return value
    return None


def _confirmed(text: str, language: str) -> Meaning:
    yes = _yes_or_no(text, language)
    if yes is None:
        return _means(NotUnderstood(), _("“%(text)s” is neither yes nor no.") % {"text": text})
    return _means(Confirm(yes), _("Confirmed") if yes else _("Declined"))


def _answered(name: str, slot: Slot, text: str, language: str, now: datetime) -> Meaning:
    value = READ.get(slot.kind, _text)(slot, text.strip(), language)
    if value is None:
        return _means(
            Rejected(name), _("“%(text)s” is no value of the slot “%(slot)s”.") % {"text": text, "slot": name}
        )
    return _means(SetSlot(name, value), _("The slot “%(slot)s” is filled.") % {"slot": name})


def _begun(library: Shelf, draft: Graph, text: str) -> Meaning:
    flows = [draft, *(flow for _number, flow in library.published.values())]
    for flow in flows:
        examples = {_folded(one) for lines in flow.examples.values() for one in lines}
        if _folded(text) in examples:
            name = in_language(flow.name, "en") or flow.key
            return _means(StartFlow(flow.key), _("An example of the flow “%(name)s”") % {"name": name})
    return _means(
        NotUnderstood(), _("No flow has this among its examples. Here only whole examples begin one.")
    )


# --- answers, by the kind of the slot; None for none


def _text(slot: Slot, text: str, _language: str) -> Any:
    fits = text and (slot.least or 0) <= len(text) and (slot.most is None or len(text) <= slot.most)
    return text if fits else None


def _choice(slot: Slot, text: str, _language: str) -> Any:
    choice = _named(slot.choices, text)
    return choice.value if choice else None


def _number(slot: Slot, text: str, _language: str) -> Any:
    found = re.search(r"-?\d{1,12}(?:[.,]\d{1,6})?", text)
    if not found:
        return None
    value = float(found[0].replace(",", "."))
    if (slot.least is not None and value < slot.least) or (slot.most is not None and value > slot.most):
        return None
    return int(value) if value.is_integer() else value


def _money(slot: Slot, text: str, language: str) -> Any:
    value = _number(slot, text, language)
    return None if value is None else {"amount": f"{value:.2f}", "currency": "EUR"}


def _formed(pattern: str) -> Any:
    def read(_slot: Slot, text: str, _language: str) -> Any:
        return text if re.fullmatch(pattern, text) else None

    return read


def _moment(text: str) -> Any:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)", text)
    return f"{found[1]}T{found[2]}" if found else None


READ: dict[str, Any] = {
    "choice": _choice,
    "yes_no": lambda _slot, text, language: _yes_or_no(text, language),
    "number": _number,
    "money": _money,
    "email": _formed(r"[^@\s]{1,64}@[^@\s]{1,190}"),
    "phone": _formed(r"\+?[\d ()./-]{4,24}"),
    "date": _formed(r"\d{4}-\d\d-\d\d"),
    "time": _formed(r"\d\d:\d\d"),
    "moment": lambda slot, text, language: _moment(text),
    "code": lambda slot, text, _language: find(slot.pattern, text) if slot.pattern else _text(slot, text, ""),
    "file": lambda _slot, text, _language: {"id": "try", "name": text} if text else None,
}
