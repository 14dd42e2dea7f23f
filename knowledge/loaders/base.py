"""What every kind of file is turned into, and the one way to say why something is not imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from knowledge.cleaning import clean_line, clean_markdown, html_to_markdown
from knowledge.models import Document
from knowledge.plain import text_to_markdown

MAX_BODY = 400_000  # characters
MAX_ID = 200
FORMATS: dict[str, Callable[[str], str]] = {
    "markdown": clean_markdown,
    "text": text_to_markdown,
    "html": html_to_markdown,
}


class Refusal(Exception):
    """One document, or a whole file, cannot be imported: trying again without changing it is useless."""

    permanent = True


@dataclass(frozen=True)
class RawFile:
    """`name` is the path inside the folder or archive, with forward slashes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Item:
    """A document as an import gives it, checked and cleaned; `where` tells a person where it stood."""

    where: str
    external_id: str
    language: str
    title: str
    body: str
    path: str = ""
    description: str = ""
    category: str = ""
    keywords: list[str] = field(default_factory=list)
    url: str = ""
    audience: str = Document.Audience.EVERYONE
    draft: bool = False

    @property
    def content_hash(self) -> str:
        values = {name: value for name, value in asdict(self).items() if name != "where"}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Refused:
    where: str
    reason: str


Loader = Callable[[RawFile, str], Iterator[Item | Refused]]


def read_item(fields: Mapping[str, Any], *, where: str, language: str, path: str = "") -> Item:
    """Check the fields of one document. `language` is taken when the document names none."""
    external_id, title = _text(fields.get("id")), _text(fields.get("title"))
    if not external_id:
        raise Refusal(_("it has no id"))
    if len(external_id) > MAX_ID:
        raise Refusal(_("its id is longer than %(most)s characters") % {"most": MAX_ID})
    if not title:
        raise Refusal(_("it has no title"))
    return Item(
        where=where,
        external_id=external_id,
        language=_language(_text(fields.get("lang") or fields.get("language")) or language),
        title=title[:300],
        body=_body(fields),
        path=path[:500],
        description=_text(fields.get("description"))[:500],
        category=_text(fields.get("category"))[:120],
        keywords=_keywords(fields.get("keywords")),
        url=_url(_text(fields.get("url"))),
        audience=_audience(_text(fields.get("audience"))),
        draft=_text(fields.get("status")).lower() == "draft",
    )


def _text(value: Any) -> str:
    return clean_line(str(value)) if isinstance(value, str | int | float) else ""


def _language(code: str) -> str:
    known = dict(settings.LANGUAGES)
    if not code:
        raise Refusal(_("it names no language; give one with --lang"))
    short = code.lower().replace("_", "-").split("-")[0]
    if short not in known:
        raise Refusal(
            _("its language “%(code)s” is not one of %(known)s") % {"code": code, "known": ", ".join(known)}
        )
    return short


def _body(fields: Mapping[str, Any]) -> str:
    raw, name = fields.get("body"), _text(fields.get("format")) or "markdown"
    if name not in FORMATS:
        raise Refusal(_("its format “%(name)s” is not text, html or markdown") % {"name": name})
    if not isinstance(raw, str) or not raw.strip():
        raise Refusal(_("it has no text"))
    if len(raw) > MAX_BODY:
        raise Refusal(_("it is longer than %(most)s characters") % {"most": f"{MAX_BODY:,}"})
    body = FORMATS[name](raw)
    if not body:
        raise Refusal(_("nothing readable is left of its text"))
    return body


def _keywords(value: Any) -> list[str]:
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    words = (_text(word)[:60] for word in given)
    return list(dict.fromkeys(word for word in words if word))[:50]


def _audience(value: str) -> str:
    """Another system's audiences ("Professionals") do not say who may read."""
    return value if value in Document.Audience.values else Document.Audience.EVERYONE


def _url(value: str) -> str:
    try:
        web = urlsplit(value).scheme in {"http", "https"}
    except ValueError:
        web = False
    return value if web and len(value) <= 500 else ""
