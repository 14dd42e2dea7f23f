"""Everyday troubles: which flow deals with each, the one that comes with the product or the company's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from accounts.models import User
from flows import publishing
from flows.difference_words import is_told
from flows.differences import differences
from flows.graph import Graph
from flows.models import Flow
from flows.naming import key_from
from flows.publishing import FlowError, read
from flows.repairs import stock_repairs
from flows.standing import Standing, standing
from flows.texts import in_language

WHEN = {
    "corrected": gettext_lazy("A customer changes an answer that they gave before."),
    "cancelled": gettext_lazy("A customer wants to stop in the middle of a flow."),
    "resumed": gettext_lazy("A customer asked something in between, and the flow goes on where it stood."),
    "not_understood": gettext_lazy("What a customer says was not understood, several times in a row."),
    "aside": gettext_lazy("A customer asks one question after the other instead of answering."),
    "too_late": gettext_lazy("A customer wants to change something that is done already."),
    "failed": gettext_lazy("Something that the assistant was to do did not work, such as a booking."),
    "human": gettext_lazy("A customer wants to talk to a person."),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """`key` is that of the company's own flow for it, "" where there is none. `changed`: customers get
    something else than what we deliver; `draft_changed`: only the draft says something else."""

    name: str
    title: str
    when: str
    says: str
    key: str
    changed: bool
    draft_changed: bool
    state: Standing | None

    @property
    def differs(self) -> bool:
        return self.changed or self.draft_changed


def troubles() -> list[Trouble]:
    """In the order in which they are shown."""
    own = _own()
    return [_trouble(name, own.get(name)) for name in WHEN]


def _trouble(name: str, flow: Flow | None) -> Trouble:
    delivered, language = stock_repairs()[name][1], get_language() or "en"
    version = (flow.published or flow.trial) if flow else None
    published = version.graph if version else None
    changed = published is not None and _differs(published, delivered)
    draft_changed = flow is not None and _differs(flow.draft, delivered)
    used = read(published) if changed else delivered
    return Trouble(
        name, in_language(delivered.name, language), str(WHEN[name]), _first_words(used, language),
        flow.key if flow else "", changed, draft_changed, standing(flow) if flow else None,
    )  # fmt: skip


def _first_words(graph: Graph, language: str) -> str:
    texts = (in_language(getattr(node, "text", {}), language) for node in graph.nodes)
    return next(filter(None, texts), "")


def _differs(own: Any, delivered: Graph) -> bool:
    """In what customers notice: not in its key, nor in where its steps stand on the canvas."""
    try:
        graph = read(own).model_copy(update={"key": delivered.key})
    except FlowError:
        return True
    return any(is_told(one) for one in differences(delivered, graph))


def _own() -> dict[str, Flow]:
    """By trouble. Where several deal with one, that which customers get: as `flows.library` chooses."""
    return {trouble: flow for flow in _in_order() if (trouble := _deals_with(flow)) in WHEN}


def _in_order() -> list[Flow]:
    """Those that customers get come last."""
    flows = Flow.objects.in_use().select_related("published", "trial").order_by("key")
    return sorted(flows, key=_begins)


def _begins(flow: Flow) -> bool:
    return flow.published is not None or flow.trial is not None


def _deals_with(flow: Flow) -> str:
    """What customers get says it, else the draft."""
    version = flow.published or flow.trial
    graph = version.graph if version else flow.draft
    return str(graph.get("repair", "")) if isinstance(graph, dict) else ""


@transaction.atomic
def opened(name: str, *, author: User | None) -> Flow:
    """The company's own flow for this trouble, made from what we deliver where there is none."""
    if (flow := _own().get(name)) is not None:
        return flow
    delivered = stock_repairs()[name][1]
    away = Flow.objects.archived().filter(key=delivered.key).first()
    if away is not None:
        publishing.bring_back(away.pk)
        return publishing.replace_draft(away.pk, delivered, author=author, why="delivered")
    taken = set(Flow.objects.values_list("key", flat=True))
    key = key_from(delivered.key, taken=taken)
    return publishing.create_flow(delivered.model_copy(update={"key": key}), author=author)


@transaction.atomic
def put_back(name: str, *, author: User | None) -> None:
    """What we deliver deals with it again. The company's own stays in the history of its flow."""
    dealing = [flow for flow in _in_order() if _deals_with(flow) == name]
    for flow in [flow for flow in dealing if _begins(flow)] or dealing[-1:]:
        delivered = stock_repairs()[name][1].model_copy(update={"key": flow.key})
        publishing.put_back(flow.pk, delivered, author=author)
