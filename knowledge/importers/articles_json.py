"""Articles or questions and answers in a plain JSON file of nobody's in particular. Pure.

It may be a list, an object with one, one list for each category, or a page's FAQ as search engines want it
(schema.org). An article without an id is known by its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import Keys, entries, look
from knowledge.loaders.base import Found, Place, Record, Refusal, Refused
from untrusted.folders import real, stem
from untrusted.shapes import first_text, mapping, mappings, text, texts, web_address, within

LISTS = (
    "documents",
    "articles",
    "items",
    "faqs",
    "faq",
    "data",
    "questions",
    "entries",
    "results",
    "mainEntity",
)
TITLE = ("title", "question", "name", "q", "titre", "heading", "subject")
BODY = ("body", "answer", "content", "text", "a", "reponse", "réponse", "html", "markdown")
IDS = ("id", "external_id", "uid", "slug")
LANGUAGE = ("lang", "language", "locale", "langue")
CATEGORY = ("category", "section", "topic", "categorie", "catégorie", "theme", "group")
MORE = ("questions", "alternatives", "variations", "alternative_questions", "variantes")
KEYWORDS = ("keywords", "tags", "labels", "mots_cles")
ADDRESS = ("url", "html_url", "link", "permalink", "lien")
HTML = re.compile(r"<(p|br|ul|ol|li|div|h[1-6]|a|strong|b|em|table|span|img)\b[^<>]*>", re.IGNORECASE)


def claim(files: Files) -> set[str]:
    names = [name for name in real(files.names) if name.lower().endswith(".json")]
    return {name for name in names if not look(files, name).lines and _lists(files, name)}


def _lists(files: Files, name: str) -> list[str]:
    """The lists of a file that hold articles: the file itself, a named one, or one for each category."""
    seen = look(files, name)
    if not seen.keys and _are_articles(seen.lists.get("", frozenset())):
        return [""]
    named = [of for of in LISTS if _are_articles(seen.lists.get(of, frozenset()))]
    if named:
        return named[:1]
    # Other lists count only where the file holds nothing else.
    categories = [of for of in seen.lists if of and _are_articles(seen.lists[of])]
    return categories if len(categories) == len(seen.keys) else []


def _are_articles(keys: Keys) -> bool:
    return bool(keys & set(TITLE)) and bool(keys & {*BODY, "acceptedAnswer"})


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    for name in sorted(claimed):
        try:
            top = mapping(files.json(name))
        except Refusal as refusal:
            yield Refused.by(refusal, Place(name))
            continue
        for of in _lists(files, name):
            category = of if of and of not in LISTS else ""
            for one in entries(files, name, of):
                yield one if isinstance(one, Refused) else _record(*one, top, category)


def _record(place: Place, entry: dict[str, Any], top: dict[str, Any], category: str) -> Record:
    title = first_text(entry, TITLE)
    body = first_text(entry, BODY) or text(within(entry, "acceptedAnswer", "text"))
    fields = {
        "id": first_text(entry, IDS) or f"{stem(place.file)}:{sha256(title.encode()).hexdigest()[:12]}",
        "title": title,
        "body": body,
        "format": text(entry.get("format")) or ("html" if HTML.search(body) else "markdown"),
        "lang": first_text(entry, LANGUAGE) or first_text(top, (*LANGUAGE, "inLanguage")),
        "description": first_text(entry, ("description", "summary", "excerpt")),
        "category": _named(entry, CATEGORY) or category,
        "keywords": _listed(entry, KEYWORDS),
        "questions": _listed(entry, MORE),
        "url": web_address(first_text(entry, ADDRESS)),
        "audience": _audience(entry),
        "status": "draft" if _is_draft(entry) else "",
    }
    named = Place(place.file, place.part, place.number, title[:120])
    return Record(named, {name: value for name, value in fields.items() if value})


def _named(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    """A text, or the name of the object that stands for it."""
    inner = (mapping(entry.get(name)) for name in names)
    return first_text(entry, names) or next(
        (said for said in (first_text(one, TITLE) for one in inner) if said), ""
    )


def _listed(entry: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    for name in names:
        value = entry.get(name)
        found = texts(value.split("|") if isinstance(value, str) and "|" in value else value)
        found = found or [first_text(one, TITLE) for one in mappings(value)]
        if found:
            return [said for said in found if said]
    return []


def _audience(entry: dict[str, Any]) -> str:
    """Restricted where it says so in any way that is known."""
    said = first_text(entry, ("audience", "visibility", "access")).lower()
    if said in {"staff", "internal", "private", "agents", "interne"} or entry.get("internal") is True:
        return "staff"
    return "verified" if said in {"verified", "signed_in", "customers", "members", "clients"} else "everyone"


def _is_draft(entry: dict[str, Any]) -> bool:
    said = first_text(entry, ("status", "state", "statut")).lower()
    return (
        said in {"draft", "brouillon", "archived"}
        or entry.get("draft") is True
        or entry.get("published") is False
    )


ARTICLES_JSON = Importer("Articles (JSON)", claim, load)
