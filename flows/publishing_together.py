"""Publish several drafts at once, such as those of an imported bot: they may call each other.

What would get customers stuck stays a draft, and so does whatever calls it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from flows.graph import Graph
from flows.known_actions import Actions, known_actions
from flows.models import Flow
from flows.pictures.rows import there_of
from flows.problems import Problem
from flows.publishing import FlowError, problems_of, publish, read
from flows.shelves import published_flows


@dataclass(frozen=True)
class Together:
    """`waiting` are the flows that stay drafts, with what is wrong with them."""

    published: list[str] = field(default_factory=list)
    waiting: dict[str, list[Problem]] = field(default_factory=dict)


@transaction.atomic
def publish_together(keys: Collection[str], *, author: User | None) -> Together:
    flows = {flow.key: flow for flow in Flow.objects.select_for_update().filter(key__in=keys).order_by("key")}
    drafts = {key: draft for key, flow in flows.items() if (draft := _draft(flow))}
    ready, waiting = _sorted(drafts)
    for key in ready:
        publish(flows[key].pk, author=author, beside=ready)
    return Together(sorted(ready), waiting)


def stopping(
    drafts: dict[str, Graph], *, actions: Actions | None = None, published: Mapping[str, Graph] | None = None
) -> dict[str, list[Problem]]:
    """What keeps each of these from being published, if they are published together. `published` are those
    that are already, for whoever knows them."""
    return _sorted(drafts, actions, published)[1]


def _sorted(
    drafts: dict[str, Graph],
    actions: Actions | None = None,
    published: Mapping[str, Graph] | None = None,
) -> tuple[dict[str, Graph], dict[str, list[Problem]]]:
    """Those that can be published beside each other, and the others: one of these may have been called."""
    ready, waiting = dict(drafts), dict[str, list[Problem]]()
    actions = known_actions() if actions is None else actions
    out = published or {key: flow for key, (_number, flow) in published_flows().items()}
    pictures = there_of(*drafts.values())
    while True:
        found = {key: _stopping(draft, {**out, **ready}, actions, pictures) for key, draft in ready.items()}
        fallen = {key: problems for key, problems in found.items() if problems}
        if not fallen:
            return ready, waiting
        waiting |= fallen
        ready = {key: draft for key, draft in ready.items() if key not in fallen}


def _stopping(
    draft: Graph, others: dict[str, Graph], actions: Actions | None, pictures: Collection[str]
) -> list[Problem]:
    found = problems_of(draft, published=others, actions=actions, pictures=pictures)
    return [one for one in found if one.level == "stops"]


def _draft(flow: Flow) -> Graph | None:
    """None for one of an older version of the product: it opens, and says what is wrong."""
    try:
        return read(flow.draft)
    except FlowError:
        return None
