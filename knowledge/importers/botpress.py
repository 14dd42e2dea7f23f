"""Botpress 12 bots: their questions and answers become articles; what flows say is counted. Pure.

A bot is a folder (`bot.config.json`, `qna/`, `content-elements/`), or the questions' own export (`qnas` in
one JSON file). Of Botpress Cloud only the JSON inside a bot is known: it holds flows, no questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.botpress_content import Contents, blanks_in, read_contents
from knowledge.importers.entries import Entry, entries, json_files, look
from knowledge.importers.pairs import Pair, as_found, fullest
from knowledge.loaders.base import Found, Place, Refusal, Refused
from untrusted.folders import Ids, folder, inside, nearest, real, relative, stem
from untrusted.shapes import mapping, mappings, text, texts, within

QNA = re.compile(r"(^|/)qna/[^/]+\.json$")
THEIRS = re.compile(
    r"(bot\.config|skill-choice|revisions)\.json$|"
    r"(qna|content-elements|flows|intents|entities|media|models|actions|hooks|libraries|config)/"
)
# What is counted, by the folder it stands in.
LEFT = {
    "flows": "left_flows",
    "entities": "left_word_lists",
    "intents": "left_intents",
    "actions": "left_programs",
}


def claim(files: Files) -> set[str]:
    names = real(files.names)
    bots = {
        name
        for root in _roots(files, names)
        for name in inside(names, root)
        if THEIRS.match(relative(name, root))
    }
    alone = {name for name in json_files(files) if _is_questions(files, name) or _is_cloud(files, name)}
    return bots | alone | {name for name in names if name.lower().endswith(".bpz")}


def _roots(files: Files, names: list[str]) -> set[str]:
    bots = {folder(name) for name in names if name.rsplit("/", 1)[-1] == "bot.config.json"}
    asked = {
        folder(name, 2) for name in names if QNA.search(name) and look(files, name).keys >= {"id", "data"}
    }
    return bots | asked


def _is_questions(files: Files, name: str) -> bool:
    return look(files, name).has("id", "data", of="qnas")


def _is_cloud(files: Files, name: str) -> bool:
    seen = look(files, name)
    return seen.has("nodes", "links", of="flows") or (
        seen.has("nodes", of="flows") and "settings" in seen.keys
    )


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    ids, names = Ids("botpress"), sorted(claimed)
    for name in (name for name in names if name.lower().endswith(".bpz")):
        yield Refused(Place(name), "botpress_cloud")
    roots = sorted(_roots(files, names))
    for root in roots:
        own = [name for name in names if nearest(name, roots) == root and THEIRS.match(relative(name, root))]
        yield from _load_bot(files, root, own, ids)
    for name in names:
        if name.lower().endswith(".json") and _is_questions(files, name):
            yield from _load_questions(files, name, ids)
        elif name.lower().endswith(".json") and _is_cloud(files, name):
            yield from _load_cloud(files, name)


def _load_bot(files: Files, root: str, names: list[str], ids: Ids) -> Iterator[Found]:
    elements = [name for name in names if relative(name, root).startswith("content-elements/")]
    contents = read_contents(entry for name in elements for entry in entries(files, name))
    for name in names:
        if relative(name, root).startswith("qna/"):
            yield from _load_entries(entries(files, name, "qnas"), contents, root, ids)
    yield from contents.refused
    if contents.unused():
        yield Refused(Place(folder(elements[0])), "left_answers", {"number": contents.unused()})
    counts: Counter[str] = Counter()
    for name in names:
        kind = relative(name, root).split("/")[0]
        counts[kind] += (
            kind in LEFT and not name.endswith(".ui.json") and not stem(name).startswith("__qna__")
        )
        if name.endswith("bot.config.json"):
            yield Refused(Place(name), "left_settings")
    for kind, count in counts.items():
        if count:
            yield Refused(Place(f"{root}/{kind}".lstrip("/")), LEFT[kind], {"number": count})


def _load_questions(files: Files, name: str, ids: Ids) -> Iterator[Found]:
    contents = read_contents(entries(files, name, "content"))
    yield from _load_entries(entries(files, name, "qnas"), contents, folder(name), ids)


def _load_entries(
    found: Iterator[Entry | Refused], contents: Contents, root: str, ids: Ids
) -> Iterator[Found]:
    for one in found:
        if isinstance(one, Refused):
            yield one
        else:
            yield from _articles(*one, contents, root, ids)


def _articles(
    place: Place, entry: dict[str, Any], contents: Contents, root: str, ids: Ids
) -> Iterator[Found]:
    data = mapping(entry.get("data"))
    key = text(entry.get("id")) or place.file
    named = Place(place.file, place.part, place.number, key[:120])
    if text(data.get("action")) == "redirect":
        yield Refused(named, "left_for_flows", {"name": key[:120]})
        return
    questions, answers = mapping(data.get("questions")), mapping(data.get("answers"))
    for language in questions or {"": []}:
        answer = fullest(contents.text(said, language) for said in texts(answers.get(language)))
        answer = answer or contents.form(within(data, "contentAnswers", language), language)
        yield as_found(
            Pair(
                id=ids.of(key, language, root),
                name=key,
                place=named,
                questions=texts(questions.get(language)),
                answer=answer,
                language=language,
                category=_category(data),
                blanks=blanks_in(answer),
                draft=data.get("enabled") is False,
            )
        )


def _category(data: dict[str, Any]) -> str:
    named = [text(data.get("category")), *texts(data.get("contexts"))]
    return next((name.replace("_", " ").capitalize() for name in named if name and name != "global"), "")


def _load_cloud(files: Files, name: str) -> Iterator[Refused]:
    try:
        flows = mappings(mapping(files.json(name)).get("flows"))
    except Refusal as refusal:
        yield Refused.by(refusal, Place(name))
        return
    steps = [
        step
        for flow in flows
        for node in mappings(flow.get("nodes"))
        for step in mappings(node.get("instructions"))
    ]
    yield Refused(Place(name), "left_flows", {"number": len(flows)})
    said = sum(text(step.get("type")) == "content" for step in steps)
    if said:
        yield Refused(Place(name), "left_answers", {"number": said})


BOTPRESS = Importer("Botpress", claim, load)
