"""Botpress Cloud bots (the JSON of schema 1): flows of nodes with instructions. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.importers.base import Imported, Importer
from flows.importers.cards import Found, cards_in, shown
from flows.importers.drawing import Drawing, Node
from flows.importers.expressions import ALWAYS, Unreadable, read_condition
from flows.importers.project import Project
from flows.importers.sniffing import object_at, objects
from flows.importers.steps import act, ask, assign, branch, call, choose, hand_off, option, say
from untrusted.shapes import mapping, mappings, text, within
from untrusted.together import Files

Content = dict[str, Any]
RESERVED = {"wf-conversation-end", "wf-timeout", "wf-error"}
CARDS = {"card", "carousel", "image"}
SILENT_NODES = {"comment", "image", "video", "note"}
BLANK = re.compile(
    r"\{\{\s*(?:@?(?:workflow|user|session|bot|conversation|event)\.)?([\w.]+)\s*\}\}"
    r"|(?<![\w.@])@?(?:workflow|user|session|conversation)\.(\w+)"
)
FACT = re.compile(r"^(?:workflow|user|session|bot|conversation)\.(\w+)$")
ASSIGNED = re.compile(
    r"^\s*(?:workflow|user|session|conversation)\.(\w+)\s*=\s*"
    r"(\"[^\"\\]*\"|'[^'\\]*'|-?\d+(?:\.\d+)?|true|false|null)\s*;?\s*$"
)
KINDS = {
    "Number": "number",
    "Boolean": "yes_no",
    "Confirmation": "yes_no",
    "Date": "date",
    "Time": "time",
    "Email": "email",
    "PhoneNumber": "phone",
    "File": "file",
    "Money": "money",
    "ZipCode": "postal_code",
}


def claim(files: Files) -> set[str]:
    return {name for name, content in objects(files).items() if _is_bot(content)}


def _is_bot(content: Content) -> bool:
    flows = mappings(content.get("flows"))
    return bool(flows) and "settings" in content and "nodes" in flows[0] and "startNode" in flows[0]


def load(files: Files, claimed: set[str], language: str) -> Imported:
    first = Project(files, language)
    for name in sorted(claimed):
        project = first.beside()
        with project.reading(name):
            content = object_at(files, name)
            project.language = project.code(text(within(content, "settings", "defaultLanguage")))
            _load_bot(project, content)
    return first.made


def _load_bot(project: Project, content: Content) -> None:
    flows = {text(one.get("id")): one for one in mappings(content.get("flows"))}
    project.left("settings", "settings", "settings")
    for name, flow in flows.items():
        if name in RESERVED:
            project.left("flow", text(flow.get("name")) or name, "trouble_built_in")
        else:
            _Flow(project, flow, flows).draw()


class _Flow:
    def __init__(self, project: Project, content: Content, flows: dict[str, Content]) -> None:
        self.project, self.content, self.flows = project, content, flows
        self.name = text(content.get("name")) or text(content.get("id"))
        self.drawing = Drawing(project, self.name)
        self.nodes = {
            text(one.get("id")): one
            for one in mappings(content.get("nodes"))
            if text(one.get("type")) not in SILENT_NODES
        }
        self.names = {
            name: self.drawing.new_id(text(one.get("name")) or "node") for name, one in self.nodes.items()
        }
        self.links = {
            (text(one.get("source")), text(one.get("sourcePort"))): text(one.get("target"))
            for one in mappings(content.get("links"))
        }

    def draw(self) -> None:
        for name, node in self.nodes.items():
            self._node(name, node)
        start = text(self.content.get("startNode"))
        by_name = {text(one.get("name")): name for name, one in self.nodes.items()}
        self.drawing.fields["begins"] = self.name.lower() in ("main", "entry")
        self.drawing.finish(self.names.get(start) or self.names.get(by_name.get(start, ""), ""))

    def _node(self, name: str, node: Content) -> None:
        then = self._to(within(node, "defaultTransition", "targetNodeId")) or self._linked(name, "default")
        question: dict[str, str] = {}
        instructions = [one for one in mappings(node.get("instructions")) if one.get("enabled") is not False]
        for number in reversed(range(len(instructions))):
            one = instructions[number]
            before = instructions[number - 1] if number else {}
            then, question = self._instruction(name, one, before, then, question)
        if text(node.get("type")) == "end":
            then = ""
        self.drawing.alias(self.names[name], then)

    def _linked(self, node: str, port: str) -> str:
        own = self.links.get((node, port)) or next(
            (to for (source, _), to in self.links.items() if source == node and port == "default"), ""
        )
        return self._to(own)

    def _to(self, target: Any) -> str:
        return self.names.get(text(target), "")

    def _instruction(
        self, node: str, one: Content, before: Content, then: str, asked: dict[str, str]
    ) -> tuple[str, dict[str, str]]:
        """Gives the first step, and the words that the capture behind has taken over."""
        kind = text(one.get("type"))
        if kind == "transition":
            return self._transition(node, one, then), {}
        if kind == "content":
            if cards := self._cards(mapping(one.get("content"))):
                return self.drawing.chain(shown({}, cards), then=then), {}
            said = self._content(one)
            return (then, {}) if said and said == asked else (self.drawing.chain(say(said), then=then), {})
        if kind == "capture":
            question = self._value(one.get("question")) or (
                self._content(before) if text(before.get("type")) == "content" else {}
            )
            return self.drawing.chain(self._capture(one, question), then=then), question
        return self.drawing.chain(self._other(one, kind), then=then), {}

    def _value(self, given: Any) -> dict[str, str]:
        """A text that is fixed, or one with values in it."""
        if isinstance(given, str):
            said = given
        else:
            value = mapping(given)
            dynamic = text(value.get("valueType")) == "dynamic"
            said = text(value.get("dynamicValue" if dynamic else "staticValue"))
            if dynamic and re.search(r"[()`;]|=>", BLANK.sub("", said)):
                self.project.draft("text", self.name, "text_by_program", flow=self.drawing.key)
                return {}
        return self.project.text(
            BLANK.sub(
                lambda found: f"{{{self.project.slot_keys.of((found[1] or found[2]).rsplit('.', 1)[-1])}}}",
                said,
            )
        )

    def _content(self, one: Content) -> dict[str, str]:
        content = mapping(one.get("content"))
        if text(content.get("type")) not in ("text", "markdown", ""):
            self.project.left("content", f"{self.name}: {text(content.get('type'))}", "only_its_text")
            return {}
        return self._value(content.get("text"))

    def _cards(self, content: Content) -> list[Node]:
        kind = text(content.get("type"))
        items = mappings(content.get("items")) if kind == "carousel" else [content]
        if kind not in CARDS or not items:
            return []
        cards = {self.project.code(): [self._card(item) for item in items]}
        return cards_in(
            self.project, cards, where=f"{self.name}: {kind}", flow=self.drawing.key, name=self.name
        )

    def _card(self, item: Content) -> Found:
        title, words, picture = (
            next(iter(self._value(item.get(name)).values()), "") for name in ("title", "subtitle", "imageUrl")
        )
        buttons = ((text(one.get("label")), text(one.get("value"))) for one in mappings(item.get("actions")))
        return Found(title, words, picture, tuple(buttons))

    def _capture(self, one: Content, question: dict[str, str]) -> list[Node]:
        entity = text(one.get("entityId")).removeprefix("prompts://").split("/")[0]
        name = (
            text(one.get("variableName"))
            or text(within(one, "variable", "name"))
            or text(one.get("storeResultIn"))
        )
        name = (name or f"{self.name} {text(one.get('id'))[-4:]}").rsplit(".", 1)[-1]
        listed = mappings(within(one, "choice", "options", "staticValue"))
        if listed:
            options = [
                option(
                    text(item.get("value")) or text(item.get("label")),
                    self.project.text(text(item.get("label"))[:120]),
                )
                for item in listed
                if item.get("enabled") is not False
            ]
            return [choose(question, options, slot=self.project.slot(name))]
        if mappings(within(one, "validation", "validators")):
            self.project.draft("slot", name, "checked_by_program", action="validators")
        if entity in ("SingleChoice", "MultipleChoice"):
            self.project.draft("slot", name, "no_choices", flow=self.drawing.key)
        kind = KINDS.get(entity, "text")
        self.project.mapped("slot", name, "became_slot", kind=kind)
        return [ask(self.project.slot(name, kind=kind, ask=question), again=True)]

    def _transition(self, node: str, one: Content, then: str) -> str:
        destination = mapping(one.get("destination"))
        flow = text(destination.get("flow")) or text(destination.get("workflow"))
        target = self._to(destination.get("node")) or self._linked(node, text(one.get("id")))
        if flow in self.flows and flow not in RESERVED:
            called = self.project.flow_keys.of(text(self.flows[flow].get("name")) or flow)
            target = self.drawing.chain([call(called)], then=then)
        condition = mapping(one.get("condition"))
        said = text(condition.get("payload")) or text(condition.get("expression"))
        when = self._condition(said) if said else ALWAYS
        if when is None:
            return then
        return target if when == ALWAYS else self.drawing.chain([branch([(when, target)])], then=then)

    def _condition(self, said: str) -> dict[str, Any] | None:
        try:
            return read_condition(said.strip("{} "), self._fact)
        except Unreadable as error:
            self.project.draft("condition", self.name, "condition_left", condition=said, reason=str(error))
            return None

    def _fact(self, name: str) -> str:
        if not (found := FACT.match(name)):
            raise Unreadable(f"unknown: {name[:40]}")
        return f"slots.{self.project.slot_keys.of(found[1])}"

    def _other(self, one: Content, kind: str) -> list[Node]:
        """Only a value that stands there as it is, is taken: nothing is worked out."""
        code = text(one.get("code")) or text(within(one, "content", "code"))
        if found := ASSIGNED.match(code):
            value = found[2].strip("\"'")
            return assign({self.project.slot(found[1]): None if value == "null" else value})
        if "handoff" in kind.lower() or "hitl" in kind.lower():
            return [hand_off(reason="customer_request")]
        name = text(one.get("name")) or text(one.get("label")) or kind or "?"
        return [act(self.project.program(name, self.drawing.key))]


BOTPRESS_CLOUD = Importer("Botpress Cloud", claim, load)
