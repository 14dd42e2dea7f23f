"""Chatwoot: help centre articles, and conversations with their messages. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import Look, entries, json_files, look
from knowledge.importers.talk import Talk, as_found, is_over, role_of, score, when, words
from knowledge.loaders.base import Found, Place, Record, Refusal, Refused, Said
from untrusted.shapes import (
    first_text,
    mapping,
    mappings,
    sequence,
    text,
    texts,
    web_address,
    within,
)

LISTS = ("payload", "articles", "conversations", "messages")
ARTICLES = ({"content", "portal_id"}, {"content", "slug", "portal"}, {"content", "slug", "account_id"})
CONVERSATIONS = ({"messages", "inbox_id"}, {"messages", "contact_last_seen_at"})
MESSAGES = (
    {"content", "message_type", "conversation_id"},
    {"content", "message_type", "content_type", "private"},
)
INCOMING, OUTGOING, TEMPLATE = {"0", "incoming"}, {"1", "outgoing"}, {"3", "template"}


def claim(files: Files) -> set[str]:
    return {name for name in json_files(files) if _is(files, name, ARTICLES + CONVERSATIONS + MESSAGES)}


def _is(files: Files, name: str, kinds: tuple[set[str], ...]) -> bool:
    seen = _inner(files, name)
    return any(seen.has(*keys, of=of) for of in (*LISTS, "") for keys in kinds)


def _inner(files: Files, name: str) -> Look:
    """The look of a file, or of the "data" that the API wraps conversations in."""
    seen = look(files, name)
    if seen.keys != {"data"}:
        return seen
    inner = mapping(mapping(files.json(name)).get("data"))
    lists = {key: frozenset(k for one in mappings(value)[:5] for k in one) for key, value in inner.items()}
    return Look(frozenset(inner), lists)


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    loose: dict[str, tuple[Place, list[dict[str, Any]]]] = {}
    for name in sorted(claimed):
        locale = _locale(files, name)
        for one in _entries(files, name):
            if isinstance(one, Refused):
                yield one
            elif "message_type" in one[1]:
                key = text(one[1].get("conversation_id"))
                loose.setdefault(key, (one[0], []))[1].append(one[1])
            elif "messages" in one[1]:
                yield from as_found(_talk(one[0], one[1], mappings(one[1].get("messages"))))
            else:
                yield _article(*one, locale)
    for key, (place, messages) in loose.items():
        yield from as_found(_talk(place, {"id": key}, messages))


def _entries(files: Files, name: str) -> Iterator[tuple[Place, dict[str, Any]] | Refused]:
    if look(files, name).keys != {"data"}:
        yield from entries(files, name, *LISTS)
        return
    payload = sequence(within(files.json(name), "data", "payload"))
    for number, entry in enumerate(payload, 1):
        place = Place(name, "entry", number)
        yield (place, entry) if isinstance(entry, dict) else Refused(place, "no_object")


def _locale(files: Files, name: str) -> str:
    """That of a page of articles, which each of them leaves out."""
    try:
        return "" if look(files, name).lines else text(within(files.json(name), "meta", "locale"))
    except Refusal:
        return ""


def _article(place: Place, article: dict[str, Any], locale: str) -> Record:
    number = text(article.get("id"))
    fields = {
        "id": f"chatwoot:{number}" if number else "",
        "title": text(article.get("title")),
        "body": text(article.get("content")),
        "format": "markdown",
        "lang": text(article.get("locale")) or text(within(article, "category", "locale")) or locale,
        "description": text(article.get("description")),
        "category": text(within(article, "category", "name")),
        "keywords": texts(within(article, "meta", "tags")),
        "url": web_address(first_text(article, ("url", "link"))),
        "audience": "everyone",
        # What was put away is not to be shown again unasked.
        "status": "" if text(article.get("status")) in ("published", "1", "") else "draft",
    }
    named = Place(place.file, place.part, place.number, text(article.get("title"))[:120])
    return Record(named, {name: value for name, value in fields.items() if value})


def _talk(place: Place, conversation: dict[str, Any], messages: list[dict[str, Any]]) -> Talk:
    ratings = [score(within(message, *RATING)) for message in messages]
    return Talk(
        place,
        f"chatwoot:{first_text(conversation, ('id', 'display_id'))}",
        [_said(message) for message in messages if message.get("private") is not True],
        language=text(within(conversation, "additional_attributes", "browser_language")),
        resolved=is_over(conversation.get("status")),
        satisfaction=next((rating for rating in reversed(ratings) if rating), None),
        tags=tuple(texts(conversation.get("labels"))),
    )


RATING = ("content_attributes", "submitted_values", "csat_survey_response", "rating")


def _said(message: dict[str, Any]) -> Said:
    kind = text(message.get("message_type"))
    sender = first_text(message, ("sender_type",)) or text(within(message, "sender", "type"))
    role = "customer" if kind in INCOMING else "bot" if kind in TEMPLATE else ""
    if kind in OUTGOING:
        # A user of Chatwoot is one of the team.
        role = "bot" if role_of(sender) == "bot" else "agent"
    if text(message.get("content_type")) == "input_csat":
        role = ""
    return Said(role, words(message.get("content")), when(message.get("created_at")))


CHATWOOT = Importer("Chatwoot", claim, load)
