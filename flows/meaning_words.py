"""Why the emulator did what it did, in words: what each command is, and by which means it was understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from flows import state as said
from flows.answer_words import refusal, rejection, value
from flows.graph import Choose
from flows.library import Shelf
from flows.meaning_places import Places
from flows.state import Command, State
from flows.texts import in_language
from flows.understanding import How, Meaning

MEANS = {
    "button": gettext_lazy("by the button"),
    "form": gettext_lazy("it was filled in"),
    "name": gettext_lazy("its name was said"),
    "example": gettext_lazy("word for word one of its examples"),
    "words": gettext_lazy("from the words"),
    "model": gettext_lazy("read by the model"),
}
OTHERWISE = {
    "knowledge": gettext_lazy("No flow is concerned: the knowledge is asked."),
    "small_talk": gettext_lazy("Small talk, and no flow is under way."),
    "person": gettext_lazy("The customer wants a person."),
    "out_of_scope": gettext_lazy("The assistant must not deal with this: %(about)s"),
    "more": gettext_lazy("There are no words in it."),
    "file": gettext_lazy("No flow takes the file: it is kept for your team."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`what` was understood, and `how`; `refused` is what was answered and not taken."""

    what: str
    how: str = ""
    refused: bool = False


def reasons(meaning: Meaning, library: Shelf, state: State) -> list[Reason]:
    """One for each command, in their order; `state` is where the conversation stood before."""
    at = Places(library, state, meaning.facts, meaning.text, get_language() or "en")
    commands = meaning.heard.commands if meaning.heard else ()
    found = [_reason(one, how, at) for one, how in zip(commands, meaning.how, strict=True)]
    without = [Reason(meaning.trouble, refused=True)] if meaning.trouble else []
    return [*(found or [_otherwise(meaning, at)]), *without]


def _reason(command: Command, how: How, at: Places) -> Reason:
    match command:
        case said.SetSlot() | said.CorrectSlot():
            why = refusal(command, at)
            return Reason(why or value(command, at), by(how), refused=bool(why))
        case said.Rejected():
            return Reason(rejection(command, at), by(how), refused=True)
    words = SAY[type(command)](command, at)
    if isinstance(command, said.StartFlow):
        at.begin(command.flow)
    return Reason(words, by(how))


def by(how: How) -> str:
    if how.by == "router":
        return _("the router is %(likely)s sure; from %(bar)s on it begins") % _sure(how)
    return str(MEANS[how.by])


def _sure(how: How) -> dict[str, str]:
    return {"likely": percent(how.likely), "bar": percent(how.bar)}


def percent(share: float) -> str:
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def _otherwise(meaning: Meaning, at: Places) -> Reason:
    what = str(OTHERWISE[meaning.otherwise.does]) % {"about": meaning.otherwise.about}
    if meaning.otherwise.does != "knowledge":
        return Reason(what)
    if meaning.near is None:
        return Reason(
            what, _("The router has learned nothing yet: only names and whole examples begin a flow.")
        )
    if not meaning.nearest:
        return Reason(what)
    known = {"flow": at.name(meaning.nearest), **_sure(meaning.near)}
    return Reason(what, _("The router is %(likely)s sure of “%(flow)s”; from %(bar)s on it begins.") % known)


def _start(command: said.StartFlow, at: Places) -> str:
    back = at.is_under_way(command.flow)
    words = _("Goes back to the flow “%(flow)s”") if back else _("Begins the flow “%(flow)s”")
    return words % {"flow": at.name(command.flow)}


def _choose(command: said.ChooseOption, at: Places) -> str:
    node = at.node()
    options = node.options if isinstance(node, Choose) else ()
    labels = [in_language(one.label, at.language) for one in options if one.value == command.value]
    return _("The option “%(name)s”") % {"name": next(filter(None, labels), command.value)}


def _fill(command: said.FillForm, at: Places) -> str:
    written = [f"{at.label(name)} = {value}" for name, value in command.values.items() if value.strip()]
    return _("The form: %(values)s") % {"values": ", ".join(written) or "–"}


def _talk(command: said.ChitChat, _at: Places) -> str:
    if command.phrase == "file_kept":
        return _("No slot of the flow waits for a file")
    return _("The customer hesitates") if command.phrase == "take_your_time" else _("Small talk")


def _clarify(command: said.Clarify, at: Places) -> str:
    names = ", ".join(at.name(key) for key in command.flows)
    return _("It may mean any of these flows: %(names)s") % {"names": names}


def _ask(command: said.AskKnowledge, _at: Places) -> str:
    return _("A question for the knowledge: “%(question)s”") % {"question": command.question}


SAY: dict[type, Callable[[Any, Places], str]] = {
    said.StartFlow: _start,
    said.ChooseOption: _choose,
    said.FillForm: _fill,
    said.LeaveOut: lambda command, at: (
        _("The customer leaves out “%(slot)s”") % {"slot": at.label(command.slot)}
    ),
    said.Confirm: lambda command, _at: (
        _("The customer agrees") if command.yes else _("The customer declines")
    ),
    said.CancelFlow: lambda _command, _at: _("The customer wants to stop"),
    said.AskKnowledge: _ask,
    said.Clarify: _clarify,
    said.WantPerson: lambda _command, _at: _("The customer wants a person"),
    said.ChitChat: _talk,
    said.NotUnderstood: lambda _command, _at: _("Nothing was understood"),
}
