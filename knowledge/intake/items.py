"""A document as an import brings it, checked: what it must have, and what the rest is made into. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from knowledge.cleaning.visible import clean_line
from knowledge.loaders.base import Place, Record, Refusal

MAX_BODY = 400_000  # characters
MAX_ID = 200
MOST_QUESTIONS = 50
MOST_KEYWORDS = 50
EVERYONE = "everyone"
AUDIENCES = (EVERYONE, "verified", "staff")


@dataclass(frozen=True)
class Item:
    """A document of an import. `questions` are other ways to ask what it answers."""

    place: Place
    external_id: str
    language: str
    title: str
    body: str
    path: str = ""
    description: str = ""
    category: str = ""
    keywords: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    url: str = ""
    audience: str = EVERYONE
    draft: bool = False

    @property
    def content_hash(self) -> str:
        """Of everything but where it stood; what came later to this list counts only when it is there."""
        values = {name: value for name, value in asdict(self).items() if name != "place"}
        if not self.questions:
            del values["questions"]
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def read_item(record: Record, *, audience: str = EVERYONE) -> Item:
    """Check the fields of a record whose text is still to be cleaned; its language may be missing.

    `audience` is that of documents which name none. Raises Refusal.
    """
    fields = record.fields
    external_id, title = text_of(fields.get("id")), text_of(fields.get("title"))
    if not external_id:
        raise Refusal("no_id")
    if len(external_id) > MAX_ID:
        raise Refusal("id_too_long", most=MAX_ID)
    if not title:
        raise Refusal("no_title")
    return Item(
        place=record.place,
        external_id=external_id,
        language=known_language(text_of(fields.get("lang") or fields.get("language"))),
        title=title[:300],
        body=_body(fields),
        path=record.path[:500],
        description=text_of(fields.get("description"))[:500],
        category=text_of(fields.get("category"))[:120],
        keywords=_words(fields.get("keywords"), longest=60)[:MOST_KEYWORDS],
        questions=_words(fields.get("questions"), longest=300)[:MOST_QUESTIONS],
        url=_url(text_of(fields.get("url"))),
        audience=_audience(text_of(fields.get("audience")), audience),
        draft=text_of(fields.get("status")).lower() == "draft",
    )


def text_of(value: Any) -> str:
    return clean_line(str(value)) if isinstance(value, str | int | float) else ""


def known_language(code: str) -> str:
    """The code of one of the installation's languages, "" when none is named. Raises Refusal for others."""
    known = dict(settings.LANGUAGES)
    short = code.lower().replace("_", "-").split("-")[0]
    if short and short not in known:
        raise Refusal("unknown_language", code=code, known=", ".join(known))
    return short


def _body(fields: Mapping[str, Any]) -> str:
    raw = fields.get("body")
    if not isinstance(raw, str) or not raw.strip():
        raise Refusal("no_text")
    if len(raw) > MAX_BODY:
        raise Refusal("too_long", most=f"{MAX_BODY:,}")
    return raw


def _words(value: Any, *, longest: int) -> list[str]:
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    words = (text_of(word)[:longest].strip() for word in given)
    return list(dict.fromkeys(word for word in words if word))


def _audience(value: str, usual: str) -> str:
    """Another system's audiences ("Professionals") do not say who may read."""
    return value if value in AUDIENCES else usual


def _url(value: str) -> str:
    try:
        web = urlsplit(value).scheme in {"http", "https"}
    except ValueError:
        web = False
    return value if web and len(value) <= 500 else ""
