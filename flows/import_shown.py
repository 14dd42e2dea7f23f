"""What the page of an import shows: each flow beside what is here, each part of the bot, its tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from flows.brought_along import told
from flows.graph import Call, Graph
from flows.import_files import actions_with, flows_of, report_of
from flows.import_words import LEVELS, in_words, part_in_words
from flows.importers.base import Line
from flows.importing import Offer, offers
from flows.known_actions import Actions, KnownAction, known_actions
from flows.languages import begins_in, may_begin
from flows.mending import place_of, with_pages
from flows.models import Flow, FlowImport
from flows.outline import outline
from flows.problem_words import language_name, words
from flows.problems import Problem
from flows.publishing_together import stopping
from flows.shelves import graph_of
from flows.spoken_here import spoken_here
from flows.standing import standing
from flows.texts import in_language
from untrusted.shapes import mappings, text

SHOWN = 400  # lines of each level
SHOWN_STEPS = 60  # of a flow
SHOWN_TOOLS = 50
ORDER = ("draft", "left_out", "mapped")
KNOWLEDGE = {"is_knowledge", "questions_are_knowledge"}
BECAME_TOOLS = {"became_tool", "tool_without_address"}
Problems = Mapping[str, list[Problem]]
Told = tuple[Line, str]  # and the page where it is looked at


@dataclass(frozen=True)
class Group:
    """The lines of one level, as many as are shown, in words; with the page where more is to be seen."""

    level: str
    title: str
    number: int
    lines: list[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Among:
    """What a flow of an import stands among: `others` are published or in these files, `together` what keeps
    each from being published with all that are as far as it is, `named` what each is called."""

    others: Mapping[str, Graph]
    published: Mapping[str, Graph]
    together: Problems
    named: Mapping[str, str]
    spoken: list[str]
    language: str


def shown(kept: FlowImport, *, language: str) -> dict[str, Any]:
    known = known_actions() or {}
    graphs, tools = flows_of(kept), _tools(kept, known)
    named_so = Q(key__in=[graph.key for graph in graphs])
    rows = Flow.objects.filter(named_so | Q(published__isnull=False)).select_related("published", "trial")
    here = {flow.key: flow for flow in rows}
    found = offers(graphs, here)
    report = [_as_it_is_now(line, tools) for line in report_of(kept)]
    published = {key: graph_of(flow.published) for key, flow in here.items() if flow.published}
    others = {**published, **{one.graph.key: one.graph for one in found}}
    named = {one.graph.key: in_language(one.graph.name, language) or one.graph.key for one in found}
    together = _together(actions_with(kept.found["webhooks"], known), found, published)
    among = Among(others, published, together, named, spoken_here(), language)
    flows = [_flow(one, among) for one in found]
    return {
        "kept": kept,
        "flows": flows,
        "groups": _groups(report),
        "can_be_taken": any(one["offer"].stand != "same" for one in flows),
        "ready": sum(one["ready"] for one in flows),
        "waiting": any(one["waits"] for one in flows),
        "along": told((kept.taken or {}).get("along", {})),
        "tools": list(tools.values())[:SHOWN_TOOLS],
        "questions": sum(line.code in KNOWLEDGE for line, _page in report),
        "section": "flows",
    }


def _together(actions: Actions, found: list[Offer], published: Mapping[str, Graph]) -> Problems:
    """A draft calls what is published and drafts that are here; one that is not taken yet, all of these."""
    everything = {one.graph.key: one.graph for one in found}
    drafts = {one.graph.key: one.graph for one in found if one.stand == "same"}
    of_drafts = stopping(drafts, actions=actions, published=published) if drafts else {}
    rest = everything if len(drafts) < len(everything) else {}
    of_all = stopping(rest, actions=actions, published=published) if rest else {}
    return {key: (of_drafts if key in drafts else of_all).get(key, []) for key in everything}


def _flow(offer: Offer, among: Among) -> dict[str, Any]:
    """`state` is how it stands here, once it is as it was found; `waits` is what keeps it from customers;
    `ready`, that it can be published, together with the flows that it calls and that are not: `needs`."""
    graph, flow = offer.graph, offer.flow
    state = standing(flow) if flow and offer.stand == "same" else None
    waits = with_pages(among.together.get(graph.key, ()), beside=among.others)
    is_out = state is None or state.name == "published"
    return {
        "key": graph.key,
        "place": place_of(graph.key),
        "name": among.named[graph.key],
        "offer": offer,
        "steps": len(graph.nodes),
        "example": next((told[0] for told in graph.examples.values() if told), ""),
        "only_in": only_in(graph, among.others, among.spoken),
        "outline": outline(graph, among.language)[:SHOWN_STEPS],
        "steps_left": max(0, len(graph.nodes) - SHOWN_STEPS),
        "lines": offer.lines,
        "state": state,
        "waits": [_waits(one) for one in waits],
        "ready": not is_out and not waits,
        "needs": [] if is_out or waits else _needs(graph, among),
    }


def _waits(problem: Problem) -> dict[str, str]:
    """In words, with the page where it is mended and what leads there is called."""
    page = problem.params.get("page", "")
    label = _("Open the flow") if problem.code == "no_such_flow" else _("Open the action")
    label = _("See it on this page") if page.startswith("#") else label
    return {"step": problem.node, "text": words(problem), "page": page, "label": label}


def _needs(graph: Graph, among: Among) -> list[str]:
    """What must be published with it, in words."""
    called = dict.fromkeys(node.flow for node in graph.nodes if isinstance(node, Call))
    wanted = [key for key in called if key not in among.published and key != graph.key]
    return [among.named.get(key, key) for key in wanted]


def only_in(graph: Graph, others: Mapping[str, Graph], spoken: Iterable[str]) -> list[str]:
    """The languages of the only conversations that it begins in, in words; [] where it begins in all of those
    that are `spoken` here."""
    everywhere = all(may_begin(graph, code, others) for code in spoken)
    return (
        [] if everywhere or not graph.begins else [language_name(code) for code in begins_in(graph, others)]
    )


# --- Its programs, which are tools by now


def _tools(kept: FlowImport, known: Actions) -> dict[str, KnownAction]:
    """The programs that are tools here, by name: as these stand today, whoever has changed them since."""
    named = dict.fromkeys(text(one.get("name")) for one in mappings(kept.found["webhooks"]))
    return {name: known[name] for name in named if name in known and known[name].page}


def _as_it_is_now(line: Line, tools: Mapping[str, KnownAction]) -> Told:
    """What was said of a program when the files were read holds until its tool is here."""
    tool = tools.get(str(line.params.get("tool", ""))) if line.code in BECAME_TOOLS else None
    if tool is None:
        return line, ""
    now = replace(line, code="tool_is_off", params={**line.params, "tool": tool.title or tool.name})
    if not tool.addressed:
        now = replace(now, code="tool_has_no_address")
    elif tool.enabled:
        now = replace(now, level="mapped", code="tool_is_on")
    return now, tool.page


def _groups(report: list[Told]) -> list[Group]:
    groups = []
    for level in ORDER:
        lines = [told for told in report if told[0].level == level]
        groups.append(Group(level, str(LEVELS[level]), len(lines), [_said(*one) for one in lines[:SHOWN]]))
    return groups


def _said(line: Line, page: str) -> tuple[str, str, str, str]:
    return part_in_words(line.what), line.where, in_words(line.code, line.params), page
