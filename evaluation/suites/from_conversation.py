"""A real conversation as a scenario, up to one of its answers: what the customer said, without what would
tell who that is, and what came of it as what is expected.

It is a proposal: whoever makes it reads it, corrects what was wrong, and then keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from actions.calls import outcome
from actions.models import Call
from conversations.models import Citation, Conversation, Message, Trace
from evaluation.scripted import MOST_LINES, MOST_TURNS, Script
from evaluation.standing_in import all_with_stand_ins

Kind = Message.Kind
HANDOFF = "handoff"
KNOWN = (Call.State.DONE, Call.State.FAILED)
LONGEST = 4_000


def proposed(answer: Message) -> Script:
    """Raises ValueError where the customer has said nothing until then."""
    conversation = answer.conversation
    language = _language(conversation)
    turns = list(_turns(answer))[-MOST_TURNS:]
    if not turns:
        raise ValueError("nothing was said")
    told = {
        "name": _name(turns),
        "language": language,
        "situation": _situation(turns),
        "actions": _actions(conversation),
        "turns": turns,
    }
    given = all_with_stand_ins(told, language, _names(conversation))
    return Script.model_validate(given)


def _language(conversation: Conversation) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    return conversation.language if conversation.language in known else known[0]


def _names(conversation: Conversation) -> set[str]:
    return {conversation.customer.name} - {""}


def _name(turns: list[dict[str, Any]]) -> str:
    first = " ".join(str(turns[0].get("customer") or _("A form")).split())
    return first[:120]


def _situation(turns: list[dict[str, Any]]) -> str:
    last = turns[-1]["expects"]
    if HANDOFF in last:
        return HANDOFF
    return "knowledge" if last.get("cites") else "no_answer" if last.get("outcome") == "declined" else ""


def _turns(answer: Message) -> Iterator[dict[str, Any]]:
    """What the customer said since the answer before is one message: that is how it was answered."""
    said = list(answer.conversation.messages.filter(seq__lte=answer.seq).order_by("seq"))
    traces = {one.message_id: one.route for one in Trace.objects.filter(message__in=said)}
    cited = _cited(said)
    words, form, notes = list[str](), None, list[str]()
    for message in said:
        if message.kind == Kind.CUSTOMER:
            values = (message.data.get("form") or {}).get("values")
            form, words = (values, words) if values else (form, [*words, message.text])
        elif message.kind == Kind.PERSON:
            notes.append(_("Then somebody of the team answered."))
        elif message.kind == Kind.ASSISTANT and message.turn_id and (words or form):
            told = {"customer": "\n".join(words)[:LONGEST]} if any(words) else {}
            expects = _expects(message, traces.get(message.pk) or {}, cited.get(message.pk, []))
            more = {"form": form} if form else {}
            yield {**told, **more, "expects": expects, **({"notes": notes} if notes else {})}
            words, form, notes = [], None, []


def _cited(messages: list[Message]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    kept = Citation.objects.filter(message__in=messages).select_related("document").order_by("number")
    for citation in kept:
        name = citation.document.external_id if citation.document else ""
        if name and name not in found.setdefault(citation.message_id, []):
            found[citation.message_id].append(name)
    return found


def _expects(answer: Message, route: dict[str, Any], cited: list[str]) -> dict[str, Any]:
    """As it went: what it turned out as, where it stood in a flow, what it cited."""
    steps = [str(step) for step in route.get("steps") or ()]
    if answer.outcome == HANDOFF:
        return {HANDOFF: True}
    found: dict[str, Any] = {"outcome": answer.outcome} if answer.outcome else {}
    if steps:
        found["flow"] = steps[-1].partition("@")[0]
    if cited and answer.outcome != "declined":
        found["cites"] = cited[:MOST_LINES]
    return found


def _actions(conversation: Conversation) -> dict[str, Any]:
    """What each action brought, one after the other, as long as that is kept."""
    found: dict[str, list[dict[str, Any]]] = {}
    for call in Call.objects.filter(conversation=str(conversation.pk), state__in=KNOWN).order_by("pk"):
        done = outcome(call)
        brought = {"data": done.data} if done.data is not None else {}
        gone = done.error == "forgotten"  # it was done, and what it brought is no longer kept
        failed = {} if done.ok or gone else {"ok": False, "error": done.error[:60], "message": done.message}
        found.setdefault(call.action, []).append({**failed, **brought})
    return {name: each if len(each) > 1 else each[0] for name, each in found.items()}
