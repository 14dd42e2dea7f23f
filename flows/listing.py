"""The list of flows: what each is called, how it stands, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from flows.coverage import Use, use_of, with_use
from flows.graph import Graph
from flows.known_actions import Actions, known_actions
from flows.languages import languages_of
from flows.looking import Around, stopping, told_of
from flows.models import Flow
from flows.publishing import FlowError, read
from flows.shelves import graph_of
from flows.standing import Standing, standing
from flows.texts import in_language

PER_PAGE = 50
ORDER = ("-updated_at", "key")
LONGEST = 6  # digits of the number of a page


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
    flows = shown.order_by(*ORDER)
    if not words:
        return flows
    drafts = flows.only("pk", "key", "draft")
    return flows.filter(pk__in=[flow.pk for flow in drafts if _has(flow, words)])


def _has(flow: Flow, words: str) -> bool:
    """In Python: there are some hundred flows at most, and their texts stand in JSON by language."""
    draft = flow.draft if isinstance(flow.draft, dict) else {}
    texts = [draft.get(part) or {} for part in ("name", "description", "examples")]
    said = " ".join(str(one) for text in texts for one in text.values())
    return words.casefold() in f"{flow.key} {said}".casefold()


@dataclass(frozen=True)
class Listed:
    """One page, and what the page around it says. `published` are the flows that customers get, on this page
    or not."""

    page: Page[Any]
    published: dict[str, Graph]
    archived_count: int


def listed(words: str, wanted: str, *, archived: bool) -> Listed:
    """The page of that number; the last one where there is none."""
    flows, number = found(words, archived=archived), _number(wanted)
    rows = _asked(flows, number)
    page = Paginator(range(rows[0].times_found if rows else 0), PER_PAGE).get_page(number)
    if page.number != number:
        rows = _asked(flows, page.number)
    published = {row.key: graph_of(row.published) for row in rows if row.published}
    # The rows that are shown take the place of their numbers; the stubs want these.
    page.object_list = _rows([row for row in rows if row.is_shown], published)  # type: ignore[assignment]
    count = rows[0].times_archived if rows else Flow.objects.archived().count()
    return Listed(page, published, count)


def _number(wanted: str) -> int:
    return max(1, int(wanted)) if wanted.isascii() and wanted.isdecimal() and len(wanted) <= LONGEST else 1


def _asked(flows: QuerySet[Flow], number: int) -> list[Any]:
    """The flows of one page, those that are published (each flow is judged beside them), and how many there
    are: in one statement."""
    begin = (number - 1) * PER_PAGE
    shown = Q(pk__in=flows.select_related(None).values("pk")[begin : begin + PER_PAGE])
    rows = with_use(Flow.objects.select_related("published", "trial", "edited_by")).annotate(
        is_shown=ExpressionWrapper(shown, output_field=BooleanField()),
        times_found=_count(flows),
        times_archived=_count(Flow.objects.archived()),
    )
    return list(rows.filter(Q(is_shown=True) | Q(published__isnull=False)).order_by(*ORDER))


def _count(flows: QuerySet[Flow]) -> Coalesce:
    rows = flows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(rows), 0)


def _rows(flows: list[Flow], published: dict[str, Graph]) -> list[Row]:
    drafts = {flow.key: _draft(flow) for flow in flows}
    actions, around = known_actions(), Around.of(*(draft for draft in drafts.values() if draft))
    return [_row(flow, drafts[flow.key], published, actions, around) for flow in flows]


def _draft(flow: Flow) -> Graph | None:
    """None for one of an older version of the product: it opens, and says what is wrong."""
    try:
        return read(flow.draft)
    except FlowError:
        return None


def _row(
    flow: Flow, draft: Graph | None, others: dict[str, Graph], actions: Actions | None, around: Around
) -> Row:
    graph, errors, warnings = draft or Graph(key=flow.key), 1, 0
    if draft is not None:
        told = told_of(draft, others, actions, around)
        errors = len(stopping(told))
        warnings = len(told) - errors
    language = get_language() or "en"
    name, about = in_language(graph.name, language), in_language(graph.description, language)
    return Row(flow.key, name or flow.key, about, standing(flow), languages_of(graph), len(graph.nodes),
               errors, warnings, flow.updated_at, str(flow.edited_by or ""), use_of(flow))  # fmt: skip
