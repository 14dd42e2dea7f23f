"""The emulator: one step of the draft. The state is signed, since it comes back from the browser."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from chatbot.markdown import render_message
from flows import state as said
from flows.emulating import Happening, Tried, try_out
from flows.models import Flow
from flows.receiving import Body, Refused, answering, body_of, graph_of
from flows.shelves import shelf
from flows.texts import in_language
from flows.trying_words import WAITING, ended, handed_over
from flows.values import shown

SALT = "flows.trying"
HOURS = 12  # that a conversation with a draft can be gone on with


class Trying(Body):
    graph: dict[str, Any]
    state: str = Field("", max_length=400_000)
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")
    event: Happening


@answering("POST")
def try_out_view(request: HttpRequest, flow: Flow) -> HttpResponse:
    wanted, _data = body_of(request, Trying)
    words = wanted.event.say
    if words is not None:
        wanted.event.say = words.replace("\x00", "")[:4000]
    draft, state = graph_of(wanted.graph), _unsigned(wanted.state)
    tried = try_out(
        shelf(state), draft, state, wanted.event, language=wanted.language, now=timezone.localtime()
    )
    return JsonResponse(_told(tried, draft.key, wanted.language))


def _unsigned(kept: str) -> said.State:
    if not kept:
        return said.State()
    try:
        return said.State.from_json(signing.loads(kept, salt=SALT, max_age=HOURS * 3600))
    except signing.BadSignature as error:
        raise Refused(_("This conversation is too old to go on. Press Start.")) from error


def _told(tried: Tried, own: str, language: str) -> dict[str, Any]:
    state = tried.step.state
    frame = next((one for one in reversed(state.frames) if one.flow == own), None)
    return {
        "state": signing.dumps(state.as_json(), salt=SALT, compress=True),
        "heard": tried.why,
        "effects": [_effect(effect, tried, language) for effect in tried.step.effects],
        "trail": list(frame.trail) if frame else _walked(tried, own),
        "at": frame.node if frame else "",
        "waiting": str(WAITING[state.top.waiting]) if state.top else "",
        "flows": [{"key": one.flow, "name": _name(tried, one)} for one in state.frames],
        "slots": _slots(tried, language),
    }


def _walked(tried: Tried, own: str) -> list[str]:
    """Of a flow that is over: what it took in this step."""
    return [one.node for one in tried.step.effects if isinstance(one, said.Reached) and one.flow == own]


def _name(tried: Tried, frame: said.Frame) -> dict[str, str]:
    flow = tried.library.flow(frame.flow, frame.version)
    return dict(flow.name) if flow else {}


def _slots(tried: Tried, language: str) -> list[dict[str, str]]:
    """What is known, the flow on top first."""
    found: dict[str, dict[str, str]] = {}
    for frame in reversed(tried.step.state.frames):
        flow = tried.library.flow(frame.flow, frame.version)
        for name, value in frame.slots.items():
            slot = flow.slots.get(name) if flow else None
            label = in_language(slot.label, language) if slot else ""
            found.setdefault(
                name, {"name": name, "label": label or name, "shown": shown(value, slot, language)}
            )
    return list(found.values())


def _effect(effect: said.Effect, tried: Tried, language: str) -> dict[str, Any]:
    match effect:
        case said.Say():
            buttons = [{"label": one.label, "value": one.value} for one in effect.buttons]
            return {
                "kind": "say",
                "html": render_message(effect.text),
                "buttons": buttons,
                "step": effect.step,
            }
        case said.Do():
            return {"kind": "do", "action": effect.action, "given": dict(effect.given)}
        case said.AnswerFromKnowledge():
            return {"kind": "answer", "question": effect.question}
        case said.HandOver():
            return {"kind": "handover", "text": handed_over(effect.reason)}
        case said.Reached():
            title = f"{effect.flow} › {effect.node}"
            return {"kind": "reached", "flow": effect.flow, "node": effect.node, "title": title}
        case said.Over():
            return {"kind": "over", "text": ended(effect.flow, effect.outcome)}
