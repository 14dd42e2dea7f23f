"""Botpress 12 bots: each of their flows becomes one of ours, its nodes groups of steps. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.importers.base import Imported, Importer
from flows.importers.botpress_bot import Bot, claim, read_bot, roots_of
from flows.importers.botpress_steps import Acts
from flows.importers.drawing import Drawing, Node
from flows.importers.expressions import ALWAYS, Unreadable, read_condition
from flows.importers.naming import in_words
from flows.importers.project import Project
from flows.importers.sniffing import by_root
from flows.importers.steps import ask, branch, call, choose, label_of, option
from untrusted.shapes import mapping, mappings, text, texts
from untrusted.together import Files

INTENT = re.compile(r"^\s*event\.nlu\.intent\.name\s*={2,3}\s*['\"`]([^'\"`]+)['\"`]\s*$")
ANSWER = re.compile(
    r"^\s*temp\[?['\"]?\.?(?:skill-choice-(?:ret|invalid)-?[\w-]*)['\"]?\]?\s*={2,3}\s*['\"]([^'\"]*)['\"]\s*$"
)
FACT = re.compile(r"^(?:event\.)?(?:state\.)?(?:temp|user|session|bot|workflow|conversation)\.([\w.$-]+)$")
Content = dict[str, Any]


def load(files: Files, claimed: set[str], language: str) -> Imported:
    first = Project(files, language)
    for root, names in by_root(claimed, roots_of(files, sorted(claimed))).items():
        project = first.beside()
        _load_bot(read_bot(project, root, names))
    return first.made


def _load_bot(bot: Bot) -> None:
    flows = {name: one for name, one in bot.flows.items() if not mapping(one.get("skillData"))}
    for name in flows:
        for node in mappings(flows[name].get("nodes")):
            for way in mappings(node.get("next")):
                found = INTENT.match(text(way.get("condition")))
                if found and text(way.get("node")).split("#")[0] in flows:
                    bot.begun_by.setdefault(text(way["node"]).split("#")[0], []).append(found[1])
    for name, content in flows.items():
        _Flow(bot, name, content).draw()
    for name in bot.intents:
        if any(name in intents for intents in bot.begun_by.values()):
            bot.project.mapped("intent", name, "became_examples")
        else:
            bot.project.left("intent", name, "begins_nothing")


class _Flow:
    def __init__(self, bot: Bot, name: str, content: Content) -> None:
        self.bot, self.project, self.name, self.content = bot, bot.project, name, content
        self.drawing = Drawing(bot.project, name.removesuffix(".flow.json"), where=name)
        self.acts = Acts(bot, self.drawing)
        self.nodes = {text(node.get("name")): node for node in mappings(content.get("nodes"))}
        self.names = {name: self.drawing.new_id(name) for name in self.nodes}

    def draw(self) -> None:
        examples: dict[str, list[str]] = {}
        for intent in dict.fromkeys(self.bot.begun_by.get(self.name, [])):
            for code, said in self.bot.said(intent).items():
                examples.setdefault(code, []).extend(said)
        self.drawing.fields["examples"] = examples
        self.drawing.fields["begins"] = bool(examples)
        for name, node in self.nodes.items():
            self._node(name, node)
        self.drawing.finish(self.names.get(text(self.content.get("startNode")), ""))

    def _node(self, name: str, node: Content) -> None:
        ways = mappings(node.get("next"))
        if skill := self._skill(node):
            self.drawing.chain([skill], then=self._usual(ways), at=self.names[name])
            return
        steps = self.acts.steps(texts(node.get("onEnter")), name)
        after = [*steps, *self.acts.steps(texts(node.get("onReceive")), name)]
        waits = isinstance(node.get("onReceive"), list)
        then = self._ways(ways, name, waits=waits, said=self.acts.last_said(after) if waits else {})
        if waits and after and after[-1]["kind"] == "say" and self._asks_intents(ways):
            after = after[:-1]  # its words stand with the buttons
        self.drawing.chain(after, then=then, at=self.names[name])

    def _asks_intents(self, ways: list[Content]) -> bool:
        return any(INTENT.match(text(way.get("condition"))) for way in ways)

    def _ways(self, ways: list[Content], name: str, *, waits: bool, said: dict[str, str]) -> str:
        """The first way that holds; what the customer may say is a choice, wherever it waits for it."""
        intents = [(found[1], way) for way in ways if (found := INTENT.match(text(way.get("condition"))))]
        cases: list[tuple[Any, str]] = []
        for way in ways:
            when = (
                None
                if INTENT.match(text(way.get("condition")))
                else self._condition(text(way.get("condition")), name)
            )
            if when and when != ALWAYS:
                cases.append((when, self._target(text(way.get("node")))))
        then = self._usual(ways)
        if intents and (waits or self.content.get("startNode") == name):
            then = self.drawing.chain([self._choice(said, intents, then)], then="")
        elif intents:
            self.project.draft(
                "node", f"{self.name}: {name}", "condition_left", condition="intent", reason=intents[0][0]
            )
        elif waits and len(ways) and not cases and self.nodes[name].get("onReceive") == []:
            self.project.draft("node", f"{self.name}: {name}", "free_answer")
            slot = self.project.slot(f"{name}_answer", ask=said)
            then = self.drawing.chain([ask(slot, again=True)], then=then)
        return self.drawing.chain([branch(cases, next=then)] if cases else [], then=then)

    def _choice(self, said: dict[str, str], intents: list[tuple[str, Content]], otherwise: str) -> Node:
        options: dict[str, Node] = {}
        for intent, way in intents:
            examples = self.bot.said(intent)
            codes = list(examples) or [self.project.code()]
            label = label_of(intent, in_words(intent), codes)
            options.setdefault(
                intent, option(intent, label, examples, next=self._target(text(way.get("node"))))
            )
        return choose(said, list(options.values()), otherwise=otherwise)

    def _usual(self, ways: list[Content]) -> str:
        usual = [way for way in ways if text(way.get("condition")) in ("true", "", "always")]
        usual += [way for way in ways if way.get("condition") is True]
        return self._target(text(usual[0].get("node"))) if usual else ""

    def _target(self, name: str) -> str:
        flow, _, _node = name.partition("#")
        if name in self.names:
            return self.names[name]
        if flow in self.bot.flows and flow != self.name:
            if _node:
                self.project.draft("node", f"{self.name}: {name}", "begins_at_its_start", flow=flow)
            target = call(self.project.flow_keys.of(flow.removesuffix(".flow.json")), next="")
            return self.drawing.chain([target], then="")
        if name not in ("END", "", "#") and not name.startswith("#"):
            self.project.draft("node", self.name, "no_target", name=name)
        return ""

    def _condition(self, said: str, name: str) -> Any:
        if said in ("", "always"):
            return ALWAYS
        try:
            return read_condition(said, self._fact)
        except Unreadable as error:
            self.project.draft(
                "condition", f"{self.name}: {name}", "condition_left", condition=said, reason=str(error)
            )
            return None

    def _fact(self, name: str) -> str:
        found = FACT.match(re.sub(r"\[['\"]([^'\"]+)['\"]\]", r".\1", name))
        if not found:
            raise Unreadable(f"unknown: {name[:40]}")
        return f"slots.{self.project.slot_keys.of(found[1].removesuffix('.value').rsplit('.', 1)[-1])}"

    def _skill(self, node: Content) -> Node | None:
        """The skill "choice": a question with buttons, each a way on."""
        data = mapping(self.bot.flows.get(text(node.get("flow")), {}).get("skillData"))
        if text(node.get("type")) != "skill-call" or not data.get("contentId"):
            return None
        element = self.bot.elements.get(text(data.get("contentId")).removeprefix("#").removeprefix("!"))
        keywords, ways = mapping(data.get("keywords")), mappings(node.get("next"))
        targets = {
            found[1]: self._target(text(way.get("node")))
            for way in ways
            if (found := ANSWER.match(text(way.get("condition"))))
        }
        codes = {self.project.code(): list[str]()}
        options = [
            option(
                value,
                labels,
                {code: texts(keywords.get(value)) for code in codes},
                next=targets.get(value, self._usual(ways)),
            )
            for value, labels in (element.choices.items() if element else [])
        ]
        if not options:
            self.project.draft("node", f"{self.name}: {text(node.get('name'))}", "no_choices")
            return None
        return choose(element.said if element else {}, options, otherwise=self._usual(ways))


BOTPRESS = Importer("Botpress 12", claim, load)
