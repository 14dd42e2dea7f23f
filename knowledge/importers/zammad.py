"""Zammad: the articles of a ticket are a conversation; internal ones and the system's are left out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import entries, json_files, look
from knowledge.importers.talk import Talk, as_found, is_over, role_of, when, words
from knowledge.loaders.base import Found, Place, Refused, Said
from untrusted.shapes import mappings, text, texts

ARTICLE = {"ticket_id", "sender", "body", "internal"}


def claim(files: Files) -> set[str]:
    names = json_files(files)
    sure = {
        name
        for name in names
        if _is_articles(files, name) or look(files, name).has("id", "number", "articles")
    }
    return sure | {name for name in names if sure and _is_tickets(files, name)}


def _is_articles(files: Files, name: str) -> bool:
    return any(look(files, name).has(*ARTICLE, of=of) for of in ("articles", ""))


def _is_tickets(files: Files, name: str) -> bool:
    return any(look(files, name).has("id", "number", "title", "state_id", of=of) for of in ("tickets", ""))


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    articles: dict[str, tuple[Place, list[dict[str, Any]]]] = {}
    tickets: dict[str, dict[str, Any]] = {}
    for name in sorted(claimed):
        for one in entries(files, name, "articles", "tickets"):
            if isinstance(one, Refused):
                yield one
            elif "ticket_id" in one[1]:
                articles.setdefault(text(one[1].get("ticket_id")), (one[0], []))[1].append(one[1])
            else:
                tickets[text(one[1].get("id"))] = one[1]
                if inner := mappings(one[1].get("articles")):
                    articles.setdefault(text(one[1].get("id")), (one[0], []))[1].extend(inner)
    for key, (place, found) in articles.items():
        yield from as_found(_talk(place, key, found, tickets.get(key, {})))


def _talk(place: Place, key: str, articles: list[dict[str, Any]], ticket: dict[str, Any]) -> Talk:
    return Talk(
        place,
        f"zammad:{key}",
        [_said(article) for article in articles if article.get("internal") is not True],
        resolved=is_over(ticket.get("state")),
        tags=tuple(texts(ticket.get("tags"))),
    )


def _said(article: dict[str, Any]) -> Said:
    role = role_of(article.get("sender"))
    return Said("" if role == "system" else role, words(article.get("body")), when(article.get("created_at")))


ZAMMAD = Importer("Zammad", claim, load)
