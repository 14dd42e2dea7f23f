"""The help centre's first page: articles by category, or what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.chunking import plain_text
from knowledge.models import Document
from knowledge.search import Query, search

EXCERPT = 220  # characters
MOST = 10


@dataclass(frozen=True)
class Shelf:
    """A category and its articles; `open` ones are few enough to be shown at once."""

    name: str
    articles: list[Document]


@dataclass(frozen=True)
class Hit:
    title: str
    heading: str
    url: str
    language: str
    excerpt: str


def shelves(articles: QuerySet[Document]) -> list[Shelf]:
    """Articles by category, those without one at the end."""
    light = articles.select_related("category").defer("body").order_by("category__name", "title")
    groups = [
        Shelf(category.name if category else "", list(group))
        for category, group in groupby(light, key=lambda article: article.category)
    ]
    named = [shelf for shelf in groups if shelf.name]
    rest = [shelf for shelf in groups if not shelf.name]
    title = _("More articles") if named else _("Articles")
    return named + [Shelf(title, shelf.articles) for shelf in rest]


@dataclass(frozen=True)
class Hits:
    """What was found for `question`: what was typed, or what was meant where slips were mended."""

    question: str
    articles: list[Hit]


def search_help(question: str, *, language: str) -> Hits:
    """The best passage of each of the best articles. Only what everyone may read."""
    hits: dict[int, Hit] = {}
    results = search(Query(question, language=language), limit=3 * MOST)
    for passage in results.passages:
        hit = Hit(
            title=passage.title,
            heading=" › ".join(passage.heading_path),
            url=passage.url,
            language=passage.language,
            excerpt=_excerpt(plain_text(passage.text)),
        )
        hits.setdefault(passage.document_id, hit)
    return Hits(results.read_as or question, list(hits.values())[:MOST])


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"
