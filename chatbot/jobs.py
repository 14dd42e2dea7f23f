"""The kinds of background work, as the page of jobs lists them. Apps tell theirs when they start (`tell`).

A kind hands over its rows with a few columns of the same names and types (`COLUMNS`), so that one statement
reads the newest of all kinds. What is done about a row stays with the app whose row it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    Case,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATES = (QUEUED, RUNNING, DONE, FAILED, CANCELLED)
# What a kind may say of its rows, and of which type it is. `sort` is a kind within the kind; `target` is what
# its page is asked for, its own key unless that is said; `done` of `total` is how far it is; `due` when it is
# begun, or tried again; `alive` the last sign of whoever does it.
COLUMNS: dict[str, Any] = {
    "sort": TextField(),
    "target": TextField(),
    "what": TextField(),
    "at": DateTimeField(),
    "ended": DateTimeField(),
    "due": DateTimeField(),
    "alive": DateTimeField(),
    "error": TextField(),
    "tries": IntegerField(),
    "done": IntegerField(),
    "total": IntegerField(),
}
NAMES = ("kind", "key", "state", *COLUMNS)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a job stopped, and what to do about it."""

    why: str
    cure: str = ""


Look = Callable[[], QuerySet[Any]]
Act = Callable[[str], bool]


def nothing_wrong(error: str) -> Trouble:
    return Trouble(error)


def no_page(target: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """`states` maps the states of its rows, which stand in `state`, to ours. Whoever has `permission` may act
    and be led to `page`; without one, whoever may see the list. `retry` and `cancel` take a key and return
    whether there was something to do; they are offered in the states `retried` and `cancelled`. `sorts` are
    its own kinds, in words, and `revived` says what becomes of one that gets stuck."""

    key: str
    title: Promise
    icon: str
    permission: str
    rows: Look
    states: Mapping[str, str]
    columns: Mapping[str, Any]
    revived: Promise
    state: str = "state"
    sorts: Mapping[str, str | Promise] = field(default_factory=dict)
    in_percent: bool = False
    trouble: Callable[[str], Trouble] = nothing_wrong
    page: Callable[[str], str] = no_page
    retry: Act | None = None
    retried: frozenset[str] = frozenset({FAILED})
    cancel: Act | None = None
    cancelled: frozenset[str] = frozenset({QUEUED})

    def titled(self, sort: str) -> str:
        return str(self.sorts.get(sort) or self.title)

    def find(self, key: str) -> Any:
        """The row with this key; None when it is gone, or when no row can have such a key."""
        rows = self.rows()
        try:
            return rows.filter(pk=rows.model._meta.pk.to_python(key)).first()
        except ValidationError:
            return None

    def among(self, states: Sequence[str]) -> QuerySet[Any]:
        """Its rows in these states, with the columns of the list as `job_…`."""
        own = [mine for mine, ours in self.states.items() if ours in states]
        found = self.rows().filter(**{f"{self.state}__in": own}).order_by()
        said = {f"job_{name}": self._column(name, kind) for name, kind in COLUMNS.items()}
        cases = [When(**{self.state: mine}, then=Value(ours)) for mine, ours in self.states.items()]
        return found.annotate(
            job_kind=Value(self.key, output_field=TextField()),
            job_key=Cast("pk", TextField()),
            job_state=Case(*cases, output_field=TextField()),
            **said,
        )

    def _column(self, name: str, kind: Any) -> Any:
        given = self.columns.get(name, "pk" if name == "target" else None)
        if given is None:
            return Cast(Value("" if isinstance(kind, TextField) else None), kind)
        return Cast(F(given) if isinstance(given, str) else given, kind)


_modules: list[str] = []


def tell(*modules: str) -> None:
    """From now on the `KINDS` of these modules are listed too. They are imported when somebody looks: most
    processes never do."""
    _modules.extend(module for module in modules if module not in _modules)


def known() -> list[Kind]:
    return [kind for module in _modules for kind in import_module(module).KINDS]


def find(key: str) -> Kind | None:
    return next((kind for kind in known() if kind.key == key), None)
