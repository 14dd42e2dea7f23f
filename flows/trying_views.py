"""The emulator: one step of the draft. The state is signed, since it comes back from the browser."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pydantic import Field

from flows import state as said
from flows.awaiting import awaited
from flows.emulating import Happening, Talk, Tried, happen, library_with, say
from flows.form_lines import as_lines
from flows.graph import Graph
from flows.meaning_words import reasons
from flows.models import Flow
from flows.receiving import Body, Refused, answering, body_of, graph_of
from flows.run import Facts
from flows.sent_files import SentFile
from flows.texts import in_language
from flows.trying_words import WAITING, effects_of, flow_name, form_in_html
from flows.understanding import Spoken, Supposed, understanding
from flows.values import shown

SALT = "flows.talk"
MOST_CHARACTERS = 4000
NO_FILE = "00000000-0000-0000-0000-000000000000"  # nothing is stored
SENT = {
    "picture": (SentFile(NO_FILE, "photo.jpg", "picture"),),
    "document": (SentFile(NO_FILE, "document.pdf", "document"),),
}
CLOCK = "%Y-%m-%dT%H:%M"  # as browsers write it
HOURS = 12  # that a conversation with a draft can be gone on with


class Trying(Body):
    graph: dict[str, Any]
    state: str = Field("", max_length=400_000)
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")
    event: Happening
    verified: bool = False  # the customer is
    at: str = Field("", max_length=16)  # the company's clock, "2026-12-24T18:30"; "" for now


@answering("POST")
def try_out_view(request: HttpRequest, flow: Flow) -> HttpResponse:
    wanted, _data = body_of(request, Trying)
    draft = graph_of(wanted.graph)
    talk = Talk() if wanted.event.start else _unsigned(wanted.state)
    tried = _tried(draft, talk, wanted)
    return JsonResponse(_told(tried, talk, draft.key, wanted.language))


def _tried(draft: Graph, talk: Talk, wanted: Trying) -> Tried:
    means, supposed = understanding(), Supposed(wanted.verified, _moment(wanted.at))
    library = library_with(means.shelf(talk.state), draft)
    sent = SENT[wanted.event.sends] if wanted.event.sends else ()
    filled = {name: text.replace("\x00", "") for name, text in (wanted.event.form or {}).items()}
    form = filled if wanted.event.form is not None else None
    if wanted.event.say is None and not sent and form is None:
        now = supposed.at or localtime().replace(tzinfo=None)
        facts = Facts(now, wanted.language, {"verified": supposed.verified}, means.opened(now))
        return happen(library, draft, talk, wanted.event, facts)
    fields = awaited(library, talk.state, wanted.language).get("fields", ())
    written = as_lines(fields, filled, wanted.language)
    words = (wanted.event.say or written).replace("\x00", "")[:MOST_CHARACTERS]
    spoken = Spoken(words, talk.lines, draft, library, talk.state, wanted.language, sent, supposed, form)
    meaning = means.hear(spoken)
    return say(library, talk, words, meaning)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, CLOCK) if text else None
    except ValueError as error:
        raise Refused(_("This is no day and hour. Choose one, or leave it empty for now.")) from error


def _unsigned(kept: str) -> Talk:
    if not kept:
        return Talk()
    try:
        return Talk.from_json(signing.loads(kept, salt=SALT, max_age=HOURS * 3600))
    except signing.BadSignature as error:
        raise Refused(_("This conversation is too old to go on. Press Start.")) from error


def _told(tried: Tried, before: Talk, own: str, language: str) -> dict[str, Any]:
    state, meaning = tried.step.state, tried.meaning
    language = meaning.facts.language if meaning else language
    asks = awaited(tried.library, state, language)
    frame = next((one for one in reversed(state.frames) if one.flow == own), None)
    return {
        "state": signing.dumps(tried.talk.as_json(), salt=SALT, compress=True),
        "language": language,
        "heard": [asdict(one) for one in reasons(meaning, tried.library, before.state)] if meaning else [],
        "effects": effects_of(tried),
        "trail": list(frame.trail) if frame else _walked(tried, own),
        "at": frame.node if frame else "",
        "asks": asks,
        "form": form_in_html(asks, language),
        "waiting": str(WAITING[state.top.waiting]) if state.top else "",
        "flows": [{"key": one.flow, "name": flow_name(one.flow, tried.library)} for one in state.frames],
        "slots": _slots(tried, language),
    }


def _walked(tried: Tried, own: str) -> list[str]:
    """Of a flow that is over: what it took in this step."""
    return [one.node for one in tried.step.effects if isinstance(one, said.Reached) and one.flow == own]


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
