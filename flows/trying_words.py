"""What the emulator says beside the flow's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chatbot.markdown import render_message
from flows import state as said
from flows.emulating import Tried
from flows.form_controls import controls_of
from flows.library import DIGRESSION, Library
from flows.pictures.rows import address_of, sizes_of
from flows.shown_cards import ShownCard
from flows.texts import in_language
from flows.understanding import Otherwise

WAITING = {
    "": "",
    "slot": gettext_lazy("waits for an answer"),
    "form": gettext_lazy("waits for the form"),
    "choice": gettext_lazy("waits for a choice"),
    "confirmation": gettext_lazy("waits for yes or no"),
    "action": gettext_lazy("waits for the action"),
    "answer": gettext_lazy("waits for the knowledge"),
}
OUTCOMES = {
    "done": gettext_lazy("done"),
    "given_up": gettext_lazy("given up"),
    "cancelled": gettext_lazy("cancelled"),
    "lost": gettext_lazy("lost"),
}
REASONS = {
    "customer_request": gettext_lazy("the customer asked for a person"),
    "missing_knowledge": gettext_lazy("the knowledge has no answer"),
    "unsupported_request": gettext_lazy("the assistant cannot do this"),
    "policy": gettext_lazy("our rules ask for a person"),
    "tool_failure": gettext_lazy("something did not work"),
    "pending_clarification": gettext_lazy("it could not be made clear"),
    "usage_limit": gettext_lazy("a limit was reached"),
}


def flow_name(key: str, library: Library) -> str:
    """As staff call it; everyday troubles and questions have names too."""
    if key == DIGRESSION.key:
        return _("A question in between")
    found = library.current(key)
    flow = found[1] if found else library.flow(key, 0)
    return str(in_language(flow.name, get_language() or "en") or key) if flow else key


def ended(flow: str, outcome: str) -> str:
    return _("The flow “%(flow)s” is over: %(outcome)s.") % {"flow": flow, "outcome": OUTCOMES[outcome]}


def handed_over(reason: str) -> str:
    return _("A person is brought in: %(reason)s.") % {"reason": REASONS.get(reason, reason)}


def effects_of(tried: Tried) -> list[dict[str, Any]]:
    """What is seen to happen; where no flow is concerned, what the assistant does then."""
    meaning = tried.meaning
    if meaning is not None and meaning.heard is None:
        return _otherwise(meaning.otherwise, meaning.text)
    return [_effect(effect, tried.library) for effect in tried.step.effects]


def form_in_html(asks: Mapping[str, Any], language: str) -> str:
    """The form as a customer sees it, "" where none is asked for."""
    controls = controls_of(asks, language) if asks else []
    context = {"controls": controls, "form_id": "try"}
    return get_template("conversations/_form.html").render(context) if controls else ""


def _otherwise(does: Otherwise, text: str) -> list[dict[str, Any]]:
    if does.does == "knowledge":
        return [{"kind": "informed", "question": text, "buttons": _buttons(does.buttons)}]
    words = _said(said.Say(does.text, does.buttons))
    person = [{"kind": "handover", "text": handed_over("customer_request")}]
    return [words, *(person if does.does == "person" else [])]


def _said(effect: said.Say) -> dict[str, Any]:
    return {
        "kind": "say",
        "html": render_message(effect.text),
        "buttons": _buttons(effect.buttons),
        "cards": _cards(effect.cards),
        "step": effect.step,
    }


def _cards(cards: tuple[ShownCard, ...]) -> list[dict[str, Any]]:
    """Each with the address of its picture, where that is still there."""
    sizes = sizes_of(card.picture for card in cards)
    return [{**asdict(card), "picture": _picture(card.picture, sizes)} for card in cards]


def _picture(name: str, sizes: dict[str, tuple[int, int]]) -> dict[str, Any] | None:
    if name not in sizes:
        return None
    width, height = sizes[name]
    return {"url": address_of(name), "width": width, "height": height}


def _buttons(buttons: tuple[said.Button, ...]) -> list[dict[str, str]]:
    return [{"label": one.label, "value": one.value} for one in buttons]


def _effect(effect: said.Effect, library: Library) -> dict[str, Any]:
    match effect:
        case said.Say():
            return _said(effect)
        case said.Do():
            return {"kind": "do", "action": effect.action, "given": dict(effect.given)}
        case said.AnswerFromKnowledge():
            return {"kind": "answer", "question": effect.question}
        case said.HandOver():
            return {"kind": "handover", "text": handed_over(effect.reason)}
        case said.Reached():
            title = f"{flow_name(effect.flow, library)} › {effect.node}"
            return {"kind": "reached", "flow": effect.flow, "node": effect.node, "title": title}
        case said.Over():
            return {"kind": "over", "text": ended(flow_name(effect.flow, library), effect.outcome)}
