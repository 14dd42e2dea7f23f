"""Intercom: articles in each of their languages, and conversations. Pure.

The translations of an article share its id. Notes, assignments and what was redacted are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import Look, entries, json_files, look, objects
from knowledge.importers.talk import Talk, as_found, is_over, role_of, score, when, words
from knowledge.loaders.base import Found, Place, Record, Refused, Said
from untrusted.shapes import mapping, mappings, text, web_address, within

LISTS = ("data", "articles", "conversations")
# The keys of entries that make them Intercom's.
ARTICLES = ({"body", "translated_content"}, {"body", "default_locale"}, {"body", "parent_type", "author_id"})
CONVERSATIONS = ({"source", "conversation_parts"}, {"source", "statistics", "state"})


def claim(files: Files) -> set[str]:
    names = json_files(files)
    sure = {name for name in names if _is(look(files, name), ARTICLES + CONVERSATIONS)}
    return sure | {name for name in names if sure and _is_collections(files, name)}


def _is(seen: Look, kinds: tuple[set[str], ...]) -> bool:
    return any(seen.has(*keys, of=name) for name in (*LISTS, "") for keys in kinds)


def _is_collections(files: Files, name: str) -> bool:
    """What articles stand in; other lists of names look the same from outside."""
    if not any(look(files, name).has("id", "name", "type", of=of) for of in ("data", "collections", "")):
        return False
    first = next(objects(entries(files, name, "data", "collections")), None)
    return first is not None and text(first[1].get("type")) in {"collection", "section"}


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    names = sorted(claimed)
    collections = {
        (text(one.get("id"))): text(one.get("name"))
        for name in names
        if _is_collections(files, name)
        for _, one in objects(entries(files, name, "data", "collections"))
        if text(one.get("type")) in {"collection", "section"}
    }
    for name in names:
        if _is(look(files, name), ARTICLES + CONVERSATIONS):
            for found in entries(files, name, *LISTS):
                yield from [found] if isinstance(found, Refused) else _one(*found, collections)


def _one(place: Place, entry: dict[str, Any], collections: dict[str, str]) -> Iterator[Found]:
    if "source" in entry:
        yield from as_found(_talk(place, entry))
    else:
        yield from _articles(place, entry, collections)


def _articles(place: Place, article: dict[str, Any], collections: dict[str, str]) -> Iterator[Record]:
    usual = text(article.get("default_locale"))
    translations = {
        locale: mapping(content)
        for locale, content in mapping(article.get("translated_content")).items()
        if locale != "type" and mapping(content).get("body")
    }
    for locale, content in {usual: article, **translations}.items():
        fields = _fields({**article, **content}, text(locale), collections)
        yield Record(Place(place.file, place.part, place.number, text(fields.get("title"))[:120]), fields)


def _fields(article: dict[str, Any], locale: str, collections: dict[str, str]) -> dict[str, Any]:
    internal = "internal" in text(article.get("type")) or article.get("audience") == "internal"
    fields = {
        "id": f"intercom:{text(article.get('id'))}" if text(article.get("id")) else "",
        "title": text(article.get("title")),
        "body": text(article.get("body")),
        "format": "html",
        "lang": locale,
        "description": text(article.get("description")),
        "category": collections.get(text(article.get("parent_id")), ""),
        "url": web_address(article.get("url")),
        "audience": "staff" if internal else "everyone",
        "status": "draft" if text(article.get("state")) == "draft" else "",
    }
    return {name: value for name, value in fields.items() if value}


def _talk(place: Place, conversation: dict[str, Any]) -> Talk:
    source = mapping(conversation.get("source"))
    first = {**source, "part_type": "comment", "created_at": conversation.get("created_at")}
    parts = mappings(within(conversation, "conversation_parts", "conversation_parts"))
    return Talk(
        place,
        f"intercom:{text(conversation.get('id'))}",
        [_said(part) for part in [first, *parts] if _is_public(part)],
        language=text(within(conversation, "custom_attributes", "Language")),
        resolved=is_over(conversation.get("state")),
        satisfaction=score(within(conversation, "conversation_rating", "rating")),
        tags=tuple(text(tag.get("name")) for tag in mappings(within(conversation, "tags", "tags"))),
    )


def _is_public(part: dict[str, Any]) -> bool:
    return text(part.get("part_type")) in {"comment", "open", "close"} and part.get("redacted") is not True


def _said(part: dict[str, Any]) -> Said:
    role = role_of(within(part, "author", "type"))
    return Said(role, words(part.get("body")), when(part.get("created_at")))


INTERCOM = Importer("Intercom", claim, load)
