"""A Botpress 12 bot: which files are its own, and all of them together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flows.importers.cards import Found
from flows.importers.project import Project
from flows.importers.sniffing import json_at
from untrusted.folders import folder, inside, real, relative
from untrusted.shapes import first_text, mapping, mappings, text, texts
from untrusted.together import Files

Content = dict[str, Any]
PARTS = re.compile(
    r"^(bot\.config\.json$|(flows|content-elements|intents|entities|qna|actions|hooks|libraries)/)"
)
# "{{temp.name}}", "{{user.name}}", "{{event.state.user.name}}": values of the conversation.
BLANK = re.compile(
    r"\{\{\{?\s*(?:event\.)?(?:state\.)?(?:(?:temp|user|session|bot|workflow|conversation)\.)?"
    r"([\w.-]+?)\s*\}?\}\}"
)


@dataclass
class Element:
    """A content element: what it says and which choices it offers, by language."""

    said: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # value: language: title
    cards: dict[str, list[Found]] = field(default_factory=dict)  # by language


@dataclass
class Bot:
    project: Project
    flows: dict[str, Content] = field(default_factory=dict)  # by the name others call it
    elements: dict[str, Element] = field(default_factory=dict)
    intents: dict[str, Content] = field(default_factory=dict)
    entities: dict[str, Content] = field(default_factory=dict)
    begun_by: dict[str, list[str]] = field(default_factory=dict)  # a flow: the intents that lead to it

    def said(self, intent: str) -> dict[str, list[str]]:
        given = mapping(self.intents.get(intent, {}).get("utterances"))
        return {
            self.project.code(code): [re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", one) for one in texts(told)]
            for code, told in given.items()
        }


def roots_of(files: Files, names: list[str]) -> set[str]:
    """The folders with a bot's settings; else those with a `flows` folder of its shape."""
    configs = {folder(name) for name in names if is_settings(json_at(files, name))}
    if configs:
        return configs
    flows = [name for name in names if _is_flow(json_at(files, name))]
    return {name[: name.rindex("flows/")].rstrip("/") if "flows/" in name else folder(name) for name in flows}


def is_settings(content: Any) -> bool:
    keys = set(mapping(content))
    return {"id", "defaultLanguage", "languages"} <= keys and bool(
        keys & {"imports", "dialog", "pipeline_status"}
    )


def _is_flow(content: Any) -> bool:
    return {"startNode", "nodes", "version"} <= set(mapping(content)) and not mapping(content).get("flows")


def claim(files: Files) -> set[str]:
    names = real(files.names)
    return {
        name
        for root in roots_of(files, names)
        for name in inside(names, root)
        if PARTS.match(relative(name, root)) or _is_flow(json_at(files, name))
    }


def read_bot(project: Project, root: str, names: list[str]) -> Bot:
    bot, contents = Bot(project), {}
    for name in names:
        if name.endswith((".ui.json", ".js")):
            continue
        with project.reading(name):
            contents[relative(name, root)] = project.files.json(name)
    settings: Content = next((one for one in contents.values() if is_settings(one)), {})
    project.language = project.code(text(settings.get("defaultLanguage")))
    for name, content in contents.items():
        _add(bot, name, content)
    _tell_left(bot, root, names)
    return bot


def _add(bot: Bot, name: str, content: Any) -> None:
    first = name.split("/")[0]
    if _is_flow(content):
        bot.flows[name.removeprefix("flows/")] = content
    elif first == "content-elements":
        for one in mappings(content):
            bot.elements[text(one.get("id"))] = _element(bot.project, mapping(one.get("formData")))
    elif first == "intents" and mapping(content):
        bot.intents[text(content.get("name"))] = content
    elif first == "entities" and mapping(content):
        bot.entities[text(content.get("name"))] = content


def _element(project: Project, form: Content) -> Element:
    element = Element(cards=_cards(project, form))
    if element.cards:
        return element
    for name, value in form.items():
        what, _, code = name.partition("$")
        if what in ("text", "message", "title") and text(value):
            element.said[project.code(code)] = with_blanks(project, text(value))
        elif what in ("choices", "options"):
            for one in mappings(value):
                titles = element.choices.setdefault(text(one.get("value")) or text(one.get("title")), {})
                titles[project.code(code)] = (text(one.get("title")) or text(one.get("label")))[:120]
    return element


def _cards(project: Project, form: Content) -> dict[str, list[Found]]:
    """A card, a carousel or a picture: each language has fields of its own (“title$en”)."""
    by_language: dict[str, Content] = {}
    for name, value in form.items():
        what, _, code = name.partition("$")
        by_language.setdefault(project.code(code), {})[what] = value
    found = {
        code: [_card(project, one) for one in mappings(fields.get("items")) or [fields]]
        for code, fields in by_language.items()
        if mappings(fields.get("items")) or text(fields.get("image")) or "actions" in fields
    }
    return {code: cards for code, cards in found.items() if cards != [Found()]}


def _card(project: Project, fields: Content) -> Found:
    title, words = (with_blanks(project, text(fields.get(name))) for name in ("title", "subtitle"))
    buttons = ((text(one.get("title")), _target(project, one)) for one in mappings(fields.get("actions")))
    return Found(title, words, text(fields.get("image")), tuple(buttons))


def _target(project: Project, action: Content) -> str:
    return with_blanks(project, first_text(action, ("url", "text", "payload")))


def with_blanks(project: Project, said: str) -> str:
    return BLANK.sub(lambda found: f"{{{project.slot_keys.of(_last(found[1]))}}}", said)


def _last(path: str) -> str:
    return path.removesuffix(".value").rsplit(".", 1)[-1]


def _tell_left(bot: Bot, root: str, names: list[str]) -> None:
    counted = dict(_counts(bot, root, names))
    for code, number in counted.items():
        if number:
            bot.project.left("file", root or ".", code, number=number)


def _counts(bot: Bot, root: str, names: list[str]) -> Iterator[tuple[str, int]]:
    own = [relative(name, root) for name in names]
    yield "questions_are_knowledge", sum(name.startswith("qna/") for name in own)
    yield "programs_left", sum(name.startswith(("actions/", "hooks/", "libraries/")) for name in own)
