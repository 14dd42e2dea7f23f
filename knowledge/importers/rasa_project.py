"""What the files of a Rasa project hold together: examples, answers, and which answers which. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.importers.base import Files
from knowledge.importers.rasa_files import keys_of
from knowledge.loaders.base import Place, Refusal, Refused
from untrusted.folders import language_of, relative, stem
from untrusted.shapes import mapping, mappings, sequence, text, texts, words_of

ENTITY = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\{[^{}]*\})")
LONGEST = 1_000  # characters of an example
TESTS = re.compile(r"(^|/)(tests|e2e_tests)/|(^|/)test_[^/]*$")
# Names of files that say nothing about what the intents in them are about.
PLAIN_NAMES = words_of(
    "nlu data domain faq faqs chitchat responses intents training stories rules index main"
)

# The keys of a file of which something is taken or counted.
TELLING = words_of("nlu responses templates stories rules forms flows test_cases")

Key = tuple[str, str]  # an intent or answer, and the language of its file, empty when it names none


@dataclass
class Examples:
    place: Place
    topic: str
    texts: list[str] = field(default_factory=list)


@dataclass
class Project:
    root: str
    language: str = ""
    examples: dict[Key, Examples] = field(default_factory=dict)
    answers: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)  # of an intent, when nothing else follows
    actions: dict[str, str] = field(default_factory=dict)  # the first action after an intent
    files: dict[str, str] = field(default_factory=dict)  # where an answer stands
    left: Counter[tuple[str, str]] = field(default_factory=Counter)  # by code and file
    refused: list[Refused] = field(default_factory=list)

    def answer(self, name: str, language: str) -> list[dict[str, Any]]:
        """The wordings of an answer in a language; what names none is in the project's."""
        own = [(name, language)]
        if not language or language == short(self.language):
            own += [(name, ""), (name, short(self.language))]
        return next((self.answers[key] for key in own if self.answers.get(key)), [])


def short(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def read_project(files: Files, root: str, names: list[str]) -> Project:
    project = Project(root, _language(files, names))
    for name in names:
        try:
            content = mapping(files.yaml(name))
        except Refusal as refusal:
            project.refused.append(Refused.by(refusal, Place(name)))
            continue
        _take(project, name, content)
        if not content.keys() & TELLING:
            project.refused.append(Refused(Place(name), "left_settings"))
    return project


def _language(files: Files, names: list[str]) -> str:
    for name in names:
        if "language" in keys_of(files, name):
            try:
                return text(mapping(files.yaml(name)).get("language"))
            except Refusal:
                continue
    return ""


def _take(project: Project, name: str, content: dict[str, Any]) -> None:
    language = language_of(relative(name, project.root))
    for entry in mappings(content.get("nlu")):
        _take_examples(project, name, language, entry)
    for key in ("responses", "templates"):
        for answer, wordings in mapping(content.get(key)).items():
            project.answers.setdefault((str(answer), language), []).extend(_wordings(wordings))
            project.files.setdefault(str(answer), name)
    _take_paths(project, name, content)
    project.left["left_forms", name] += len(mapping(content.get("forms"))) or len(
        sequence(content.get("forms"))
    )
    project.left["left_flows", name] += len(mapping(content.get("flows")))
    project.left["left_tests", name] += len(sequence(content.get("test_cases")))


def _take_examples(project: Project, name: str, language: str, entry: dict[str, Any]) -> None:
    intent = text(entry.get("intent"))
    if not intent:
        project.left["left_word_lists", name] += 1
        return
    known = Examples(Place(name, name=intent[:120]), _topic(name, language))
    project.examples.setdefault((intent, language), known).texts.extend(_example_texts(entry.get("examples")))


def _example_texts(examples: Any) -> Iterator[str]:
    if isinstance(examples, str):
        examples = [line.strip()[1:] for line in examples.splitlines() if line.strip().startswith("-")]
    for example in sequence(examples):
        said = text(example) or text(mapping(example).get("text")).removeprefix("- ")
        if said:
            yield ENTITY.sub(r"\1", said[:LONGEST]).strip()


def _topic(name: str, language: str) -> str:
    """ "data/billing.yml" is about billing."""
    word = re.sub(r"^(nlu|faq|intents)[_.-]|[_.-](nlu|faq|intents)$", "", stem(name).lower())
    word = re.sub(rf"[_.-]?{language}$", "", word) if language else word
    word = "" if word in PLAIN_NAMES else word.replace("_", " ").replace("-", " ").strip()
    return word[:1].upper() + word[1:]


def _wordings(wordings: Any) -> list[dict[str, Any]]:
    """Rasa 1 wrote an answer also as a mere text."""
    return mappings(wordings) or [{"text": said} for said in texts(wordings)]


def _take_paths(project: Project, name: str, content: dict[str, Any]) -> None:
    rules, stories = mappings(content.get("rules")), mappings(content.get("stories"))
    if TESTS.search(relative(name, project.root)):
        project.left["left_tests", name] += len(stories)
        return
    for path in [*rules, *stories]:
        kind = "left_rules" if "rule" in path else "left_stories"
        steps = [step for step in mappings(path.get("steps")) if text(step.get("action")) != "action_listen"]
        project.left[kind, name] += not _take_reply(project, steps, conditional="condition" in path)


def _take_reply(project: Project, steps: list[dict[str, Any]], *, conditional: bool) -> bool:
    """Whether a path is nothing but a question and its answer."""
    intents = _intents(steps[0]) if steps else []
    actions = [text(step.get("action")) for step in steps[1:]]
    for intent in intents:
        project.actions.setdefault(intent, next(filter(None, actions), ""))
    if (
        conditional
        or not intents
        or not actions
        or not all(action.startswith("utter_") for action in actions)
    ):
        return False
    for intent in intents:
        project.replies.setdefault(intent, actions)
    return True


def _intents(step: dict[str, Any]) -> list[str]:
    either = [text(other.get("intent")) for other in mappings(step.get("or"))]
    return [intent for intent in [text(step.get("intent")), *either] if intent]


def topic_of(intent: str, examples: Examples) -> str:
    """The category of an article: the group of a retrieval intent, else what its file is about."""
    group = intent.partition("/")[0] if "/" in intent else ""
    if not group:
        return examples.topic
    return "FAQ" if group.lower() in {"faq", "faqs"} else group.replace("_", " ").capitalize()
