"""A Dialogflow ES agent: which files are its own, and all of them together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flows.importers.dialogflow import entries, kind_of
from flows.importers.project import Project
from flows.importers.sniffing import json_at
from flows.importers.steps import choices, usable_pattern
from untrusted.folders import real
from untrusted.shapes import mapping, mappings, text, texts, within
from untrusted.together import Files

PHRASES = re.compile(r"^(.+)_usersays_([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\.json$")
ENTRIES = re.compile(r"^(.+)_entries_([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\.json$")


@dataclass
class Intent:
    name: str
    file: str
    content: dict[str, Any]
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return text(self.content.get("id")) or self.name

    @property
    def responses(self) -> list[dict[str, Any]]:
        return mappings(self.content.get("responses"))

    @property
    def parameters(self) -> list[dict[str, Any]]:
        return [one for response in self.responses for one in mappings(response.get("parameters"))]

    @property
    def needs(self) -> set[str]:
        return {one.lower() for one in texts(self.content.get("contexts"))}

    @property
    def opens(self) -> set[str]:
        """Contexts that stay open behind it."""
        opened = [one for response in self.responses for one in mappings(response.get("affectedContexts"))]
        return {text(one.get("name")).lower() for one in opened if text(one.get("lifespan")) != "0"}

    @property
    def is_fallback(self) -> bool:
        return self.content.get("fallbackIntent") is True


@dataclass
class Agent:
    project: Project
    calls_programs: bool
    url: str = ""  # of all its programs
    intents: list[Intent] = field(default_factory=list)
    entities: dict[str, tuple[dict[str, Any], list[tuple[str, list[dict[str, Any]]]]]] = field(
        default_factory=dict
    )


def claim(files: Files) -> set[str]:
    return {name for name in real(files.names) if _is_theirs(json_at(files, name))}


def _is_theirs(content: Any) -> bool:
    """An agent's settings, an intent, its phrases, an entity, its entries: each by its keys."""
    if isinstance(content, list):
        first = mapping(content[0]) if content else {}
        return {"data", "isTemplate"} <= set(first) or set(first) == {"value", "synonyms"}
    keys = set(mapping(content))
    return (
        is_settings(content)
        or {"name", "responses", "fallbackIntent"} <= keys
        or {"name", "isOverridable", "isEnum"} <= keys
    )  # fmt: skip


def is_settings(content: Any) -> bool:
    keys = set(mapping(content))
    return {"language", "webhook"} <= keys and bool(keys & {"supportedLanguages", "mlMinConfidence"})


def read_agent(project: Project, names: list[str]) -> Agent:
    contents: dict[str, Any] = {}
    for name in names:
        with project.reading(name):
            contents[name] = project.files.json(name)
    settings: dict[str, Any] = next((one for one in contents.values() if is_settings(one)), {})
    project.language = project.code(text(settings.get("language")))
    calls = within(settings, "webhook", "available") is True
    agent = Agent(project, calls, text(within(settings, "webhook", "url")) if calls else "")
    for name, content in contents.items():
        if isinstance(content, dict):
            _add(agent, name, content, contents)
    if settings:
        project.left("settings", next(name for name in names if contents.get(name) is settings), "settings")
    return agent


def _add(agent: Agent, name: str, content: dict[str, Any], contents: dict[str, Any]) -> None:
    stem = name.removesuffix(".json")
    if "fallbackIntent" in content:
        intent = Intent(text(content.get("name")) or stem, name, content)
        own = [(found[2], given) for other, given in contents.items()
               if (found := PHRASES.match(other)) and found[1] == stem]  # fmt: skip
        for code, given in [("", content.get("userSays")), *own]:
            phrases = mappings(given)
            intent.said.setdefault(agent.project.code(code), []).extend(_phrases(phrases))
        agent.intents.append(intent)
    elif "isEnum" in content:
        listed = [(found[2], mappings(given)) for other, given in contents.items()
                  if (found := ENTRIES.match(other)) and found[1] == stem]  # fmt: skip
        agent.entities[text(content.get("name"))] = (
            content,
            listed or [("", mappings(content.get("entries")))],
        )


def _phrases(given: list[dict[str, Any]]) -> Iterator[str]:
    for phrase in given:
        if not phrase.get("isTemplate"):
            parts = [part.get("text") for part in mappings(phrase.get("data"))]
            yield "".join(part for part in parts if isinstance(part, str)).strip()


def declare_slot(agent: Agent, parameter: dict[str, Any]) -> str:
    """The slot of a parameter, with its question and its values."""
    project, name = agent.project, text(parameter.get("name"))
    entity = text(parameter.get("dataType"))
    kind, found, pattern = kind_of(entity) or "text", [], ""
    definition, listed = agent.entities.get(entity.lstrip("@"), ({}, []))
    values = entries(project, listed)
    composed = any(value.startswith("@") or "@" in value and ":" in value for value in values)
    if definition.get("isRegexp") is True:
        pattern = "|".join(f"(?:{value})" for value in values)
        kind = "code" if usable_pattern(pattern) else "text"
        if kind == "text":
            project.draft("slot", name, "bad_pattern")
    elif values and not composed and not definition.get("automatedExpansion"):
        kind, found = "choice", choices(values)
    elif composed:
        project.draft("slot", name, "composed_entity", entity=entity)
    if parameter.get("isList") is True:
        project.draft("slot", name, "one_of_a_list")
    prompts: dict[str, str] = {}
    for one in mappings(parameter.get("prompts")):
        if said := text(one.get("value")):
            prompts.setdefault(project.code(text(one.get("lang"))), said)
    project.mapped("slot", name, "became_slot", kind=kind)
    return project.slot(
        name, kind=kind, choices=found, pattern=pattern if kind == "code" else "", ask=prompts
    )


def tell_entities(agent: Agent) -> None:
    used = {text(one.get("dataType")).lstrip("@") for intent in agent.intents for one in intent.parameters}
    for name in agent.entities:
        if name in used:
            agent.project.mapped(
                "entity", name, "became_choices", number=sum(len(one) for _, one in agent.entities[name][1])
            )
        else:
            agent.project.left("entity", name, "never_asked")
