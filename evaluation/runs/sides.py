"""What is compared in a run: what customers get now, the settings as they are edited, a release, drafts of
flows, another model, or what came of an earlier run.

A side is written down when the run is asked for, with the drafts as they were: whatever is changed while it
runs, all of its scenarios are asked of the same.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.models import Assistant
from assistant.rehearsing import rehearsal
from assistant.releases.as_served import as_released, as_served
from assistant.releases.contents import contents_of
from assistant.situation import Trial
from evaluation.runs.rows import Run
from flows.graph import Graph
from flows.publishing import as_json
from flows.shelves import changed_drafts

Kind = Literal["present", "settings", "release", "drafts", "model", "run"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CALLED: dict[str, Promise] = {  # on pages; in a terminal they have their short names
    "present": gettext_lazy("What customers get"),
    "settings": gettext_lazy("What stands in the settings"),
}
MORE = ("drafts", "model", "run", "release", "signature")  # of a side, beside its kind


class NoSuchSide(Exception):
    """In words for whoever asked for it."""


@dataclass(frozen=True)
class Side:
    """`drafts` are flows by key, as they were drawn; `model` is the one for answers; `run` one that is over:
    of what was changed since and cannot be changed back, such as articles, only that is left. `release` is
    the number of one of the assistant's; of `present`, of the one that customers get (0: the settings).
    `signature` is that of the settings as they were when they were to be run."""

    kind: Kind = "present"
    drafts: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    run: int = 0
    release: int = 0
    signature: str = ""

    def __str__(self) -> str:
        if self.kind == "drafts":
            return _("drafts of %(flows)s") % {"flows": ", ".join(self.drafts)}
        if self.kind == "run":
            return _("run %(number)d") % {"number": self.run}
        if self.kind == "release":
            return _("release %(number)d") % {"number": self.release}
        if self.kind == "settings":
            return _("settings")
        return _("model %(name)s") % {"name": self.model} if self.kind == "model" else _("present")

    @property
    def called(self) -> str:
        """On pages: as the form calls it in which it is chosen."""
        return str(CALLED[self.kind]) if self.kind in CALLED else str(self)

    def as_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in MORE}
        told["drafts"] = dict(self.drafts)
        return {"kind": self.kind, **{name: value for name, value in told.items() if value}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Side:
        named = {name: kept[name] for name in MORE if name in kept}
        return cls(kept["kind"], **named)

    def now(self) -> Side:
        """The same kind as it is now: of drafts, those that there are today. Raises NoSuchSide."""
        return Side("drafts", drafts=_drafts()) if self.kind == "drafts" else self

    def of(self, assistant: Assistant) -> Side:
        """With what does not change while it runs written down. Raises NoSuchSide where the assistant has no
        such release."""
        if self.kind == "release":
            _release(self.release, assistant)
        if self.kind not in ("present", "settings"):
            return self
        served = as_served(assistant).released if self.kind == "present" else None
        if served is not None:
            return replace(self, release=served.number, signature="")
        return replace(self, release=0, signature=contents_of(assistant).signature)

    @classmethod
    def read(cls, written: str) -> Side:
        """`present`, `settings`, `drafts`, `release:NUMBER`, `model:NAME` or `run:NUMBER`. Raises
        NoSuchSide."""
        kind, _colon, more = written.strip().partition(":")
        if kind == "model" and more.strip():
            return cls("model", model=more.strip())
        if kind == "drafts" and not more:
            return cls("drafts", drafts=_drafts())
        if kind == "present" and not more:
            return cls()
        if kind == "settings" and not more:
            return cls("settings")
        if kind == "release" and more.isdecimal():
            return cls("release", release=int(more))
        if (
            kind == "run"
            and more.isdecimal()
            and Run.objects.filter(pk=int(more), state__in=Run.PLAYED).exists()
        ):
            return cls("run", run=int(more))
        told = _(
            "There is no version “%(name)s”. Choose “present”, “settings”, “drafts”, “release:” and its "
            "number, “model:” with a name, or “run:” and the number of one that is over."
        )
        raise NoSuchSide(told % {"name": written})


def _drafts() -> dict[str, Any]:
    found = {flow.key: as_json(flow) for flow in changed_drafts()}
    if not found:
        raise NoSuchSide(
            _("No flow has a draft that differs from what is published: there is nothing to try.")
        )
    return found


@dataclass(frozen=True)
class Setup:
    """The assistant as a side has it, and what stands in the place of its flows."""

    assistant: Assistant
    trial: Trial | None = None


def set_up(side: Side, assistant: Assistant) -> Setup:
    """The assistant is changed in memory only."""
    if side.release:
        return Setup(as_released(assistant, _release(side.release, assistant)))
    if side.kind == "model":
        own = copy.copy(as_served(assistant))
        own.answer_model = side.model
        return Setup(own)
    if side.kind == "drafts":
        return Setup(assistant, rehearsal([Graph.model_validate(one) for one in side.drafts.values()]))
    return Setup(assistant)


def _release(number: int, assistant: Assistant) -> int:
    found = assistant.releases.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        told = _("%(assistant)s has no release %(number)d.")
        raise NoSuchSide(told % {"assistant": assistant.name, "number": number})
    return int(found)
