"""A table of questions and answers: each row is an article. Pure.

The id of a row is that of its id column, else made of the question's words: rows change places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from knowledge.loaders.base import Found, Place, Record, Refused
from knowledge.loaders.faq_columns import Columns, find_columns, folded
from knowledge.loaders.naming import id_from_words
from knowledge.loaders.tables import TOP, Row, Table, frame

ASKS = re.compile(
    r".*\?\W*|(?:(?:how|what|when|where|why|who|which|can|could|do|does|is|are|may|should|will|am|did)"
    r"|(?:comment|pourquoi|quand|qui|que|quel(?:le)?s?|où|combien|puis-je|peut-on|est-ce|dois-je|faut-il|qu['’]))\b.*",
    re.IGNORECASE | re.DOTALL,
)
SEPARATORS = re.compile(r"\s*(?:\||\n|;;)\s*")
KEYWORD_SEPARATORS = re.compile(r"\s*[,;|\n]\s*")
ADDRESS = re.compile(r"https?://\S+")
HTML = re.compile(r"<(?:p|br|a|ul|ol|li|div|strong|b|em|span|h[1-6]|table)\b[^>]*>", re.IGNORECASE)
MARKDOWN = re.compile(r"\]\((?:https?:|/|#)|\*\*\S|^#{1,6} \S", re.MULTILINE)
DRAFT = {"draft", "brouillon", "unpublished", "non publie", "hidden", "archived", "archive", "inactive"}
DRAFT |= {"no", "non", "false", "0", "a valider", "a faire", "todo"}
HEADLESS = Columns(pairs={"": (0, 1)})


def read_faq(table: Table, place: Place) -> Iterator[Found] | None:
    """Nothing when the table is none of questions and answers."""
    at, columns = _header(table)
    if columns is not None:
        below = Table(table.name, table.rows[at + 1 :], table.first + at + 1)
        return _rows(below, columns, place)
    if _is_headless(table):
        return _rows(table, HEADLESS, place)
    return None


def _header(table: Table) -> tuple[int, Columns | None]:
    for at, row in enumerate(table.rows[:TOP]):
        columns = find_columns(row)
        if columns is not None:
            return at, columns
    return 0, None


def _is_headless(table: Table) -> bool:
    """Two columns, the first of questions, the second of longer texts."""
    framed = frame(table)
    rows = [row for _, row in framed.rows] + ([framed.header] if framed.header else [])
    if (
        len(rows) < 2
        or len(rows[0]) != 2
        or table.rows
        and any(len(row) > 2 and any(row[2:]) for row in table.rows)
    ):
        return False
    asked = sum(ASKS.fullmatch(row[0]) is not None for row in rows)
    told = sum(len(row[1]) > 1 and not ADDRESS.fullmatch(row[1]) for row in rows)
    longer = sum(len(row[1]) for row in rows) > sum(len(row[0]) for row in rows)
    return asked >= 0.6 * len(rows) and told >= 0.9 * len(rows) and longer


def _rows(table: Table, columns: Columns, place: Place) -> Iterator[Found]:
    """A question that comes again has its answers in one article."""
    articles: dict[tuple[str, str], Record] = {}
    refused: list[Refused] = []
    for found in _each_row(table, columns, place):
        if isinstance(found, Refused):
            refused.append(found)
            continue
        key = (found.fields["id"], found.fields.get("lang", ""))
        articles[key] = _with_answer(articles[key], found) if key in articles else found
    yield from articles.values()
    yield from refused


def _with_answer(article: Record, more: Record) -> Record:
    answer = more.fields["body"]
    if answer in article.fields["body"]:
        return article
    return replace(article, fields={**article.fields, "body": f"{article.fields['body']}\n\n{answer}"})


def _each_row(table: Table, columns: Columns, place: Place) -> Iterator[Record | Refused]:
    section = ""
    for number, row in enumerate(table.rows, table.first):
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            continue
        where = Place(place.file, "row", number, place.name)
        if len(filled) == 1 and not ASKS.fullmatch(filled[0]) and len(filled[0]) <= 80:
            section = filled[0]  # a line between the rows that names what follows
        else:
            yield from _articles(row, columns, section, where)


def _articles(row: Row, columns: Columns, section: str, place: Place) -> Iterator[Record | Refused]:
    told = {language: _pair(row, pair) for language, pair in columns.pairs.items()}
    own = _first(row, columns, "id") or id_from_words(next((q for q, _ in told.values() if q), ""))
    for language, (question, answer) in told.items():
        if question and answer:
            fields = {**_fields(row, columns), **_text(question, answer), "id": own}
            fields.setdefault("category", section)
            if language:
                fields["lang"] = language
            yield Record(place, {name: value for name, value in fields.items() if value})
        elif question or answer:
            yield Refused(place, "no_answer" if question else "no_question")


def _pair(row: Row, pair: tuple[int, int]) -> tuple[str, str]:
    return _cell(row, pair[0]), _cell(row, pair[1])


def _text(question: str, answer: str) -> dict[str, Any]:
    format_ = "html" if HTML.search(answer) else "markdown" if MARKDOWN.search(answer) else "text"
    return {"title": " ".join(question.split()), "body": answer, "format": format_}


def _fields(row: Row, columns: Columns) -> dict[str, Any]:
    """What stands beside the question and its answer; a column of another name is left out."""
    found: dict[str, Any] = {
        name: value
        for name in ("category", "lang", "description", "audience")
        if (value := _first(row, columns, name))
    }
    addresses = [ADDRESS.search(_cell(row, at)) for at in columns.others.get("url", [])]
    found["url"] = next((address[0] for address in addresses if address), "")
    found["questions"] = _many(row, columns, "questions", SEPARATORS)
    found["keywords"] = _many(row, columns, "keywords", KEYWORD_SEPARATORS)
    if folded(_first(row, columns, "status")) in DRAFT:
        found["status"] = "draft"
    return found


def _first(row: Row, columns: Columns, name: str) -> str:
    return next((cell for at in columns.others.get(name, []) if (cell := _cell(row, at))), "")


def _many(row: Row, columns: Columns, name: str, separators: re.Pattern[str]) -> list[str]:
    cells = [_cell(row, at) for at in columns.others.get(name, [])]
    return list(dict.fromkeys(part for cell in cells for part in separators.split(cell) if part))


def _cell(row: Row, at: int) -> str:
    return row[at].strip() if at < len(row) else ""
