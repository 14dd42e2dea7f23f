"""The only writer of flows: drafts, what is published of them, and going back to an earlier version.

Each function is one thing that somebody does. A draft may be unfinished; publishing asks that the graph reads
and that `flows.problems` finds nothing that stops customers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from accounts.models import User
from flows.graph import Graph
from flows.models import Flow, FlowVersion
from flows.problem_words import with_place
from flows.problems import Problem, problems
from flows.shelves import published_flows
from flows.wrong_form import first_fault, shown_path


class FlowError(Exception):
    """What cannot be done with a flow, in words for whoever edits it."""


class Stale(FlowError):
    """Somebody else has saved the draft meanwhile."""


class Unfinished(FlowError):
    """Customers would get stuck in it: `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = ngettext("(and %(count)d more problem)", "(and %(count)d more problems)", len(problems) - 1)
        told = [with_place(problems[0])] + [more % {"count": len(problems) - 1}] * (len(problems) > 1)
        super().__init__(_("This cannot be published yet. %(what)s") % {"what": " ".join(told)})


def read(graph: Any) -> Graph:
    """The graph of a draft. Raises FlowError, which names the first part that is wrong."""
    try:
        return Graph.model_validate(graph)
    except ValidationError as error:
        path, what = first_fault(error, graph)
        where = shown_path(path)
        words = _("%(where)s: %(what)s") % {"where": where, "what": what}
        raise FlowError(words if where else what) from error


@transaction.atomic
def create_flow(graph: Graph, *, author: User | None) -> Flow:
    if Flow.objects.filter(key=graph.key).exists():
        raise FlowError(_("There is a flow called “%(key)s” already.") % {"key": graph.key})
    return Flow.objects.create(key=graph.key, draft=as_json(graph), edited_by=author)


@transaction.atomic
def save_draft(flow_id: int, graph: Graph, *, author: User | None, seen: int | None = None) -> Flow:
    """Keep what is being drawn; `seen` is the number of the draft that the editor has changed."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    if seen is not None and seen != flow.draft_number:
        raise Stale(_("Somebody else has changed this flow meanwhile."))
    if graph.key != flow.key:
        raise FlowError(_("The key of a flow stays as it is: %(key)s.") % {"key": flow.key})
    flow.draft, flow.edited_by, flow.draft_number = as_json(graph), author, flow.draft_number + 1
    flow.save(update_fields=["draft", "edited_by", "draft_number", "updated_at"])
    return flow


@transaction.atomic
def publish(flow_id: int, *, author: User | None, note: str = "", actions: Collection[str] | None = None,
            beside: Mapping[str, Graph] | None = None) -> FlowVersion:  # fmt: skip
    """Make the draft what customers get; who is in the middle of an earlier version stays there.

    Raises Unfinished where customers would get stuck. Without `actions`, those of the flow are not checked.
    `beside` are flows that are published in the same transaction: it may call them.
    """
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    draft = read(flow.draft)
    found = problems_of(draft, actions=actions, beside=beside)
    if stopping := [one for one in found if one.level == "stops"]:
        raise Unfinished(stopping)
    graph = as_json(draft)
    latest = flow.versions.first()
    if latest is not None and latest.graph == graph:
        version = latest
    else:
        number = latest.number + 1 if latest else 1
        version = FlowVersion.objects.create(flow=flow, number=number, graph=graph, note=note, author=author)
    flow.published = version
    flow.save(update_fields=["published", "updated_at"])
    return version


def problems_of(graph: Graph, *, actions: Collection[str] | None = None,
                beside: Mapping[str, Graph] | None = None) -> list[Problem]:  # fmt: skip
    """What is wrong with a flow beside the published ones, in the languages that are spoken here."""
    others = {key: flow for key, (_number, flow) in published_flows().items()} | dict(beside or {})
    languages = [code for code, _name in settings.LANGUAGES]
    return problems(graph, languages=languages, flows=others, actions=actions)


@transaction.atomic
def withdraw(flow_id: int) -> None:
    """No customer begins it any more."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    flow.published = None
    flow.save(update_fields=["published", "updated_at"])


@transaction.atomic
def take_up(version_id: int, *, author: User | None) -> Flow:
    """Make an earlier version the draft; publish it to roll back."""
    version = FlowVersion.objects.get(pk=version_id)
    return save_draft(version.flow_id, read(version.graph), author=author)


def as_json(graph: Graph) -> dict[str, Any]:
    """Without what is as it is anyway, so that two graphs that say the same are the same."""
    return graph.model_dump(mode="json", by_alias=True, exclude_defaults=False)
