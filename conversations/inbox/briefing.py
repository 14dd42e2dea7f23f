"""What a colleague needs to know of a conversation that is handed over: the customer's question in their own
words, what was tried, what was asked for already.

Made of the record alone, in the transaction that hands over, and kept with the line that says so: what flows
and articles are called later changes nothing in it. What depends on the reader's language is kept in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from pydantic import ValidationError

from actions.models import Call
from actions.wording import in_words
from conversations.introducing.answers import answers_of
from conversations.introducing.answers import in_words as in_words_of_answer
from conversations.masking import without_cards
from conversations.models import Citation, Conversation, Message, Trace
from flows.graph import Graph
from flows.models import FlowVersion
from flows.slot import Slot
from flows.state import State
from flows.texts import in_language
from flows.values import shown
from flows.walked import REACHED, read

HANDED_OVER = ("handoff", "person_requested", "left_message")  # the lines that say so
BEGINS_ANEW = ("handed_back", "reopened", "resolved", *HANDED_OVER)
LONGEST = 600  # characters of what was said
MOST = 8  # of each
MOST_SLOTS = 20

Said = dict[str, str]  # by language


def brief(conversation: Conversation, collected: Mapping[str, Any]) -> dict[str, Any]:
    """For whoever holds the record, before the line is posted. `collected`: slots that the reply knew which
    handed over; those of flows under way are in the state."""
    begin = _begin(conversation)
    steps = _steps(conversation, begin)
    graphs = _graphs(steps)
    slots = {**_under_way(conversation), **collected}
    return {
        "said": _said(conversation, begin),
        "flows": [_flow(key, node, graphs[key]) for key, node in steps.items() if key in graphs][-MOST:],
        "articles": _articles(conversation, begin),
        "tools": _tools(conversation, begin),
        "slots": [*_answered(conversation, slots), *_slots(slots, graphs.values())][:MOST_SLOTS],
    }


def line_of(conversation: Conversation) -> Message | None:
    """The line that says that it was handed over, of the last time."""
    return lines_of(conversation).first()


def lines_of(conversation: Conversation) -> QuerySet[Message]:
    """Each line that says so, the last one first."""
    lines = conversation.messages.filter(kind=Message.Kind.EVENT, data__code__in=HANDED_OVER)
    return lines.order_by("-seq")


def _begin(conversation: Conversation) -> Message | None:
    """The line with which the present stretch of the conversation began."""
    lines = conversation.messages.filter(kind=Message.Kind.EVENT, data__code__in=BEGINS_ANEW)
    return lines.order_by("-seq").first()


def _said(conversation: Conversation, begin: Message | None) -> list[str]:
    """What the customer came with, and what they said last."""
    said = conversation.messages.filter(kind=Message.Kind.CUSTOMER, seq__gt=begin.seq if begin else 0)
    words = list(said.exclude(text="").order_by("seq").values_list("text", flat=True))
    return [without_cards(text)[:LONGEST] for text in dict.fromkeys([*words[:1], *words[-1:]])]


def _steps(conversation: Conversation, begin: Message | None) -> dict[tuple[str, int], str]:
    """How far each flow was walked, in their order; at its version."""
    traces = Trace.objects.filter(
        message__conversation=conversation, message__seq__gt=begin.seq if begin else 0
    ).exclude(route__steps=[])
    last: dict[tuple[str, int], str] = {}
    for steps in traces.order_by("message__seq").values_list("route__steps", flat=True):
        for step in filter(None, (read(f"{REACHED} {one}") for one in steps or ())):
            last[step.flow, step.number] = step.node
    return last


def _graphs(steps: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Graph]:
    versions = FlowVersion.objects.filter(
        flow__key__in={key for key, _ in steps}, number__in={number for _, number in steps}
    ).select_related("flow")
    found = {(one.flow.key, one.number): _graph(one) for one in versions}
    return {pair: graph for pair in steps if (graph := found.get(pair))}


def _graph(version: FlowVersion) -> Graph | None:
    """A customer is handed over also where an old version cannot be read any more."""
    try:
        return Graph.model_validate(version.graph)
    except ValidationError:
        return None


def _flow(key: tuple[str, int], node: str, graph: Graph) -> dict[str, Said]:
    step = graph.node(node)
    slot = graph.slots.get(getattr(step, "slot", ""))
    label = slot.label if slot else {}
    return {
        "name": _each(graph.name, key[0]),
        "step": _each(label, getattr(step, "note", "") or in_words(node)),
    }


def _articles(conversation: Conversation, begin: Message | None) -> list[dict[str, Any]]:
    cited = Citation.objects.filter(
        message__conversation=conversation, message__seq__gt=begin.seq if begin else 0
    ).order_by("message__seq", "number")
    rows = dict(cited.values_list("title", "pk"))
    return [{"title": title, "citation": pk} for title, pk in rows.items()][-MOST:]


def _tools(conversation: Conversation, begin: Message | None) -> list[dict[str, str]]:
    calls = Call.objects.filter(conversation=str(conversation.pk)).order_by("at", "pk")
    if begin:
        calls = calls.filter(at__gte=begin.created_at)
    rows = calls.values_list("tool__name", "action", "state")
    return [{"name": name or in_words(action), "state": state} for name, action, state in rows][-MOST:]


def _under_way(conversation: Conversation) -> dict[str, Any]:
    state = State.from_json(conversation.state.get("flow"))
    return {name: value for frame in state.frames for name, value in frame.slots.items()}


def _answered(conversation: Conversation, known: Mapping[str, Any]) -> Iterator[dict[str, Said]]:
    """Before the chat. What a flow has taken of it stands among its own."""
    for answer in answers_of(conversation):
        if answer["key"] not in known:
            said = {language: in_words_of_answer(answer, language) for language, _ in settings.LANGUAGES}
            yield {
                part: {language: one[part] for language, one in said.items()} for part in ("label", "value")
            }


def _slots(values: Mapping[str, Any], graphs: Iterable[Graph]) -> Iterator[dict[str, Said]]:
    declared: dict[str, Slot] = {name: slot for graph in graphs for name, slot in graph.slots.items()}
    for name, value in values.items():
        slot = declared.get(name)
        said = {language: without_cards(shown(value, slot, language)) for language, _ in settings.LANGUAGES}
        if any(said.values()):
            yield {"label": _each(slot.label if slot else {}, in_words(name)), "value": said}


def _each(text: Mapping[str, Any], otherwise: str) -> Said:
    return {language: str(in_language(text, language) or otherwise) for language, _ in settings.LANGUAGES}
