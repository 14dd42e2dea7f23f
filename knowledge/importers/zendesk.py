"""Zendesk: help centre articles with their sections and translations, and tickets with their comments. Pure.

An article that only some may read is for verified customers here, or for staff when its segment says so:
restricting is the safe side, and a person can widen it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import Entry, Look, entries, json_files, look, objects
from knowledge.importers.zendesk_tickets import comment_files, is_tickets, load_tickets, user_roles
from knowledge.loaders.base import Found, Place, Record, Refused
from untrusted.shapes import first_text, mapping, text, texts, web_address, within

# The keys of a list's entries that make it Zendesk's.
ARTICLE = (
    {"body", "section_id"},
    {"body", "permission_group_id"},
    {"body", "user_segment_id"},
    {"body", "source_locale"},
)
NAMED = {"sections": {"id", "name"}, "categories": {"id", "name"}, "user_segments": {"id", "user_type"}}
TRANSLATIONS = {"source_id", "source_type", "locale"}


@dataclass
class Centre:
    """The names of sections and categories, and who may read, by their ids."""

    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    categories: dict[str, dict[str, Any]] = field(default_factory=dict)
    user_segments: dict[str, dict[str, Any]] = field(default_factory=dict)


def claim(files: Files) -> set[str]:
    names = json_files(files)
    sure = {name for name in names if is_articles(look(files, name)) or is_tickets(look(files, name))}
    if not sure:
        return set()
    return sure | comment_files(files, names) | {name for name in names if _is_aside(look(files, name))}


def is_articles(seen: Look) -> bool:
    return any(seen.has(*keys, of=name) for name in ("articles", "") for keys in ARTICLE) or (
        "article" in seen.keys and len(seen.keys) == 1
    )


def _is_aside(seen: Look) -> bool:
    """Sections, categories, segments, translations, users: what articles and tickets refer to."""
    named = any(seen.has(*keys, of=name) for name, keys in NAMED.items())
    return named or seen.has(*TRANSLATIONS, of="translations") or seen.has("id", "role", of="users")


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    names = sorted(claimed)
    centre = _centre(files, names)
    originals: dict[str, dict[str, Any]] = {}
    for name in names:
        if is_articles(look(files, name)):
            for one in entries(files, name, "articles"):
                yield from _article(one, centre, originals)
    for name in names:
        if look(files, name).has(*TRANSLATIONS, of="translations"):
            for one in entries(files, name, "translations"):
                yield from _translation(one, centre, originals)
    yield from load_tickets(files, names, user_roles(files, names))


def _centre(files: Files, names: list[str]) -> Centre:
    centre = Centre()
    for name in names:
        for kind, keys in NAMED.items():
            if look(files, name).has(*keys, of=kind):
                known = getattr(centre, kind)
                known.update({text(one.get("id")): one for _, one in objects(entries(files, name, kind))})
    return centre


def _article(one: Entry | Refused, centre: Centre, originals: dict[str, dict[str, Any]]) -> Iterator[Found]:
    if isinstance(one, Refused):
        yield one
        return
    place, article = one[0], mapping(one[1].get("article")) or one[1]
    originals[text(article.get("id"))] = article
    yield Record(_called(place, article), _fields(article, centre))


def _translation(
    one: Entry | Refused, centre: Centre, originals: dict[str, dict[str, Any]]
) -> Iterator[Found]:
    """A translation has the text; who may read it and where it belongs, its article knows."""
    if isinstance(one, Refused):
        yield one
        return
    place, translation = one
    article = originals.get(text(translation.get("source_id")))
    if text(translation.get("source_type")).lower() != "article" or article is None:
        yield Refused(place, "no_article")
    elif translation.get("locale") != article.get("locale"):
        told = {key: translation.get(key) for key in ("title", "body", "locale", "html_url", "draft")}
        yield Record(_called(place, translation), _fields({**article, **told}, centre))


def _called(place: Place, article: dict[str, Any]) -> Place:
    return Place(place.file, place.part, place.number, first_text(article, ("title", "name"))[:120])


def _fields(article: dict[str, Any], centre: Centre) -> dict[str, Any]:
    fields = {
        "id": f"zendesk:{text(article.get('id'))}" if text(article.get("id")) else "",
        "title": first_text(article, ("title", "name")),
        "body": text(article.get("body")),
        "format": "html",
        "lang": first_text(article, ("locale", "source_locale")),
        "category": _category(article, centre),
        "keywords": texts(article.get("label_names")),
        "url": web_address(article.get("html_url")),
        "audience": _audience(article, centre),
        "status": "draft" if article.get("draft") is True else "",
    }
    return {name: value for name, value in fields.items() if value}


def _category(article: dict[str, Any], centre: Centre) -> str:
    section = centre.sections.get(text(article.get("section_id")), {})
    category = centre.categories.get(text(section.get("category_id")), {})
    return text(section.get("name")) or text(category.get("name")) or text(within(article, "section", "name"))


def _audience(article: dict[str, Any], centre: Centre) -> str:
    segment = article.get("user_segment_id")
    if segment is None and not article.get("user_segment_ids"):
        return "everyone"
    kind = text(centre.user_segments.get(text(segment), {}).get("user_type"))
    return "staff" if kind == "staff" else "verified"


ZENDESK = Importer("Zendesk", claim, load)
