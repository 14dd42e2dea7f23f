"""Which rows of an import are shown: by what they are, what cleaning did, what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.cleaning.steps import STEPS
from knowledge.intake.approving import UNASKED
from knowledge.models import Document, ImportItem, ImportRun
from knowledge.progress import UNDER_WAY
from knowledge.refusals import FOR_FLOWS

State, Decision = ImportItem.State, ImportItem.Decision
PER_PAGE = 50
WAITING = Q(decision=Decision.WAITING)
# Duplicates and deletions are never among what is published in one go.
LABELS: dict[str, Promise] = {
    "waiting": _("To be published"),
    State.DUPLICATE: _("Duplicates"),
    State.GONE: _("No longer there"),
    "personal": _("With personal data"),
    State.REFUSED: _("Refused"),
    State.LEFT: _("Left out"),
    State.UNCHANGED: _("Unchanged"),
    "decided": _("Decided"),
}
CONDITIONS: dict[str, Q] = {
    "waiting": WAITING & Q(state__in=UNASKED),
    State.DUPLICATE: WAITING & Q(state=State.DUPLICATE),
    State.GONE: WAITING & Q(state=State.GONE),
    "personal": WAITING & ~Q(findings=[]),
    "decided": ~WAITING & ~Q(decision=Decision.NONE),
}
# `publishing`: by a worker, just now; of those that are `published`, some are still `indexing`.
MORE: dict[str, Q] = {
    "publishing": Q(decision=Decision.APPROVED),
    "published": Q(decision=Decision.PUBLISHED, document__status=Document.Status.PUBLISHED),
    "indexing": Q(
        decision=Decision.PUBLISHED,
        document__status=Document.Status.PUBLISHED,
        document__index_state__in=UNDER_WAY,
    ),
    "for_flows": Q(code__in=FOR_FLOWS),
}
FIRST = ("waiting", State.DUPLICATE, State.GONE, "decided")  # the first that has rows is open


def condition(key: str) -> Q:
    return CONDITIONS.get(key, Q(state=key))


@dataclass(frozen=True)
class Tab:
    key: str
    label: Promise
    number: int
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """What is asked for in the address of the page."""

    show: str = "waiting"
    step: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: QueryDict, numbers: Mapping[str, int]) -> Choice:
        """`numbers`: of `numbers_of` the run."""
        shown = query.get("show", "")
        if shown not in LABELS:
            shown = next((key for key in FIRST if numbers[key]), "waiting")
        step = query.get("step", "")
        known = {each.name for each in STEPS}
        text = " ".join(query.get("q", "").replace("\x00", "").split())[:100]
        return cls(shown, step if step in known else "", text)

    def rows(self, run: ImportRun) -> QuerySet[ImportItem]:
        rows = run.items.filter(condition(self.show))
        if self.step:
            rows = rows.filter(changes__has_key=self.step)
        if self.text:
            rows = rows.filter(Q(title__icontains=self.text) | Q(body__icontains=self.text))
        return rows

    @property
    def query(self) -> str:
        given = QueryDict(mutable=True)
        given.update({"show": self.show, **{k: v for k, v in (("step", self.step), ("q", self.text)) if v}})
        return given.urlencode()


def numbers_of(run: ImportRun) -> dict[str, int]:
    """How many rows there are under each of the LABELS, and of MORE."""
    conditions = {key: condition(key) for key in LABELS} | MORE
    counts = {key: Count("pk", filter=wanted) for key, wanted in conditions.items()}
    return run.items.aggregate(**counts, all=Count("pk"))


def tabs(numbers: Mapping[str, int], choice: Choice) -> list[Tab]:
    """Those that have rows, and the one that is open."""
    made = [Tab(key, label, numbers[key], key == choice.show) for key, label in LABELS.items()]
    return [tab for tab in made if tab.number or tab.chosen]


@dataclass(frozen=True)
class StepCount:
    name: str
    label: Promise
    help: Promise
    documents: int
    places: int


def step_counts(run: ImportRun) -> list[StepCount]:
    """What each cleaning step changed in the rows that are still to be decided or were."""
    documents: dict[str, int] = {}
    places: dict[str, int] = {}
    for changes in run.items.exclude(changes={}).values_list("changes", flat=True).iterator():
        for name, number in changes.items():
            documents[name] = documents.get(name, 0) + 1
            places[name] = places.get(name, 0) + number
    return [
        StepCount(step.name, step.label, step.help, documents[step.name], places[step.name])
        for step in STEPS
        if step.name in documents
    ]


def list_context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    numbers = numbers_of(run)
    choice = Choice.of(request.GET, numbers)
    rows = choice.rows(run).select_related("document", "duplicate_of", "duplicate_of_item")
    pages = Paginator(rows.defer("before"), PER_PAGE)
    if not (choice.step or choice.text):
        vars(pages)["count"] = numbers[choice.show]  # which is known
    return {
        **{name: numbers[name] for name in MORE},
        "indexed": numbers["published"] - numbers["indexing"],
        "choice": choice,
        "tabs": tabs(numbers, choice),
        "page": pages.get_page(request.GET.get("page")),
        "steps": step_counts(run),
        "any": numbers["all"] > 0,
    }
