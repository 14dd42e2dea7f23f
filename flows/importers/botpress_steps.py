"""What a Botpress 12 node does when it is entered: words, values, programs. Pure."""

from __future__ import annotations

import re
from typing import Any

import orjson

from flows.importers.botpress_bot import Bot, Element, with_blanks
from flows.importers.cards import cards_in, shown
from flows.importers.drawing import Drawing, Node
from flows.importers.naming import key_of
from flows.importers.steps import act, assign, hand_off, say
from untrusted.shapes import mapping, text

SAY = re.compile(r"^say\s+#!?([\w-]+)(?:\s+(\{.*\}))?\s*$", re.DOTALL)
INLINE = re.compile(r"^say\s+@?([\w-]+)\s+(.*)$", re.DOTALL)
ACTION = re.compile(r"^([\w./-]+)\s*(\{.*\})?\s*$", re.DOTALL)
PERSON = re.compile(r"(^|/)(hitl|handoff|hitlnext)\b", re.IGNORECASE)


class Acts:
    def __init__(self, bot: Bot, drawing: Drawing) -> None:
        self.bot, self.drawing, self.project = bot, drawing, bot.project

    def steps(self, lines: list[str], node: str) -> list[Node]:
        return [step for line in lines for step in self._step(line, node)]

    def last_said(self, steps: list[Node]) -> dict[str, str]:
        return steps[-1]["text"] if steps and steps[-1]["kind"] == "say" else {}

    def _step(self, line: str, node: str) -> list[Node]:
        if found := SAY.match(line):
            return self._said(self.bot.elements.get(found[1]), found[1], node)
        if found := INLINE.match(line):
            given = mapping(_json(found[2]))
            said = text(given.get("text")) if given else found[2].strip().strip("\"'")
            return say(self.project.text(with_blanks(self.project, said)))
        return self._act(line, node)

    def _said(self, element: Element | None, name: str, node: str) -> list[Node]:
        if element is not None and element.cards:
            return shown({}, cards_in(self.project, element.cards, where=name, flow=self.drawing.key), node)
        if element is None or not element.said:
            self.project.draft("content", name, "no_response", flow=self.drawing.key)
            return []
        if element.choices:
            self.project.draft("content", name, "buttons_left", flow=self.drawing.key)
        return say(element.said, node)

    def _act(self, line: str, node: str) -> list[Node]:
        found = ACTION.match(line)
        if not found:
            self.project.left("step", node, "unknown_step", kind=line[:100])
            return []
        name, given = found[1], mapping(_json(found[2] or ""))
        if name == "builtin/setVariable":
            value = text(given.get("value"))
            return assign(
                {self.project.slot(text(given.get("name"))): with_blanks(self.project, value) or None}
            )
        if name.startswith("builtin/"):
            self.project.left("step", f"{self.drawing.where}: {node}", "step_built_in", kind=name)
            return []
        if PERSON.search(name):
            return [hand_off(reason="customer_request")]
        passed = {
            key_of(key): with_blanks(self.project, text(one)) for key, one in given.items() if text(one)
        }
        return [act(self.project.program(name, self.drawing.key), passed)]


def _json(said: str) -> Any:
    try:
        return orjson.loads(said)
    except orjson.JSONDecodeError:
        return None
