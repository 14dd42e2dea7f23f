"""Typebot (files of version 3 to 6): groups of blocks and the edges between them become one flow. Pure."""

from __future__ import annotations

from typing import Any

from flows.importers.base import Imported, Importer
from flows.importers.drawing import Drawing, Node
from flows.importers.project import Project
from flows.importers.sniffing import object_at, objects
from flows.importers.steps import branch
from flows.importers.typebot_blocks import ASKING, SILENT, Blocks, kind_of
from untrusted.shapes import mapping, mappings, text
from untrusted.together import Files

Content = dict[str, Any]


def claim(files: Files) -> set[str]:
    return {name for name, content in objects(files).items() if _is_typebot(content)}


def _is_typebot(content: Content) -> bool:
    inner = mapping(content.get("typebot")) or content
    groups = mappings(inner.get("groups"))
    return (
        bool(groups)
        and "blocks" in groups[0]
        and isinstance(inner.get("edges"), list)
        and "variables" in inner
    )


def load(files: Files, claimed: set[str], language: str) -> Imported:
    first = Project(files, language)
    for name in sorted(claimed):
        project = first.beside()
        with project.reading(name):
            content = object_at(files, name)
            _Flow(project, mapping(content.get("typebot")) or content, name).draw()
    return first.made


class _Flow:
    def __init__(self, project: Project, content: Content, file: str) -> None:
        self.project, self.content = project, content
        name = text(content.get("name")) or file
        self.drawing = Drawing(project, name)
        self.drawing.fields["name"] = project.text(name[:120])
        variables = {text(one.get("id")): text(one.get("name")) for one in mappings(content.get("variables"))}
        self.blocks = Blocks(project, self.drawing, variables)
        self.groups = {text(one.get("id")): one for one in mappings(content.get("groups"))}
        self.edges = {text(one.get("id")): mapping(one.get("to")) for one in mappings(content.get("edges"))}
        self.names: dict[str, str] = {}  # of blocks and groups

    def draw(self) -> None:
        for name, group in self.groups.items():
            self.names[name] = self.drawing.new_id(text(group.get("title")) or "group")
            for block in mappings(group.get("blocks")):
                self.names[text(block.get("id"))] = self.drawing.new_id(kind_of(block) or "block")
        for group in self.groups.values():
            self._group(group)
        self.drawing.finish(self._start())

    def _start(self) -> str:
        """Version 6 has an event for it, the others a block."""
        events = [one for one in mappings(self.content.get("events")) if text(one.get("type")) == "start"]
        first = [block for group in self.groups.values() for block in mappings(group.get("blocks"))
                 if kind_of(block) == "start"]  # fmt: skip
        begin = next(iter([*events, *first]), {})
        return self._edge(text(begin.get("outgoingEdgeId"))) or next(iter(self.names.values()), "")

    def _edge(self, name: str) -> str:
        to = self.edges.get(name, {})
        return self.names.get(text(to.get("blockId"))) or self.names.get(text(to.get("groupId")), "")

    def _group(self, group: Content) -> None:
        blocks = mappings(group.get("blocks"))
        then = ""
        for number in reversed(range(len(blocks))):
            block = blocks[number]
            own = self._edge(text(block.get("outgoingEdgeId"))) or then
            before = blocks[number - 1] if number else {}
            after = blocks[number + 1] if number + 1 < len(blocks) and own == then else {}
            then = self._block(block, own, before, after)
        self.drawing.alias(self.names[text(group.get("id"))], then)

    def _block(self, block: Content, then: str, before: Content, after: Content) -> str:
        """A bubble right before an input is its question, and stands there."""
        at, kind = self.names[text(block.get("id"))], kind_of(block)
        asks = kind == "text" and kind_of(after) in ASKING
        if at in self.drawing.nodes or kind in SILENT or asks:
            self.drawing.alias(at, then)
            return at
        if kind == "condition":
            return self.drawing.chain([self._condition(block, then)], then=then, at=at)
        if kind == "jump":
            options = mapping(block.get("options"))
            to = self.names.get(text(options.get("blockId"))) or self.names.get(
                text(options.get("groupId")), ""
            )
            return self.drawing.chain([], then=to, at=at)
        return self.drawing.chain(self.blocks.steps(block, before, self._edge), then=then, at=at)

    def _condition(self, block: Content, then: str) -> Node:
        cases = []
        for item in mappings(block.get("items")):
            when = self.blocks.condition(mapping(item.get("content")), text(block.get("id")))
            if when:
                cases.append((when, self._edge(text(item.get("outgoingEdgeId"))) or then))
        return branch(cases, next=then)


TYPEBOT = Importer("Typebot", claim, load)
