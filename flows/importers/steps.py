"""The steps of an imported flow as data, and what several formats say the same way. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.patterns import check_pattern

Node = dict[str, Any]
Text = dict[str, str]
LABELS = {
    "yes": {"en": "Yes", "fr": "Oui", "de": "Ja", "es": "Sí", "it": "Sì", "pt": "Sim", "nl": "Ja"},
    "no": {"en": "No", "fr": "Non", "de": "Nein", "es": "No", "it": "No", "pt": "Não", "nl": "Nee"},
}
YES = {"yes", "affirm", "confirm", "affirmation", "confirmation", "oui", "accept", "agree"}
NO = {"no", "deny", "denial", "non", "decline", "refuse", "cancel", "disagree"}


def say(text: Text, hint: str = "") -> list[Node]:
    return [{"kind": "say", "text": text, "hint": hint}] if text else []


def ask(slot: str, *, again: bool = False, otherwise: str = "") -> Node:
    return {"kind": "ask", "slot": slot, "again": again, "otherwise": otherwise, "hint": f"ask_{slot}"[:60]}


def assign(values: dict[str, Any]) -> list[Node]:
    return [{"kind": "set", "values": values}] if values else []


def act(action: str, given: dict[str, str] | None = None, takes: dict[str, str] | None = None) -> Node:
    """Given nothing: whatever is known there, as a program sees it."""
    return {
        "kind": "act",
        "action": action[:120],
        "given": given or None,
        "takes": takes or {},
        "hint": action[:50],
    }


def done_by(action: str, reply: tuple[str, str], code: str) -> list[Node]:
    """A program that speaks to the customer: what it says, if anything, is said. `reply` is the slot for its
    words, and where its answer has them."""
    slot, path = reply
    return [act(action, takes={slot: path}), *say({code: f"{{{slot}}}"}, slot)]


def call(flow: str, **more: str) -> Node:
    return {"kind": "call", "flow": flow, "hint": f"call_{flow}"[:60], **more}


def hand_off(text: Text | None = None, reason: str = "policy") -> Node:
    return {"kind": "handoff", "text": text or {}, "reason": reason}


def branch(cases: list[tuple[Any, str]], **more: str) -> Node:
    return {"kind": "branch", "cases": [{"when": when, "next": target} for when, target in cases], **more}


def choose(text: Text, options: list[Node], *, slot: str = "", otherwise: str = "") -> Node:
    return {"kind": "choose", "text": text, "options": options, "slot": slot, "otherwise": otherwise}


def option(value: str, label: Text, said: dict[str, list[str]] | None = None, **more: str) -> Node:
    """A button; `said` is what else customers say for it."""
    return {
        "value": value,
        "label": label,
        "synonyms": {code: told[:60] for code, told in (said or {}).items()},
        **more,
    }


def yes_or_no(name: str) -> str:
    """Whether the name of an intent means "yes" or "no"; "" for neither."""
    words = set(re.findall(r"[^\W_]+", name.lower()))
    if words & NO:
        return "no"
    return "yes" if words & YES else ""


def label_of(name: str, said: str, codes: list[str]) -> Text:
    """What a button says for an intent: yes, no, or `said`."""
    fixed = LABELS.get(yes_or_no(name), {})
    labels = {code: fixed.get(code.split("-")[0], said) for code in codes}
    return {code: label[:120] for code, label in labels.items() if label}


def choices(values: dict[str, dict[str, list[str]]], labels: dict[str, Text] | None = None) -> list[Node]:
    """The choices of a slot: values with what customers say for them, by language."""
    labels = labels or {}
    return [
        {
            "value": value[:120],
            "label": labels.get(value, {}),
            "synonyms": {code: list(dict.fromkeys(told))[:200] for code, told in said.items() if told},
        }
        for value, said in values.items()
        if value.strip()
    ]


def usable_pattern(pattern: str) -> bool:
    """Whether an expression may be matched here: it reads, and is not too long."""
    try:
        check_pattern(pattern)
    except ValueError:
        return False
    return 0 < len(pattern) <= 300
