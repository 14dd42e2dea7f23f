"""Dialogflow CX agents (JSON package): intents that a flow answers with a fixed text become articles. Pure.

The text may be the route's own or that of a page which asks nothing. Everything else that the agent does
(pages with forms, routes on conditions, generators, webhooks) is counted; nothing of a webhook is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.dialogflow_cx_routes import Route, answers, routes_of, why_not
from knowledge.importers.dialogflow_rich import blanks_in
from knowledge.importers.entries import look
from knowledge.importers.pairs import Pair, as_found
from knowledge.loaders.base import Found, Place, Refusal, Refused
from untrusted.folders import Ids, folder, inside, real, relative, stem
from untrusted.shapes import mapping, mappings, text

THEIRS = re.compile(
    r"agent\.json$|(intents|entityTypes|flows|webhooks|generators|generativeSettings|playbooks|tools|testCases|"
    r"examples|securitySettings|environments)/"
)
FLOW = re.compile(r"^flows/(?P<flow>[^/]+)/(?:(?P<kind>pages|transitionRouteGroups)/)?[^/]+\.json$")
PHRASES = re.compile(r"^intents/(?P<intent>[^/]+)/trainingPhrases/(?P<language>[\w-]+)\.json$")
INTENT = re.compile(r"^intents/[^/]+/[^/]+\.json$")
# What is counted, by the folder it stands in.
LEFT = {
    "webhooks": "left_webhooks",
    "generators": "left_prompts",
    "playbooks": "left_prompts",
    "entityTypes": "left_word_lists",
    "testCases": "left_tests",
}


@dataclass
class Agent:
    root: str
    language: str = ""
    intents: dict[str, tuple[str, dict[str, Any]]] = field(
        default_factory=dict
    )  # by folder: file and content
    phrases: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # by folder and language
    flows: dict[str, list[tuple[str, dict[str, Any]]]] = field(
        default_factory=dict
    )  # by folder: kind and content
    routes: dict[str, list[Route]] = field(default_factory=dict)  # by the intent's name


def claim(files: Files) -> set[str]:
    names = real(files.names)
    roots = _roots(files, names)
    theirs = {name for root in roots for name in inside(names, root) if THEIRS.match(relative(name, root))}
    return theirs | {name for name in names if name.lower().endswith(".blob")}


def _roots(files: Files, names: list[str]) -> set[str]:
    agents = {folder(name) for name in names if stem(name) == "agent" and _is_agent(files, name)}
    flows = {folder(name, 3) for name in names if _is_flow(files, name)}
    return agents | flows


def _is_agent(files: Files, name: str) -> bool:
    return name.endswith(".json") and "defaultLanguageCode" in look(files, name).keys


def _is_flow(files: Files, name: str) -> bool:
    if not re.search(r"(^|/)flows/([^/]+)/\2\.json$", name):
        return False
    return bool(look(files, name).keys & {"transitionRoutes", "nluSettings", "eventHandlers"})


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    ids = Ids("dialogflow")
    for name in sorted(name for name in claimed if name.lower().endswith(".blob")):
        yield Refused(Place(name), "choose_json_package")
    for root in sorted(_roots(files, sorted(claimed))):
        agent, names = Agent(root), sorted(inside(claimed, root))
        for name in names:
            if relative(name, root).startswith(("intents/", "flows/", "agent.json")):
                try:
                    _take(agent, name, mapping(files.json(name)))
                except Refusal as refusal:
                    yield Refused.by(refusal, Place(name))
        _join_routes(agent)
        for key in agent.intents:
            yield from _articles(agent, key, ids)
        yield from _left(agent, names)


def _take(agent: Agent, name: str, content: dict[str, Any]) -> None:
    own = relative(name, agent.root)
    if phrases := PHRASES.match(own):
        _take_phrases(agent, phrases, content)
    elif INTENT.match(own):
        agent.intents[own.split("/")[1]] = (name, content)
    elif flow := FLOW.match(own):
        agent.flows.setdefault(flow["flow"], []).append((flow["kind"] or "", content))
    elif own == "agent.json":
        agent.language = text(content.get("defaultLanguageCode"))


def _take_phrases(agent: Agent, where: re.Match[str], content: dict[str, Any]) -> None:
    said = [
        "".join(part["text"] for part in mappings(phrase.get("parts")) if isinstance(part.get("text"), str))
        for phrase in mappings(content.get("trainingPhrases"))
    ]
    agent.phrases.setdefault(where["intent"], {})[where["language"]] = said


def _join_routes(agent: Agent) -> None:
    for flow, parts in agent.flows.items():
        pages = {text(content.get("displayName")): content for kind, content in parts if kind == "pages"}
        for kind, content in parts:
            page = text(content.get("displayName")) if kind == "pages" else ""
            for route in routes_of(flow, page, content, pages):
                agent.routes.setdefault(route.intent, []).append(route)


def _articles(agent: Agent, key: str, ids: Ids) -> Iterator[Found]:
    file, intent = agent.intents[key]
    name = text(intent.get("displayName")) or key
    place = Place(file, name=name[:120])
    if intent.get("isFallback") is True:
        yield Refused(place, "left_fallback", {"name": name[:120]})
        return
    route, code = _best_route(agent, name)
    told = answers(route, agent.language) if route and not code else {}
    for language in told or {agent.language: ""}:
        answer = told.get(language, "")
        pair = Pair(
            id=ids.of(name, language, agent.root),
            name=name,
            place=place,
            questions=_questions(agent.phrases.get(key, {}), language),
            answer=answer,
            language=language,
            category=route.flow if route and route.flow != "Default Start Flow" else "",
            blanks=blanks_in(answer),
        )
        found = as_found(pair)
        if code and isinstance(found, Refused) and found.code == "without_answer":
            found = Refused(place, code, {"name": name[:120], "action": "webhook"})
        yield found


def _questions(phrases: dict[str, list[str]], language: str) -> list[str]:
    base = language.split("-")[0]
    return phrases.get(language) or next(
        (said for of, said in phrases.items() if of.split("-")[0] == base), []
    )


def _best_route(agent: Agent, intent: str) -> tuple[Route | None, str]:
    """The first route that simply answers; else the first of all with the reason why it does not."""
    judged = [(route, why_not(route)) for route in agent.routes.get(intent, [])]
    return min(judged, key=lambda one: one[1] != "", default=(None, ""))


def _left(agent: Agent, names: list[str]) -> Iterator[Refused]:
    counts: Counter[tuple[str, str]] = Counter()
    for name in names:
        kind, _, rest = relative(name, agent.root).partition("/")
        if kind in LEFT and (rest.count("/") == 0 or stem(name) == rest.split("/")[0]):
            counts[LEFT[kind], kind] += 1
    for flow, parts in agent.flows.items():
        counts["left_pages", f"flows/{flow}"] = sum(kind == "pages" for kind, _ in parts)
        counts["left_routes", f"flows/{flow}"] = sum(map(_conditions, (content for _, content in parts)))
    for (code, place), count in counts.items():
        if count:
            yield Refused(Place(f"{agent.root}/{place}".lstrip("/")), code, {"number": count})
    for name in names:
        if relative(name, agent.root).startswith(("agent.json", "generativeSettings/", "securitySettings/")):
            yield Refused(Place(name), "left_settings")


def _conditions(holder: dict[str, Any]) -> int:
    """Routes that no question opens, but a value."""
    return sum(not text(route.get("intent")) for route in mappings(holder.get("transitionRoutes")))


DIALOGFLOW_CX = Importer("Dialogflow CX", claim, load)
