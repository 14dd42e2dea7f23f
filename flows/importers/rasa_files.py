"""Which files belong to a Rasa project, and all of them as one bot. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from flows.importers.project import Project
from flows.importers.sniffing import yaml_texts
from untrusted.folders import language_of
from untrusted.shapes import mapping, mappings, text, texts, within
from untrusted.together import Files

# A key, and what must stand below it for it to be Rasa's: other files have rules and flows too. They are
# looked for one after the other: an expression for both would read a file of many such keys again for each.
SIGNS = [
    (re.compile(key, re.MULTILINE), re.compile(below, re.MULTILINE))
    for key, below in (
        (r"^nlu[ \t]*:\s*\n(?:[ \t]*#.*\n)*[ \t]*-[ \t]+(intent|synonym|regex|lookup)[ \t]*:", ""),
        (r"^(stories|rules)[ \t]*:", r"^[ \t]*-[ \t]+['\"]?(story|rule)['\"]?[ \t]*:"),
        (r"^responses[ \t]*:", r"^[ \t]+['\"]?(utter_\w|\w+/\w)"),
        (r"^flows[ \t]*:", r"^[ \t]+-[ \t]+(id|collect|action|link|call|noop|set_slots)[ \t]*:"),
        (r"^(test_cases|e2e_tests)[ \t]*:", r"^[ \t]*-[ \t]+test_case[ \t]*:"),
        (r"^(slots|forms)[ \t]*:", r"^[ \t]+(mappings|required_slots)[ \t]*:"),
        (r"^intents[ \t]*:", r"^(entities|responses|slots|actions)[ \t]*:"),
        (r"^pipeline[ \t]*:", r"^[ \t]*-[ \t]+name[ \t]*:"),
        (r"^action_endpoint[ \t]*:\s*\n(?:[ \t]*#.*\n)*[ \t]+url[ \t]*:", ""),
    )
]
MARK = re.compile(r"\[([^\[\]]*)\](?:\(([^()]*)\)|(\{[^{}]*\}))")
By = dict[str, dict[str, list[str]]]  # by name, by language


@dataclass
class Bot:
    """All files of a project together; where a name stands twice, the first one counts."""

    project: Project
    intents: By = field(default_factory=dict)
    values: dict[str, By] = field(
        default_factory=dict
    )  # what was marked as an entity: value, language, words
    synonyms: By = field(default_factory=dict)
    lookups: By = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    responses: dict[str, list[tuple[str, dict[str, Any]]]] = field(
        default_factory=dict
    )  # (language, one way)
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)
    told: list[tuple[str, dict[str, Any]]] = field(
        default_factory=list
    )  # rules and stories, with their files
    flows: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    tests: list[dict[str, Any]] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)  # that programs do
    persons: set[str] = field(default_factory=set)  # intents that want a person
    server: str = ""  # where these programs were asked
    said: set[str] = field(default_factory=set)  # responses that something says
    begun_by: dict[str, str] = field(default_factory=dict)  # the key of the flow that an intent begins

    def examples(self, intents: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for intent in intents:
            for code, said in self.intents.get(intent, {}).items():
                found.setdefault(code, []).extend(said)
        return found


def claim(files: Files) -> set[str]:
    return {name for name, said in yaml_texts(files).items() if is_theirs(said)}


def is_theirs(said: str) -> bool:
    found = ((key.search(said), below) for key, below in SIGNS)
    return any(first and below.search(said, first.end()) for first, below in found)


def read_bot(project: Project, names: list[str]) -> Bot:
    contents = []
    for name in names:
        with project.reading(name):
            contents.append((name, mapping(project.files.yaml(name))))
    own = next(
        (text(one["language"]) for _, one in contents if "pipeline" in one and one.get("language")), ""
    )
    project.language = project.code(own)
    bot = Bot(project)
    for name, content in contents:
        _add(bot, name, content)
    return bot


def _add(bot: Bot, name: str, content: dict[str, Any]) -> None:
    code = bot.project.code(language_of(name))
    for one in mappings(content.get("nlu")):
        _add_examples(bot, code, one)
    for utter, ways in {**mapping(content.get("templates")), **mapping(content.get("responses"))}.items():
        known = bot.responses.setdefault(utter, [])
        known += [(code, one if isinstance(one, dict) else {"text": text(one)}) for one in ways or ()]
    for slot, definition in mapping(content.get("slots")).items():
        bot.slots.setdefault(slot, mapping(definition))
    for form, definition in mapping(content.get("forms")).items():
        bot.forms.setdefault(form, _required(definition))
    bot.actions.update(texts(content.get("actions")))
    bot.server = bot.server or text(within(content, "action_endpoint", "url"))
    for key in ("rules", "stories"):
        bot.told += [(name, one) for one in mappings(content.get(key))]
    for flow, definition in mapping(content.get("flows")).items():
        bot.flows.setdefault(flow, (name, mapping(definition)))
    for key in ("test_cases", "e2e_tests"):
        bot.tests += mappings(content.get(key))
    if "pipeline" in content or "policies" in content:
        bot.project.left("settings", name, "settings")


def _required(definition: Any) -> list[str]:
    """The slots of a form: Rasa 2 wrote them as keys."""
    inner = mapping(definition).get("required_slots", definition)
    return list(inner) if isinstance(inner, dict) else texts(inner)


def _add_examples(bot: Bot, code: str, one: dict[str, Any]) -> None:
    code = (
        bot.project.code(text(mapping(one.get("metadata")).get("language"))) if one.get("metadata") else code
    )
    said = list(_lines(one.get("examples")))
    for kind, into in (("synonym", bot.synonyms), ("lookup", bot.lookups)):
        if name := text(one.get(kind)):
            into.setdefault(name, {}).setdefault(code, []).extend(said)
    if name := text(one.get("regex")):
        bot.patterns.setdefault(name, "|".join(said))
    if name := text(one.get("intent")):
        bot.intents.setdefault(name, {}).setdefault(code, []).extend(
            _unmarked(bot, code, one) for one in said
        )


def _lines(examples: Any) -> Iterator[str]:
    if isinstance(examples, list):
        yield from (text(one.get("text") if isinstance(one, dict) else one) for one in examples)
    else:
        lines = (line.strip() for line in text(examples).split("\n"))
        yield from (line[1:].strip() for line in lines if line.startswith("-"))


def _unmarked(bot: Bot, code: str, example: str) -> str:
    """A sentence without its marks; what they mark is kept as values of their entity."""

    def words(found: re.Match[str]) -> str:
        marked = {"entity": found[2]}
        if found[3]:
            try:
                marked = mapping(orjson.loads(found[3]))
            except orjson.JSONDecodeError:
                return found[1]
        value = text(marked.get("value")) or found[1]
        of = bot.values.setdefault(text(marked.get("entity")), {}).setdefault(value, {})
        of.setdefault(code, []).append(found[1])
        return found[1]

    return MARK.sub(words, example)
