"""An article as its public page shows it: anchors as citations use them, links between articles resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import join, normpath
from urllib.parse import unquote, urljoin

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from accounts.models import Role, User
from chatbot.markdown import render_article
from knowledge.chunking import anchor_slug, plain_text, same_words
from knowledge.merging import lines_of
from knowledge.models import Document

CONTENTS_FROM = 4  # headings; a shorter article needs no list of contents


@dataclass(frozen=True)
class Entry:
    anchor: str
    text: str


@dataclass(frozen=True)
class Page:
    """`top` is the anchor of the title, where the text's own first heading repeats it."""

    html: SafeString
    contents: list[Entry]
    top: str = ""


def readable_by(user: object) -> QuerySet[Document]:
    """The documents a person may open. Everybody who is not staff sees what is published for everyone."""
    if not isinstance(user, User) or not user.is_active:
        return Document.objects.public()
    return Document.objects.all() if user.may(Role.EDITOR) else Document.objects.published()


def build_page(
    document: Document, *, readable: QuerySet[Document], cited: tuple[int, int] | None = None
) -> Page:
    """`cited`: where the words stand that an answer rests on; they are marked."""
    return render_body(document.title, document.body, links=Links(document, readable), cited=cited)


def render_body(
    title: str, body: str, *, links: Links | None = None, cited: tuple[int, int] | None = None
) -> Page:
    headings = Headings(title)
    lines = (_line_at(body, cited[0]), _line_at(body, cited[1] - 1) + 1) if cited else None
    html = render_article(body, heading=headings, link=links, cited=lines)
    contents = headings.entries if len(headings.entries) >= CONTENTS_FROM else []
    return Page(html, contents, headings.top)


def _line_at(body: str, place: int) -> int:
    return len(lines_of(body[: place + 1])) - 1


@dataclass
class Headings:
    """Names the headings of a page in their order, as knowledge/chunking.py does for passages."""

    title: str
    seen: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    top: str = ""

    def __call__(self, text: str, level: int) -> str | None:
        plain = plain_text(text)
        anchor = anchor_slug(plain, self.seen)
        if level == 1 and not self.top and same_words(plain, self.title):
            self.top = anchor
            return None
        if level <= 2:
            self.entries.append(Entry(anchor, plain))
        return anchor


class Links:
    """Where a relative link of an article leads: another article of its source, or the original site."""

    def __init__(self, document: Document, readable: QuerySet[Document]) -> None:
        self.document, self.readable = document, readable

    def __call__(self, href: str) -> str | None:
        if href.startswith("/help/"):
            return href
        target, hash_mark, fragment = href.partition("#")
        if found := self._find(unquote(target)):
            return f"{found.get_absolute_url()}{hash_mark}{fragment}"
        return urljoin(self.document.url, href) if self.document.url else None

    def _find(self, target: str) -> Document | None:
        path = normpath(join(PurePosixPath(self.document.path).parent.as_posix(), target))
        name = PurePosixPath(target).name.removesuffix(".md").removesuffix(".html")
        same = Q(external_id=name) | Q(external_id=path.removesuffix(".md"))
        found = self.readable.filter(same | (Q(path=path) & ~Q(path="")), source=self.document.source_id)
        choice = sorted(found[:10], key=lambda other: (other.path != path, other.language != self._language))
        return choice[0] if choice else None

    @property
    def _language(self) -> str:
        return self.document.language


def translations_of(document: Document, *, readable: QuerySet[Document]) -> QuerySet[Document]:
    """The same article in other languages."""
    others = readable.filter(source=document.source_id, external_id=document.external_id)
    return others.exclude(pk=document.pk).exclude(external_id="").order_by("language")


def neighbours_of(document: Document, *, readable: QuerySet[Document], most: int = 5) -> list[Document]:
    """Other articles of the same category."""
    if document.category_id is None:
        return []
    return list(
        readable.filter(category=document.category_id, language=document.language).exclude(pk=document.pk)[
            :most
        ]
    )
