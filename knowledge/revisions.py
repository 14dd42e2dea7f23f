"""Every text a document has had: taken at each save, compared, brought back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.merging import Content, Wording
from knowledge.models import Category, Document, Revision

# What a revision keeps beside title and text.
FIELDS = {
    "description": _("Description"),
    "category": _("Category"),
    "questions": _("Questions"),
    "keywords": _("Keywords"),
    "audience": _("Audience"),
    "url": _("Original address"),
}
CONTEXT = 3


def take(
    document: Document, *, author: User | None, imported: bool = False, approved_by: User | None = None
) -> Revision | None:
    """Keep the document as it is now; None when nothing changed since the last revision."""
    if not has_changed(document):
        return None
    last, now = document.revisions.first(), content_of(document)
    return Revision.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        title=now.title,
        body=now.body,
        fields=now.fields,
        author=author,
        imported=imported,
        approved_by=approved_by,
    )


def has_changed(document: Document) -> bool:
    """Whether it says something else than its newest revision, or has none yet."""
    last, now = document.revisions.first(), content_of(document)
    return last is None or (last.title, last.body, last.fields) != (now.title, now.body, now.fields)


def content_of(document: Document) -> Content:
    return Content(document.title, document.body, _fields_of(document))


def _fields_of(document: Document) -> dict[str, Any]:
    asked = {"questions": list(document.questions)} if document.questions else {}
    return asked | {
        "description": document.description,
        "category": document.category.name if document.category else "",
        "keywords": list(document.keywords),
        "audience": document.audience,
        "url": document.url,
    }


def put_back(document: Document, revision: Wording) -> None:
    """Set the document's content to what was kept or proposed; the caller saves."""
    document.title, document.body = revision.title, revision.body
    document.questions = revision.fields.get("questions", [])
    for name in FIELDS:
        if name in revision.fields and name != "category":
            setattr(document, name, revision.fields[name])
    if name := revision.fields.get("category", ""):
        document.category = Category.objects.get_or_create(name=name, language=document.language)[0]
    else:
        document.category = None


@dataclass(frozen=True)
class Part:
    """A run of words in a compared line."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class DiffLine:
    kind: Literal["same", "added", "removed", "skipped"]
    parts: tuple[Part, ...] = ()


def compare_fields(old: Wording | None, new: Wording) -> list[tuple[str, str, str]]:
    """What changed beside the text: label, before, after."""
    before = {"title": old.title, **old.fields} if old else {}
    after = {"title": new.title, **new.fields}
    labels = {"title": _("Title"), **FIELDS}
    rows = [(name, _words(before.get(name)), _words(after.get(name))) for name in labels]
    return [(str(labels[name]), was, now) for name, was, now in rows if was != now]


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    labels: dict[str, Any] = dict(Document.Audience.choices)
    return str(labels.get(value, value or ""))


def compare(old: str, new: str) -> list[DiffLine]:
    """A line by line comparison for people: changed words marked, long equal stretches left out."""
    before, after = old.splitlines(), new.splitlines()
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    lines: list[DiffLine] = []
    reached = 0
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if lines or group[0][1] > 0:
            lines.append(DiffLine("skipped"))
        for tag, a, b, c, d in group:
            lines.extend(_compare_stretch(tag, before[a:b], after[c:d]))
            reached = b
    return [*lines, DiffLine("skipped")] if lines and reached < len(before) else lines


def _compare_stretch(tag: str, before: list[str], after: list[str]) -> Iterator[DiffLine]:
    if tag == "equal":
        yield from (DiffLine("same", (Part(line),)) for line in before)
        return
    pairs = [_compare_words(a, b) for a, b in zip(before, after, strict=False)]
    removed = [pair[0] for pair in pairs] + [(Part(line, True),) for line in before[len(pairs) :]]
    added = [pair[1] for pair in pairs] + [(Part(line, True),) for line in after[len(pairs) :]]
    yield from (DiffLine("removed", parts) for parts in removed)
    yield from (DiffLine("added", parts) for parts in added)


def _compare_words(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    before, after = _split(old), _split(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < 0.4:  # another sentence altogether: marking single words would only confuse
        return (Part(old, True),), (Part(new, True),)
    was, now = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        was.append(Part("".join(before[a:b]), tag != "equal"))
        now.append(Part("".join(after[c:d]), tag != "equal"))
    return _full(was), _full(now)


def _split(line: str) -> list[str]:
    return [part for word in line.split(" ") for part in (word, " ")][:-1]


def _full(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.text)
