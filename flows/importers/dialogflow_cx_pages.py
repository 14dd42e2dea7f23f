"""The pages of a Dialogflow CX flow as steps: what is said, what is asked, where it goes on. Pure."""

from __future__ import annotations

from typing import Any

from flows.importers.dialogflow import buttons, label_for, told
from flows.importers.dialogflow_cx_agent import Agent, CxFlow, declare_slot
from flows.importers.dialogflow_cx_says import Fulfillment, condition
from flows.importers.drawing import Drawing, Node
from flows.importers.expressions import ALWAYS
from flows.importers.naming import in_words
from flows.importers.steps import ask, branch, call, choose, label_of, option
from untrusted.shapes import mapping, mappings, text, texts, within

Content = dict[str, Any]
START = "START_PAGE"


def fulfils_only(fulfillment: Content) -> bool:
    """Whether it says something and does nothing else."""
    return not any(
        fulfillment.get(one) for one in ("webhook", "conditionalCases", "setParameterActions")
    ) and not any("liveAgentHandoff" in one for one in mappings(fulfillment.get("messages")))


class Pages:
    """Pages are drawn when something leads to them, each once."""

    def __init__(self, agent: Agent, flow: CxFlow, drawing: Drawing) -> None:
        self.agent, self.flow_read, self.drawing, self.project = agent, flow, drawing, agent.project
        self.drawn: dict[str, str] = {}
        self.waiting: list[str] = []

    def flow(self, routes: list[Content]) -> str:
        """The flow's own beginning: what is always so, else what the customer wants of it."""
        self.drawn[START] = at = self.drawing.new_id("start")
        self._ways(routes, {}, at=at)
        self._rest()
        return at

    def route(self, route: Content, here: str) -> str:
        """What a route says and does, and where it leads; with `here` the page on which it stands."""
        target = self._target(route, here)
        page = "" if here in ("", START) else here
        where = text(route.get("intent")) or page or self.flow_read.name
        entry = Fulfillment(self.agent, self.drawing, where).draw(
            route.get("triggerFulfillment"), then=target
        )
        if not here:
            self._rest()
        return entry

    def _rest(self) -> None:
        """Pages that were named meanwhile: one after the other, since they may lead round in circles."""
        while self.waiting:
            self._page(self.waiting.pop())

    def _target(self, route: Content, here: str) -> str:
        page, flow = text(route.get("targetPage")), text(route.get("targetFlow"))
        if flow:
            known = flow in self.agent.flows and flow != self.agent.start
            return (
                self.drawing.chain([call(self.project.flow_keys.of(flow), next="")], then="") if known else ""
            )
        if page == "CURRENT_PAGE" or not page and here:
            return self._named(here) if page else ""
        if page == "PREVIOUS_PAGE":
            self.project.draft("route", here, "no_way_back", flow=self.drawing.key)
            return ""
        return "" if page in ("", "END_FLOW", "END_SESSION") else self._named(page)

    def _named(self, page: str) -> str:
        if page not in self.drawn:
            if page not in self.flow_read.pages:
                self.project.draft("page", page, "no_target", name=page)
                return ""
            self.drawn[page] = self.drawing.new_id(page)
            self.waiting.append(page)
        return self.drawn[page]

    def _page(self, name: str) -> None:
        content = self.flow_read.pages[name]
        routes = mappings(content.get("transitionRoutes"))
        for group in texts(content.get("transitionRouteGroups")):
            routes += mappings(
                self.flow_read.groups.get(group.rsplit("/", 1)[-1], {}).get("transitionRoutes")
            )
        entry, asked = mapping(content.get("entryFulfillment")), self._asks(content)
        offers = not asked and any(text(one.get("intent")) for one in routes)
        ways = self._ways(routes, entry if offers else {}, here=name)
        then = self.drawing.chain(asked, then=ways)
        fulfillment = Fulfillment(self.agent, self.drawing, name)
        fulfillment.draw(entry, then=then, at=self.drawn[name], speaks=not offers)
        self.project.mapped("page", name, "became_steps", flow=self.drawing.key)
        for handler in mappings(content.get("eventHandlers")):
            self.project.left("event", f"{name}: {text(handler.get('event'))}", "trouble_built_in")

    def _asks(self, page: Content) -> list[Node]:
        steps: list[Node] = []
        for parameter in mappings(within(page, "form", "parameters")):
            key = declare_slot(self.agent, parameter)
            filled = mapping(parameter.get("fillBehavior"))
            prompt = told(self.project, mappings(within(filled, "initialPromptFulfillment", "messages")))
            again = [
                one
                for one in mappings(filled.get("repromptEventHandlers"))
                if "no-match" in text(one.get("event"))
            ]
            reject = (
                told(self.project, mappings(within(again[0], "triggerFulfillment", "messages")))
                if again
                else {}
            )
            texts_of = {"ask": prompt, "reject": reject}
            self.drawing.slots.setdefault(key, {name: said for name, said in texts_of.items() if said})
            if parameter.get("required") is True:
                steps.append(ask(key))
        return steps

    def _ways(self, routes: list[Content], entry: Content, *, here: str = START, at: str = "") -> str:
        """Conditions first, as they are looked at first; then what the customer may say."""
        cases: list[tuple[Any, str]] = []
        otherwise = None
        for route in (one for one in routes if not text(one.get("intent"))):
            when = condition(self.project, text(route.get("condition")) or "true", here)
            if when == ALWAYS and otherwise is None:
                otherwise = self.route(route, here)
            elif when and otherwise is None:
                cases.append((when, self.route(route, here)))
        said = [one for one in routes if text(one.get("intent"))]
        if otherwise is None:
            otherwise = self.drawing.chain([self._choice(said, entry, here)], then="") if said else ""
        return self.drawing.chain([branch(cases, next=otherwise)] if cases else [], then=otherwise, at=at)

    def _choice(self, routes: list[Content], entry: Content, here: str) -> Node:
        messages = mappings(entry.get("messages"))
        options: dict[str, Node] = {}
        titles = buttons(messages)
        for route in routes:
            intent = text(route.get("intent"))
            said = self.agent.said.get(intent, {})
            codes = list(said) or [self.project.code()]
            label = label_of(intent, label_for(intent, said, titles) or in_words(intent), codes)
            if when := text(route.get("condition")):
                self.project.draft("condition", here, "condition_left", condition=when, reason=intent)
            options.setdefault(intent, option(intent, label, said, next=self.route(route, here)))
        return choose(told(self.project, messages), list(options.values()))
