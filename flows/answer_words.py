"""What was answered, in words: which value of which slot, or why it is none."""

from __future__ import annotations

from django.utils.translation import gettext as _

from flows.answering import read_answer, refused
from flows.graph import Choose, Form
from flows.meaning_places import Places
from flows.state import CorrectSlot, Rejected, SetSlot
from flows.values import shown

PLAIN = ("", "not_a_value")  # says no more than that it is none


def value(command: SetSlot | CorrectSlot, at: Places) -> str:
    known, slot = at.slot(command.slot)
    before = shown(known.get(command.slot), slot, at.language)
    words = {
        "slot": at.label(command.slot),
        "value": shown(command.value, slot, at.language),
        "before": before,
    }
    if before and known.get(command.slot) != command.value:
        return _("%(slot)s = %(value)s, no longer %(before)s") % words
    if is_guess(command, at):
        return _("%(slot)s = %(value)s, as a guess") % words
    return _("%(slot)s = %(value)s") % words


def is_guess(command: SetSlot | CorrectSlot, at: Places) -> bool:
    known, slot = at.slot(command.slot)
    if not at.is_asked(command.slot) or slot.kind == "text":
        return False
    reading = read_answer(slot, known, at.text, at.facts, half=at.half(command.slot))
    return reading.value is not None and not reading.sure


def refusal(command: SetSlot | CorrectSlot, at: Places) -> str:
    """Why the flow does not take the value, "" where it does."""
    known, slot = at.slot(command.slot)
    why = refused(slot, command.slot, command.value, {**at.facts.as_mapping(), "slots": known})
    words = {"slot": at.label(command.slot), "text": shown(command.value, slot, at.language)}
    if why == "invalid":
        return _("“%(text)s” does not meet the condition of the slot “%(slot)s”.") % words
    return _("“%(text)s” is not among what the slot “%(slot)s” offers.") % words if why else ""


def rejection(command: Rejected, at: Places) -> str:
    node, text = at.node(), command.said or at.text
    why = "" if command.why in PLAIN else at.library.phrase(command.why, at.language)
    if isinstance(node, Choose):
        return _("“%(text)s” is the name of no button.") % {"text": text} + (f" “{why}”" if why else "")
    name = command.slot or at.asked()
    if not name and isinstance(node, Form):
        return _("“%(text)s” holds nothing that the form asks for.") % {"text": text}
    if not name:
        return _("“%(text)s” is neither yes nor no.") % {"text": text}
    words = {"text": text, "slot": at.label(name), "why": why}
    if not why:
        return _("“%(text)s” is no value of the slot “%(slot)s”.") % words
    return _("“%(text)s” is no value of the slot “%(slot)s”: “%(why)s”") % words
