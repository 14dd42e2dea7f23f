"""The list of flows: what each is called, how it stands, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from flows.coverage import Use, use_of
from flows.graph import Graph
from flows.known_actions import Actions, known_actions
from flows.languages import languages_of
from flows.looking import other_flows, stopping, told_of
from flows.models import Flow
from flows.publishing import FlowError, read
from flows.standing import Standing, standing
from flows.texts import in_language

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    name: str
    about: str
    state: Standing
    languages: list[str]
    steps: int
    errors: int
    warnings: int
    changed_at: datetime
    by: str
    use: Use  # in the last thirty days


def found(words: str, *, archived: bool = False) -> QuerySet[Flow]:
    """The flows that have these words in their key, name, description or examples; the newest first."""
    shown = Flow.objects.archived() if archived else Flow.objects.in_use()
    flows = shown.select_related("published", "trial", "edited_by").order_by("-updated_at", "key")
    if not words:
        return flows
    drafts = flows.select_related(None).only("pk", "key", "draft")
    return flows.filter(pk__in=[flow.pk for flow in drafts if _has(flow, words)])


def _has(flow: Flow, words: str) -> bool:
    """In Python: there are some hundred flows at most, and their texts stand in JSON by language."""
    draft = flow.draft if isinstance(flow.draft, dict) else {}
    texts = [draft.get(part) or {} for part in ("name", "description", "examples")]
    said = " ".join(str(one) for text in texts for one in text.values())
    return words.casefold() in f"{flow.key} {said}".casefold()


def rows(flows: list[Flow]) -> list[Row]:
    others, actions = other_flows(), known_actions()
    uses = use_of([flow.pk for flow in flows])
    return [_row(flow, others, actions, uses.get(flow.pk, Use())) for flow in flows]


def _row(flow: Flow, others: dict[str, Graph], actions: Actions | None, use: Use) -> Row:
    try:
        graph = read(flow.draft)
    except FlowError:  # a draft of an older version of the product: it opens, and says what is wrong
        graph, errors, warnings = Graph(key=flow.key), 1, 0
    else:
        told = told_of(graph, others, actions)
        errors = len(stopping(told))
        warnings = len(told) - errors
    language = get_language() or "en"
    name, about = in_language(graph.name, language), in_language(graph.description, language)
    return Row(flow.key, name or flow.key, about, standing(flow), languages_of(graph), len(graph.nodes),
               errors, warnings, flow.updated_at, str(flow.edited_by or ""), use)  # fmt: skip
