"""Typebot's blocks as steps: bubbles are said, inputs asked, the rest set, called or told. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flows.importers.cards import Found, cards_in, shown
from flows.importers.drawing import Drawing, Node
from flows.importers.naming import in_words, key_of
from flows.importers.project import Project
from flows.importers.steps import act, ask, assign, choose, option, say
from untrusted.shapes import mapping, mappings, sequence, text, texts

Content = dict[str, Any]
INPUTS = {
    "text input": "text",
    "number input": "number",
    "email input": "email",
    "url input": "text",
    "time input": "time",
    "date input": "date",
    "phone number input": "phone",
    "rating input": "number",
    "file input": "file",
}
CHOICES = {"choice input", "picture choice input", "buttons input"}
ASKING = {*INPUTS, *CHOICES}
SILENT = {"start", "wait", "google analytics", "pixel"}
BUBBLES = {"image", "video", "embed", "audio"}
OPS = {
    "equal to": "is",
    "not equal": "is_not",
    "contains": "contains",
    "greater than": "above",
    "less than": "below",
    "is set": "known",
    "is empty": "unknown",
    "greater or equal to": "at_least",
    "less or equal to": "at_most",
}
BLANK = re.compile(r"\{\{\s*([^{}=]+?)\s*\}\}")
PLAIN = re.compile(r"^[^(){}\[\]=+*/<>;`]*$")  # a value, and nothing that would have to be worked out
DEEPEST = 20
LONGEST_NAME = 80


def kind_of(block: Content) -> str:
    return text(block.get("type")).lower()


class Blocks:
    """`variables` are their names by id."""

    def __init__(self, project: Project, drawing: Drawing, variables: dict[str, str]) -> None:
        self.project, self.drawing, self.variables = project, drawing, variables

    def steps(self, block: Content, before: Content, edge: Callable[[str], str]) -> list[Node]:
        kind, options = kind_of(block), mapping(block.get("options"))
        if kind == "text":
            return say(self._text(mapping(block.get("content"))))
        if kind in INPUTS:
            return self._input(block, kind, options, before)
        if kind in CHOICES:
            return self._choices(block, options, before, edge)
        if kind == "set variable":
            return self._value(block, options)
        if kind == "image" and (card := self._picture(block)):
            return card
        if kind in BUBBLES:
            self.project.left("block", kind, "only_its_text", flow=self.drawing.key)
            return []
        return self._program(block, kind, options)

    def _picture(self, block: Content) -> list[Node]:
        content = mapping(block.get("content"))
        address, link = text(content.get("url")), mapping(content.get("clickLink"))
        if not address:
            return []
        name = in_words(text(link.get("alt")) or _file_name(address))[:LONGEST_NAME]
        page = self._blanks(text(link.get("url")))
        button = ((name or kind_of(block), page),) if page else ()
        found = {self.project.code(): [Found(name, picture=address, buttons=button)]}
        return shown({}, cards_in(self.project, found, where="image", flow=self.drawing.key))

    def _text(self, content: Content) -> dict[str, str]:
        said = "\n".join(_plain(one, 0) for one in sequence(content.get("richText"))).strip()
        return self.project.text(self._blanks(said or text(content.get("plainText"))))

    def _blanks(self, said: str) -> str:
        return BLANK.sub(lambda found: f"{{{self.project.slot_keys.of(found[1])}}}", said)

    def _name(self, options: Content, block: Content) -> str:
        known = self.variables.get(text(options.get("variableId")), "")
        return known or f"{kind_of(block).removesuffix(' input')} {text(block.get('id'))[-4:]}"

    def _question(self, before: Content) -> dict[str, str]:
        return self._text(mapping(before.get("content"))) if kind_of(before) == "text" else {}

    def _input(self, block: Content, kind: str, options: Content, before: Content) -> list[Node]:
        """Its question is the bubble before it, else its placeholder."""
        labels = mapping(options.get("labels"))
        shown = text(labels.get("placeholder")) or text(options.get("placeholder"))
        question = self._question(before) or self.project.text(self._blanks(shown))
        reject = self.project.text(text(options.get("retryMessageContent")))
        definition: dict[str, Any] = {"kind": INPUTS[kind], "ask": question, "reject": reject}
        if kind == "number input":
            definition |= {"least": _number(options.get("min")), "most": _number(options.get("max"))}
        name = self._name(options, block)
        key = self.project.slot_keys.of(name)
        self.project.mapped("slot", name, "became_slot", kind=INPUTS[kind])
        if self.project.slots.get(key, {}).get("ask", question) == question:
            return [ask(self.project.slot(name, **definition), again=True)]
        # Asked for twice, in other words: a slot has one question, so the second is a slot of its own.
        other = self.project.slot(f"{name} {text(block.get('id'))[-4:]}", **definition)
        return [ask(other, again=True), *assign({key: f"{{{other}}}"})]

    def _choices(
        self, block: Content, options: Content, before: Content, edge: Callable[[str], str]
    ) -> list[Node]:
        made = []
        for item in mappings(block.get("items")):
            label = text(item.get("content")) or text(item.get("title"))
            to = edge(text(item.get("outgoingEdgeId")))
            made.append(
                option(text(item.get("value")) or label, self.project.text(self._blanks(label)[:120]))
            )
            made[-1].update({"next": to} if to else {})
        if options.get("isMultipleChoice") is True:
            self.project.draft("block", kind_of(block), "one_of_a_list", flow=self.drawing.key)
        if options.get("dynamicVariableId") or not made:
            self.project.draft("block", kind_of(block), "no_choices", flow=self.drawing.key)
            return []
        variable = self.variables.get(text(options.get("variableId")), "")
        return [choose(self._question(before), made, slot=self.project.slot(variable) if variable else "")]

    def _value(self, block: Content, options: Content) -> list[Node]:
        name = self.variables.get(text(options.get("variableId")), "")
        value = text(options.get("expressionToEvaluate"))
        code = options.get("isCode") is True or text(options.get("type")) not in ("", "Custom", "Empty")
        if not name or code or not PLAIN.match(BLANK.sub("", value)):
            self.project.draft("block", f"set variable {name}".strip(), "value_left", name=name or "?")
            return []
        return assign({self.project.slot(name): self._blanks(value) or None})

    def _program(self, block: Content, kind: str, options: Content) -> list[Node]:
        hook = mapping(options.get("webhook")) or mapping(block.get("webhook"))
        if not kind or kind in {"redirect", "script", "code", "typebot link", "ab test", "return"}:
            self.project.left("block", kind or "?", "unknown_step", kind=kind or "?")
            return []
        name = f"{kind} {text(block.get('id'))[-4:]}"
        given = {
            key_of(text(one.get("key"))): self._blanks(text(one.get("value")))
            for one in mappings(hook.get("queryParams"))
            if text(one.get("key")) and BLANK.fullmatch(text(one.get("value")))  # others may be secrets
        }
        url, method = text(hook.get("url")), text(hook.get("method"))
        action = self.project.program(name, self.drawing.key, url=url, method=method)
        taken = {
            self.project.slot(self.variables[text(one.get("variableId"))]): text(
                one.get("bodyPath")
            ).removeprefix("data.")
            for one in mappings(options.get("responseVariableMapping"))
            if text(one.get("variableId")) in self.variables
        }
        return [act(action, given, takes=taken)]

    def condition(self, content: Content, where: str) -> dict[str, Any] | None:
        tests = [self._test(one, where) for one in mappings(content.get("comparisons"))]
        if not tests or None in tests:
            return None
        together = "any" if text(content.get("logicalOperator")).upper() == "OR" else "all"
        return tests[0] if len(tests) == 1 else {together: tests}

    def _test(self, one: Content, where: str) -> dict[str, Any] | None:
        name, said = (
            self.variables.get(text(one.get("variableId")), ""),
            text(one.get("comparisonOperator")).lower(),
        )
        negated = said == "does not contain"
        op = "contains" if negated else OPS.get(said, "")
        if not name or not op or BLANK.search(text(one.get("value"))):
            self.project.draft("condition", where, "condition_left", condition=f"{name} {said}", reason=said)
            return None
        test: dict[str, Any] = {"fact": f"slots.{self.project.slot(name)}", "op": op}
        if op not in ("known", "unknown"):
            test["value"] = text(one.get("value"))[:500]
        return {"not": test} if negated else test


def _plain(node: Any, depth: int) -> str:
    """The words of a rich text, its links and variables as well."""
    if not isinstance(node, dict) or depth > DEEPEST:
        return ""
    if isinstance(node.get("text"), str):
        return str(node["text"])
    inner = "".join(_plain(one, depth + 1) for one in sequence(node.get("children")))
    if text(node.get("type")) in ("inline-variable", "variable"):
        return inner or "".join(texts(node.get("value")))
    address = text(node.get("url"))
    return f"[{inner}]({address})" if address.startswith(("https://", "http://")) else inner


def _file_name(address: str) -> str:
    """Of a picture, without its ending; one that stands in the file itself has none."""
    return (
        "" if address.startswith("data:") else address.partition("?")[0].rpartition("/")[2].partition(".")[0]
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
