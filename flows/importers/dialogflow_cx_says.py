"""What a Dialogflow CX agent does at once: texts, values, webhooks, cases, a person. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.importers.cards import shown
from flows.importers.dialogflow import BY_MODEL, told, with_blanks
from flows.importers.dialogflow_cards import drawn
from flows.importers.dialogflow_cx_agent import Agent, service_of, taken_from
from flows.importers.drawing import Drawing, Node
from flows.importers.expressions import ALWAYS, Unreadable, read_condition
from flows.importers.project import Project
from flows.importers.steps import act, assign, branch, hand_off, say
from untrusted.shapes import mapping, mappings, sequence, text

FINAL = re.compile(r"\$page\.params(\.[\w-]+)?\.status\s*(=|!=)\s*\"?(FINAL|UPDATED)\"?", re.IGNORECASE)
NAME = re.compile(r"^\$(?:session|page|flow|intent)\.(?:params\.)?([\w-]+)(?:\.(?:original|resolved))?$")
MOST_DEEP = 10
LONGEST_NOTE = 3_000


def condition(project: Project, said: str, where: str) -> dict[str, Any] | None:
    """None, and a line of the report, where it cannot be read. A form is filled in when it is asked."""
    plain = FINAL.sub(lambda found: "true" if found[2] == "=" else "false", said)

    def named(name: str) -> str:
        found = NAME.match(name)
        if not found:
            raise Unreadable(f"unknown: {name[:40]}")
        return f"slots.{project.slot_keys.of(found[1])}"

    try:
        return read_condition(plain, named)
    except Unreadable as error:
        project.draft("condition", where, "condition_left", condition=said, reason=str(error))
        return None


class Fulfillment:
    """What a fulfilment does, as steps of a drawing."""

    def __init__(self, agent: Agent, drawing: Drawing, where: str) -> None:
        self.agent, self.project, self.drawing, self.where = agent, agent.project, drawing, where

    def draw(self, given: Any, *, then: str, at: str = "", speaks: bool = True) -> str:
        """Without `speaks` its words stand somewhere else."""
        content = mapping(given)
        messages = mappings(content.get("messages"))
        then = self._cases(mappings(content.get("conditionalCases")), then, 0)
        steps = [*self._values(content), *self._program(content)]
        if speaks:
            steps += shown(*drawn(self.project, messages, where=self.where, flow=self.drawing.key))
        if self._is_by_model(content, messages) and speaks:
            self.project.draft("text", self.where, "text_by_model", flow=self.drawing.key)
            if steps[-1:] == [] or steps[-1]["kind"] != "say":  # its place is kept for somebody to write it
                steps.append({"kind": "say", "text": {}, "note": self._told_to(content)})
        steps += self._ends(messages)
        return self.drawing.chain(steps, then=then, at=at)

    def _values(self, content: dict[str, Any]) -> list[Node]:
        values: dict[str, Any] = {}
        for one in mappings(content.get("setParameterActions")):
            value = one.get("value")
            if isinstance(value, list | dict):
                self.project.draft("step", self.where, "value_left", name=text(one.get("parameter")))
                continue
            key = self.project.slot(text(one.get("parameter")))
            values[key] = with_blanks(self.project, value) if isinstance(value, str) else value
        return assign(values)

    def _told_to(self, content: dict[str, Any]) -> str:
        """For whoever writes the text instead: what the model was told."""
        prompts = [
            self.agent.told_to(text(one.get("generator"))) for one in mappings(content.get("generators"))
        ]
        return ("\n\n".join(filter(None, prompts)) or self.where)[:LONGEST_NOTE]

    def _program(self, content: dict[str, Any]) -> list[Node]:
        webhook = text(content.get("webhook")).rsplit("/", 1)[-1]
        if not webhook:
            return []
        service = service_of(self.agent, webhook)
        key = self.project.program(
            text(content.get("tag")) or webhook, self.drawing.key, url=text(service.get("uri")),
            method=text(service.get("httpMethod")), form="dialogflow_cx",
        )  # fmt: skip
        return [act(key, takes=taken_from(self.agent, service))]

    def _ends(self, messages: list[dict[str, Any]]) -> list[Node]:
        if any("liveAgentHandoff" in one for one in messages):
            return [hand_off(reason="customer_request")]
        return [{"kind": "end"}] if any("endInteraction" in one for one in messages) else []

    def _is_by_model(self, content: dict[str, Any], messages: list[dict[str, Any]]) -> bool:
        return bool(content.get("generators") or BY_MODEL.search(str(messages)))

    def _cases(self, groups: list[dict[str, Any]], then: str, depth: int) -> str:
        """Each group is one choice of texts; they follow each other."""
        for group in reversed(groups if depth < MOST_DEEP else []):
            cases, otherwise = [], then
            for case in mappings(group.get("cases")):
                when = condition(self.project, text(case.get("condition")) or "true", self.where)
                target = self._content(sequence(case.get("caseContent")), then, depth)
                if when == ALWAYS:
                    otherwise = target
                    break
                cases += [(when, target)] if when else []
            then = self.drawing.chain([branch(cases, next=otherwise)] if cases else [], then=otherwise)
        return then

    def _content(self, content: list[Any], then: str, depth: int) -> str:
        for one in reversed(mappings(content)):
            if inner := mapping(one.get("additionalCases")):
                then = self._cases([inner], then, depth + 1)
            elif message := mapping(one.get("message")):
                then = self.drawing.chain(
                    [*say(told(self.project, [message])), *self._ends([message])], then=then
                )
        return then
