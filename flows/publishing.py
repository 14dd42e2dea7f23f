"""The only writer of flows: drafts, what is published of them or on trial, and what is taken out of use.

Each function is one thing that somebody does. A draft may be unfinished; publishing asks that the graph reads
and that `flows.problems` finds nothing that stops customers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from accounts import audit
from accounts.models import User
from flows.graph import Graph
from flows.known_actions import Actions, known_actions
from flows.models import Flow, FlowVersion, KeptDraft
from flows.pictures.rows import there_of
from flows.problem_words import with_place
from flows.problems import Problem, problems
from flows.shelves import published_flows
from flows.wrong_form import first_fault, shown_path

Beside = Mapping[str, Graph]  # flows that are published in the same transaction
TRIAL = ("trial", "trial_share", "trial_since")
MOST_KEPT = 20  # drafts of a flow that something took the place of


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
    flow = Flow.objects.create(key=graph.key, draft=as_json(graph), edited_by=author)
    _tell(audit.Action.ADDED, flow, by=author)
    return flow


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
def replace_draft(flow_id: int, graph: Graph, *, author: User | None, why: str) -> Flow:
    """Another draft takes the place of what was drawn, which is kept (`KeptDraft.WHY` says why)."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    if flow.draft == as_json(graph):
        return flow
    KeptDraft.objects.create(flow=flow, draft=flow.draft, why=why, author=author)
    latest = flow.kept_drafts.values_list("pk", flat=True)[:MOST_KEPT]
    flow.kept_drafts.exclude(pk__in=list(latest)).delete()
    return save_draft(flow_id, graph, author=author)


@transaction.atomic
def bring_draft_back(kept: KeptDraft, *, author: User | None) -> Flow:
    """A draft that something took the place of; what is drawn now is kept in its turn."""
    return replace_draft(kept.flow_id, read(kept.draft), author=author, why="brought_back")


@transaction.atomic
def put_back(flow_id: int, delivered: Graph, *, author: User | None) -> None:
    """What we deliver is the draft, and customers get it: nothing of the company's own is published."""
    replace_draft(flow_id, delivered, author=author, why="delivered")
    withdraw(flow_id)


@transaction.atomic
def publish(flow_id: int, *, author: User | None, note: str = "", actions: Actions | None = None,
            beside: Beside | None = None, again: FlowVersion | None = None) -> FlowVersion:  # fmt: skip
    """Give customers the draft, and end a trial. Who is in the middle of another version stays there.

    Raises Unfinished where customers would get stuck. Its actions must be among `actions`, else among those
    that there are now. `beside` are flows that are published in the same transaction: it may call them.
    `again` is a version that keeps its number where the draft says the same.
    """
    flow = _locked(flow_id)
    version = _version_of_draft(flow, author=author, note=note, actions=actions, beside=beside, again=again)
    with _told(audit.Action.PUBLISHED, flow, by=author, note=note):
        _settle(flow, published=version)
    return version


@transaction.atomic
def begin_trial(
    flow_id: int, *, share: int, author: User | None, note: str = "", actions: Actions | None = None
) -> FlowVersion:
    """Give the draft to so many of a hundred conversations; the others go on with what is published."""
    flow = _locked(flow_id)
    version = _version_of_draft(flow, author=author, note=note, actions=actions)
    if version == flow.published:
        raise FlowError(_("The draft is what customers get already. There is nothing to try."))
    since = flow.trial_since if version == flow.trial else timezone.localdate()
    with _told(audit.Action.TRIAL, flow, by=author, note=note):
        flow.trial, flow.trial_share, flow.trial_since = version, _share(share), since
        flow.save(update_fields=[*TRIAL, "updated_at"])
    return version


@transaction.atomic
def publish_trial(flow_id: int, *, actions: Actions | None = None) -> FlowVersion:
    """Give everybody what was on trial."""
    flow = _locked(flow_id)
    version = _trial_of(flow)
    _check(read(version.graph), actions=actions)
    with _told(audit.Action.PUBLISHED, flow):
        _settle(flow, published=version)
    return version


@transaction.atomic
def change_share(flow_id: int, *, share: int) -> None:
    """Who gets the trial already keeps it when the share grows."""
    flow = _locked(flow_id)
    _trial_of(flow)
    with _told(audit.Action.TRIAL, flow):
        flow.trial_share = _share(share)
        flow.save(update_fields=["trial_share", "updated_at"])


@transaction.atomic
def end_trial(flow_id: int) -> None:
    """Nobody begins it any more; who is in the middle of it finishes it."""
    flow = _locked(flow_id)
    _trial_of(flow)
    with _told(audit.Action.TRIAL, flow):
        _settle(flow, published=flow.published)


@transaction.atomic
def withdraw(flow_id: int) -> None:
    """No customer begins it any more, neither what is published nor what is on trial."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    with _told(audit.Action.WITHDRAWN, flow):
        _settle(flow, published=None)


@transaction.atomic
def archive(flow_id: int) -> None:
    """Out of the list and out of use; its versions stay, and whoever is in the middle of one finishes it."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    flow.archived_at = flow.archived_at or timezone.now()
    with _told(audit.Action.ARCHIVED, flow):
        _settle(flow, published=None, also=["archived_at"])


@transaction.atomic
def bring_back(flow_id: int) -> None:
    """Into the list, as a draft that customers do not get yet."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    flow.archived_at = None
    flow.save(update_fields=["archived_at", "updated_at"])
    _tell(audit.Action.BROUGHT_BACK, flow)


@transaction.atomic
def delete(flow_id: int) -> None:
    """For good, with its versions. Whoever is in the middle of one is told so and offered a person."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    if flow.archived_at is None and flow.versions.exists():
        raise FlowError(_("This flow was published once. Archive it before you delete it for good."))
    _tell(audit.Action.DELETED, flow)
    flow.delete()


@contextmanager
def _told(action: audit.Action, flow: Flow, *, by: User | None = None, **more: Any) -> Iterator[None]:
    """Into the trail: which versions customers got before, and which they get now."""
    before = _standing(flow)
    yield
    _tell(action, flow, by=by, before=before, after=_standing(flow) | more)


def _tell(action: audit.Action, flow: Flow, **more: Any) -> None:
    audit.record(action, flow, key=flow.key, **more)


def _standing(flow: Flow) -> dict[str, Any]:
    versions = {"published": flow.published, "trial": flow.trial}
    numbers = {name: version.number if version else None for name, version in versions.items()}
    return {**numbers, "trial_share": flow.trial_share}


def _locked(flow_id: int) -> Flow:
    """Raises FlowError where it is archived."""
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    if flow.archived_at:
        raise FlowError(_("This flow is archived. Bring it back first."))
    return flow


def _trial_of(flow: Flow) -> FlowVersion:
    if flow.trial is None:
        raise FlowError(_("No version of this flow is on trial (any more)."))
    return flow.trial


def _settle(flow: Flow, *, published: FlowVersion | None, also: Collection[str] = ()) -> None:
    flow.published, flow.trial, flow.trial_share, flow.trial_since = published, None, 0, None
    flow.save(update_fields=["published", *TRIAL, *also, "updated_at"])


def _share(share: int) -> int:
    if not 1 <= share <= 99:
        raise FlowError(_("The share is a number from 1 to 99."))
    return share


def _version_of_draft(flow: Flow, *, author: User | None, note: str, actions: Actions | None,
                      beside: Beside | None = None,
                      again: FlowVersion | None = None) -> FlowVersion:  # fmt: skip
    """`again` or the latest version where the draft is the same, else a new one."""
    draft = read(flow.draft)
    _check(draft, actions=actions, beside=beside)
    graph, latest = as_json(draft), flow.versions.first()
    for known in (again, latest):
        if known is not None and known.graph == graph:
            return known
    number = latest.number + 1 if latest else 1
    return FlowVersion.objects.create(flow=flow, number=number, graph=graph, note=note, author=author)


def _check(graph: Graph, *, actions: Actions | None, beside: Beside | None = None) -> None:
    found = problems_of(graph, actions=actions, beside=beside)
    if stopping := [one for one in found if one.level == "stops"]:
        raise Unfinished(stopping)


def problems_of(
    graph: Graph, *, actions: Actions | None = None, beside: Beside | None = None,
    published: Beside | None = None, pictures: Collection[str] | None = None,
) -> list[Problem]:  # fmt: skip
    """What is wrong with a flow beside the published ones and `actions` (else those that there are), in the
    languages that are spoken here. `published` are those ones, and `pictures` those of its cards that are
    there, for whoever knows them already."""
    actions = known_actions() if actions is None else actions
    others = {**(_published() if published is None else published), **(beside or {})}
    languages = [code for code, _name in settings.LANGUAGES]
    there = there_of(graph) if pictures is None else pictures
    return problems(graph, languages=languages, flows=others, actions=actions, pictures=there)


def _published() -> dict[str, Graph]:
    return {key: flow for key, (_number, flow) in published_flows().items()}


def as_json(graph: Graph) -> dict[str, Any]:
    """Without what is as it is anyway, so that two graphs that say the same are the same."""
    return graph.model_dump(mode="json", by_alias=True, exclude_defaults=False)
