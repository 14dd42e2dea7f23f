"""Dialogflow ES agents: each intent that says a fixed text becomes an article in each language. Pure.

What needs a program, values or an earlier question to be understood is named and left; so are greetings and
what is said when nothing was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.dialogflow_rich import blanks_in, old_message_text, paragraphs
from knowledge.importers.entries import look
from knowledge.importers.pairs import Pair, as_found, only_asks
from knowledge.loaders.base import Found, Place, Refusal, Refused
from untrusted.folders import Ids, folder, inside, real, relative, stem
from untrusted.shapes import mapping, mappings, text, texts, within

PHRASES = re.compile(r"^(?P<intent>.+)_usersays_(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]+)?)\.json$")
THEIRS = re.compile(
    r"(agent|package|customSmalltalkResponses_[\w-]+)\.json$|(intents|entities|fulfillment|knowledgeBases)/"
)
ENTRIES = re.compile(r"_entries_[\w-]+\.json$")


@dataclass
class Agent:
    root: str
    language: str
    calls_programs: bool
    phrases: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # by intent and language
    parents: set[str] = field(default_factory=set)  # ids of the intents that others follow up


def claim(files: Files) -> set[str]:
    names = real(files.names)
    return {
        name
        for root in _roots(files, names)
        for name in inside(names, root)
        if THEIRS.match(relative(name, root))
    }


def _roots(files: Files, names: list[str]) -> set[str]:
    agents = {folder(name) for name in names if stem(name) == "agent" and _is_agent(files, name)}
    phrases = {folder(name, 2) for name in names if PHRASES.match(name) and stem(folder(name)) == "intents"}
    return agents | phrases


def _is_agent(files: Files, name: str) -> bool:
    keys = look(files, name).keys
    return "language" in keys and bool(keys & {"supportedLanguages", "defaultTimezone", "mlMinConfidence"})


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    ids = Ids("dialogflow")
    for root in sorted(_roots(files, sorted(claimed))):
        yield from _load_agent(files, root, sorted(inside(claimed, root)), ids)


def _load_agent(files: Files, root: str, names: list[str], ids: Ids) -> Iterator[Found]:
    agent, intents = _agent(files, root, names), []
    for name in names:
        own = relative(name, root)
        if own.startswith("intents/") and own.endswith(".json"):
            try:
                content = files.json(name)
            except Refusal as refusal:
                yield Refused.by(refusal, Place(name))
                continue
            match = PHRASES.match(own)
            if match:
                _add_phrases(agent, match["intent"], match["language"], content)
            else:
                intents.append((name, own, mapping(content)))
                _add_phrases(
                    agent, own.removesuffix(".json"), agent.language, mapping(content).get("userSays")
                )
    agent.parents = {text(intent.get("parentId")) for _, _, intent in intents}
    for name, own, intent in intents:
        yield from _articles(agent, name, own.removesuffix(".json"), intent, ids)
    yield from _left(root, names)


def _agent(files: Files, root: str, names: list[str]) -> Agent:
    try:
        own = next(name for name in names if relative(name, root) == "agent.json")
        settings = mapping(files.json(own))
    except (StopIteration, Refusal):
        settings = {}
    language = text(settings.get("language"))
    return Agent(root, language, calls_programs=within(settings, "webhook", "available") is not False)


def _add_phrases(agent: Agent, intent: str, language: str, content: Any) -> None:
    for phrase in mappings(content):
        parts = [part.get("text") for part in mappings(phrase.get("data"))]
        said = "".join(part for part in parts if isinstance(part, str))
        if not phrase.get("isTemplate"):
            agent.phrases.setdefault(intent, {}).setdefault(language, []).append(said.strip())


def _articles(agent: Agent, file: str, key: str, intent: dict[str, Any], ids: Ids) -> Iterator[Found]:
    name = text(intent.get("name")) or stem(file)
    place = Place(file, name=name[:120])
    code, details = _reason(agent, intent)
    if code:
        yield Refused(place, code, {"name": name[:120], **details})
        return
    asked, answers = agent.phrases.get(key, {}), _answers(intent, agent.language)
    for language in answers or {agent.language: ""}:
        answer = answers.get(language, "")
        yield as_found(
            Pair(
                id=ids.of(text(intent.get("id")) or name, language, agent.root),
                name=name,
                place=place,
                questions=_questions(asked, language),
                answer=answer,
                language=language,
                blanks=blanks_in(answer),
            )
        )


def _questions(asked: dict[str, list[str]], language: str) -> list[str]:
    """Those of the language, else those of its other countries ("en" for "en-GB")."""
    base = language.split("-")[0]
    return asked.get(language) or next((said for of, said in asked.items() if of.split("-")[0] == base), [])


def _reason(agent: Agent, intent: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Why an intent is no article, whatever its texts say."""
    if intent.get("fallbackIntent") is True:
        return "left_fallback", {}
    if any("WELCOME" in text(event.get("name")) for event in mappings(intent.get("events"))):
        return "left_small_talk", {}
    if texts(intent.get("contexts")) or intent.get("parentId"):
        return "needs_context", {}
    asked = [text(one.get("name")) for one in _parameters(intent) if one.get("required") is True]
    if asked:
        return "needs_values", {"blanks": ", ".join(asked)[:200]}
    if intent.get("webhookUsed") is True and agent.calls_programs:
        return "needs_action", {"action": "webhook"}
    starts = text(intent.get("id")) in agent.parents
    if starts and any(only_asks(answer) for answer in _answers(intent, agent.language).values()):
        return "left_asks_back", {}
    return "", {}


def _parameters(intent: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        one for response in mappings(intent.get("responses")) for one in mappings(response.get("parameters"))
    ]


def _answers(intent: dict[str, Any], usual: str) -> dict[str, str]:
    """What the intent says, by language; the messages for all platforms when there are such."""
    messages: dict[str, list[dict[str, Any]]] = {}
    for response in mappings(intent.get("responses")):
        for message in mappings(response.get("messages")):
            messages.setdefault(text(message.get("lang")) or usual, []).append(message)
    answers = {language: _joined(said) for language, said in messages.items()}
    if not any(answers.values()):
        answers[usual] = _joined(mappings(intent.get("responses")))
    return {language: answer for language, answer in answers.items() if answer}


def _joined(messages: list[dict[str, Any]]) -> str:
    usual = [message for message in messages if not message.get("platform")]
    return paragraphs(list(map(old_message_text, usual))) or paragraphs(list(map(old_message_text, messages)))


def _left(root: str, names: list[str]) -> Iterator[Refused]:
    own = {relative(name, root): name for name in names}
    lists = [name for name in own if name.startswith("entities/") and not ENTRIES.search(name)]
    if lists:
        yield Refused(Place(folder(own[lists[0]])), "left_word_lists", {"number": len(lists)})
    programs = [name for name in own if name.startswith("fulfillment/")]
    if programs:
        yield Refused(Place(folder(own[programs[0]])), "left_programs", {"number": len(programs)})
    for name in own:
        if name in {"agent.json", "package.json"}:
            yield Refused(Place(own[name]), "left_settings")
        elif not name.startswith(("intents/", "entities/", "fulfillment/")):
            yield Refused(Place(own[name]), "left_small_talk", {"name": stem(name)})


DIALOGFLOW_ES = Importer("Dialogflow ES", claim, load)
