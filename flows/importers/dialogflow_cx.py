"""Dialogflow CX agents: a flow becomes a flow, a page a group of steps, a route the way on. Pure.

What begins at the agent's start becomes a flow for each page that it leads to, since a flow of ours begins in
one place; other flows begin with the intents that lead to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.importers.base import Imported, Importer, Scenario, Turn
from flows.importers.dialogflow_cx_agent import Agent, CxFlow, claim, read_agent, roots_of
from flows.importers.dialogflow_cx_pages import Pages, fulfils_only
from flows.importers.drawing import Drawing
from flows.importers.project import Project
from flows.importers.sniffing import by_root
from flows.importers.steps import yes_or_no
from untrusted.shapes import mapping, mappings, text, texts, within
from untrusted.together import Files

Content = dict[str, Any]
STAYS = {"", "END_SESSION", "END_FLOW", "CURRENT_PAGE", "PREVIOUS_PAGE", "START_PAGE"}


def load(files: Files, claimed: set[str], language: str) -> Imported:
    first = Project(files, language)
    for root, names in by_root(claimed, roots_of(files, sorted(claimed))).items():
        _load_agent(read_agent(first.beside(), root, names))
    return first.made


def _load_agent(agent: Agent) -> None:
    start = agent.flows.get(agent.start)
    begins: dict[str, list[str]] = {}  # a flow: the intents that lead to it from the start
    pages: dict[str, list[Content]] = {}  # a page of the start flow: the routes that lead to it
    for route in _routes(start) if start else ():
        _place(agent, route, begins, pages)
    for flow in agent.flows.values():
        if flow is not start:
            _draw_flow(agent, flow, begins.get(flow.name, []))
    for routes in pages.values():
        if start:
            _draw_page(agent, start, routes)
    _tell_rest(agent)


def _routes(flow: CxFlow) -> Iterator[Content]:
    yield from mappings(flow.content.get("transitionRoutes"))
    for name in texts(flow.content.get("transitionRouteGroups")):
        yield from mappings(flow.groups.get(name.rsplit("/", 1)[-1], {}).get("transitionRoutes"))


def _place(
    agent: Agent, route: Content, begins: dict[str, list[str]], pages: dict[str, list[Content]]
) -> None:
    """Where a route of the start belongs, or why it begins nothing."""
    intent, target = text(route.get("intent")), text(route.get("targetPage"))
    what = intent or text(route.get("condition"))
    if not intent:
        agent.project.left("route", what, "begins_without_customer")
    elif yes_or_no(intent):
        agent.project.left("route", what, "bare_yes_or_no")
    elif flow := text(route.get("targetFlow")):
        begins.setdefault(flow, []).append(intent)
    elif target in STAYS and fulfils_only(mapping(route.get("triggerFulfillment"))):
        agent.project.left(
            "intent", intent, "greeting_built_in" if "welcome" in intent.lower() else "is_knowledge"
        )
    else:
        pages.setdefault(target if target not in STAYS else f"intent {intent}", []).append(route)


def _draw_flow(agent: Agent, flow: CxFlow, intents: list[str]) -> None:
    drawing = Drawing(agent.project, flow.name)
    own = [text(route.get("intent")) for route in _routes(flow) if not intents]
    drawing.fields["examples"] = _examples(
        agent, [*intents, *(one for one in own if one and not yes_or_no(one))]
    )
    if described := text(flow.content.get("description")):
        drawing.fields["description"] = agent.project.text(described)
    drawing.fields["begins"] = bool(drawing.fields["examples"])
    pages = Pages(agent, flow, drawing)
    drawing.finish(pages.flow(list(_routes(flow))))


def _draw_page(agent: Agent, flow: CxFlow, routes: list[Content]) -> None:
    """One flow for all that leads from the start to the same page."""
    target, first = text(routes[0].get("targetPage")), text(routes[0].get("intent"))
    drawing = Drawing(agent.project, target if target not in STAYS else first, what="page")
    drawing.fields["examples"] = _examples(agent, [text(route.get("intent")) for route in routes])
    drawing.finish(Pages(agent, flow, drawing).route(routes[0], ""))
    for route in routes[1:]:
        if mapping(route.get("triggerFulfillment")):
            agent.project.draft("route", text(route.get("intent")), "words_left", flow=drawing.key)


def _examples(agent: Agent, intents: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for intent in dict.fromkeys(intents):
        for code, said in agent.said.get(intent, {}).items():
            found.setdefault(code, []).extend(said)
    return found


def _tell_rest(agent: Agent) -> None:
    project = agent.project
    for name, flow in agent.flows.items():
        for handler in mappings(flow.content.get("eventHandlers")):
            project.left("event", f"{name}: {text(handler.get('event'))}", "trouble_built_in")
        if mapping(flow.content.get("knowledgeConnectorSettings")).get("enabled"):
            project.left("settings", name, "knowledge_built_in")
    for name, intent in agent.intents.items():
        if intent.get("isFallback") or "Negative" in name:
            project.left("intent", name, "trouble_built_in")
    for test in agent.tests:
        turns = tuple(turn for one in mappings(test.get("testCaseConversationTurns")) for turn in _turns(one))
        if turns:
            project.scenario(Scenario(text(test.get("displayName"))[:200] or "?", turns, project.language))


def _turns(turn: Content) -> Iterator[Turn]:
    if said := text(within(turn, "userInput", "input", "text", "text")):
        yield Turn("customer", said)
    for response in mappings(within(turn, "virtualAgentOutput", "textResponses")):
        if said := next(iter(texts(response.get("text"))), ""):
            yield Turn("bot", said)


DIALOGFLOW_CX = Importer("Dialogflow CX", claim, load)
