"""A Dialogflow CX agent (JSON package): which files are its own, and all of them together. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flows.importers.dialogflow import entries, kind_of
from flows.importers.project import Project
from flows.importers.sniffing import json_at
from flows.importers.steps import choices, usable_pattern
from untrusted.folders import folder, inside, real, relative
from untrusted.shapes import mapping, mappings, text, within
from untrusted.together import Files

FOLDERS = re.compile(
    r"^(intents|flows|entityTypes|webhooks|generators|generativeSettings|playbooks|tools|testCases|"
    r"examples|agent\.json$)"
)
PHRASES = re.compile(r"^intents/([^/]+)/trainingPhrases/([\w-]+)\.json$")
ENTITIES = re.compile(r"^entityTypes/([^/]+)/entities/([\w-]+)\.json$")
PAGE = re.compile(r"^flows/([^/]+)/pages/[^/]+\.json$")
GROUP = re.compile(r"^(?:flows/([^/]+)/|agent)?transitionRouteGroups/[^/]+\.json$")
OWN = re.compile(r"^(intents|flows|entityTypes)/([^/]+)/\2\.json$")
WEBHOOK = re.compile(r"^webhooks/[^/]+\.json$")
GENERATOR = re.compile(r"^generators/([^/]+)/(\1|phrases/[\w-]+)\.json$")
LEFT = {
    "generators": "by_model",
    "generativeSettings": "by_model",
    "playbooks": "by_model",
    "tools": "unknown_part",
    "examples": "by_model",
}
Content = dict[str, Any]


@dataclass
class CxFlow:
    name: str
    content: Content
    pages: dict[str, Content] = field(default_factory=dict)
    groups: dict[str, Content] = field(default_factory=dict)


@dataclass
class Agent:
    project: Project
    start: str = ""
    flows: dict[str, CxFlow] = field(default_factory=dict)  # by display name
    said: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # an intent's examples, by language
    intents: dict[str, Content] = field(default_factory=dict)
    entities: dict[str, tuple[Content, list[tuple[str, list[Content]]]]] = field(default_factory=dict)
    tests: list[Content] = field(default_factory=list)
    webhooks: dict[str, Content] = field(default_factory=dict)
    generators: dict[str, tuple[str, str]] = field(default_factory=dict)  # (id, what a model was told)

    def told_to(self, generator: str) -> str:
        """What a model was told to write there."""
        wanted = generator.rsplit("/", 1)[-1]
        return next((prompt for name, prompt in self.generators.values() if name == wanted), "")


def roots_of(files: Files, names: list[str]) -> set[str]:
    """The folders with an agent's settings, which name a flow to start with."""
    return {folder(name) for name in names if is_settings(json_at(files, name))}


def is_settings(content: Any) -> bool:
    return {"defaultLanguageCode", "startFlow"} <= set(mapping(content))


def claim(files: Files) -> set[str]:
    names = real(files.names)
    return {
        name
        for root in roots_of(files, names)
        for name in inside(names, root)
        if FOLDERS.match(relative(name, root))
    }


def read_agent(project: Project, root: str, names: list[str]) -> Agent:
    contents: dict[str, Content] = {}
    for name in names:
        with project.reading(name):
            contents[relative(name, root)] = mapping(project.files.json(name))
    settings = next((one for one in contents.values() if is_settings(one)), {})
    project.language = project.code(text(settings.get("defaultLanguageCode")))
    agent = Agent(project, text(settings.get("startFlow")))
    for own, content in contents.items():
        _add_named(agent, own, content)
    for own, content in contents.items():
        _add(agent, own, content)
    _tell_left(project, list(contents))
    return agent


def _add_named(agent: Agent, own: str, content: Content) -> None:
    """What has parts of its own, by the name of its folder; the display name is what others call it."""
    found = OWN.match(own)
    if not found:
        return
    kind, name = found[1], text(content.get("displayName")) or found[2]
    if kind == "flows":
        agent.flows[name] = CxFlow(name, content)
    elif kind == "intents":
        agent.intents[name] = content
    else:
        agent.entities[name] = (content, [])


def _add(agent: Agent, own: str, content: Content) -> None:
    if found := PHRASES.match(own):
        phrases = [
            "".join(str(part.get("text", "")) for part in mappings(one.get("parts"))).strip()
            for one in mappings(content.get("trainingPhrases"))
        ]
        said = agent.said.setdefault(_shown(found[1]), {})
        said.setdefault(agent.project.code(found[2]), []).extend(phrases)
    elif found := ENTITIES.match(own):
        if (name := _shown(found[1])) in agent.entities:
            agent.entities[name][1].append((found[2], mappings(content.get("entities"))))
    elif (found := PAGE.match(own)) and _shown(found[1]) in agent.flows:
        agent.flows[_shown(found[1])].pages[text(content.get("displayName"))] = content
    elif found := GROUP.match(own):
        flows = (
            [agent.flows[_shown(found[1])]]
            if _shown(found[1] or "") in agent.flows
            else [*agent.flows.values()]
        )
        for flow in flows:
            flow.groups[text(content.get("displayName"))] = content
    elif WEBHOOK.match(own):
        agent.webhooks[text(content.get("displayName"))] = content
    elif found := GENERATOR.match(own):
        generator = agent.generators.setdefault(found[1], ("", ""))
        prompt = next((text(one.get("text")) for one in mappings(content.get("promptTexts"))), "")
        agent.generators[found[1]] = (generator[0] or text(content.get("name")), generator[1] or prompt)
    elif own.startswith("testCases/"):
        agent.tests.append(content)


def _shown(name: str) -> str:
    """File names are percent-encoded where the display name has signs that file systems do not like."""
    return re.sub(r"%([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), name)


def service_of(agent: Agent, webhook: str) -> Content:
    """What is known of a webhook that a fulfilment names, by its name or its number; the only one there is
    must be meant."""
    named = [
        one
        for name, one in agent.webhooks.items()
        if webhook in (name, text(one.get("name")).rsplit("/", 1)[-1])
    ]
    found = named or (list(agent.webhooks.values()) if len(agent.webhooks) == 1 else [])
    return mapping(found[0].get("genericWebService")) if found else {}


def taken_from(agent: Agent, service: Content) -> dict[str, str]:
    """Which value of the conversation gets which part of the webhook's answer."""
    pairs = [
        (text(one.get("key")), text(one.get("value"))) for one in mappings(service.get("parameterMapping"))
    ]
    return {
        agent.project.slot(key.split(".")[-1]): path.removeprefix("$.") for key, path in pairs if key and path
    }


def _tell_left(project: Project, names: list[str]) -> None:
    for name in names:
        first = name.split("/")[0]
        if first in LEFT and (
            first == "generativeSettings" or name.count("/") < 3 and "/phrases/" not in name
        ):
            project.left("file", name, LEFT[first])


def declare_slot(agent: Agent, parameter: Content) -> str:
    """The slot of a form's parameter, with its values."""
    project, name = agent.project, text(parameter.get("displayName")) or text(parameter.get("id"))
    entity = text(parameter.get("entityType")).lstrip("@")
    kind, found, pattern = kind_of(entity) or "text", [], ""
    definition, listed = agent.entities.get(entity, ({}, []))
    values = entries(project, listed)
    if text(definition.get("kind")) == "KIND_REGEXP":
        pattern = "|".join(f"(?:{value})" for value in values)
        kind = "code" if usable_pattern(pattern) else "text"
    elif values and not any("@" in value for value in values):
        kind, found = "choice", choices(values)
    elif entity and not kind_of(entity):
        project.draft("slot", name, "composed_entity", entity=entity)
    if parameter.get("isList") is True:
        project.draft("slot", name, "one_of_a_list")
    project.mapped("slot", name, "became_slot", kind=kind)
    usual = within(parameter, "defaultValue")
    if text(usual):
        project.draft("slot", name, "usual_value_left", value=text(usual))
    return project.slot(name, kind=kind, choices=found, pattern=pattern if kind == "code" else "")
