"""Conversations in a table, a message in each row: conversation_id, timestamp, sender, text. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from knowledge.importers.base import Files, Importer
from knowledge.importers.talk import Talk, as_found, is_over, role_of, score, when, words
from knowledge.loaders.base import Found, Place, Refusal, Refused, Said
from untrusted.folders import real
from untrusted.shapes import words_of

HEADER = 4_000  # characters in which the first line ends
MOST_ROWS = 500_000
COLUMNS = {
    "id": words_of(
        "conversation_id conversationid conversation conv_id thread_id session_id chat_id "
        "ticket_id dialogue_id"
    ),
    "at": words_of("timestamp created_at time date at sent_at datetime horodatage heure date_heure"),
    "sender": words_of(
        "sender role author from speaker sender_type expediteur expéditeur auteur emetteur émetteur"
    ),
    "text": words_of("text message body content texte contenu msg utterance"),
    "rating": words_of("csat rating satisfaction note"),
    "resolved": words_of("resolved status résolu resolu statut"),
    "language": words_of("language lang locale langue"),
}


@dataclass
class Rows:
    """The rows of one conversation as they come."""

    place: Place
    said: list[Said] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)


def claim(files: Files) -> set[str]:
    tables = [name for name in real(files.names) if name.lower().endswith((".csv", ".tsv"))]
    return {name for name in tables if _columns(_head(files, name)).keys() >= {"id", "sender", "text"}}


def _head(files: Files, name: str) -> str:
    try:
        return files.text(name)[:HEADER].lstrip("\ufeff \r\n").partition("\n")[0]
    except Refusal:
        return ""


def _delimiter(head: str) -> str:
    return max(",;\t|", key=head.count)


def _columns(head: str) -> dict[str, int]:
    """Which column is which, by the words of the first row."""
    names = [name.strip(' "\r').lower().replace(" ", "_") for name in head.split(_delimiter(head))]
    found = {kind: [at for at, name in enumerate(names) if name in known] for kind, known in COLUMNS.items()}
    return {kind: places[0] for kind, places in found.items() if places}


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    for name in sorted(claimed):
        try:
            content = files.text(name).replace("\0", "")
        except Refusal as refusal:
            yield Refused.by(refusal, Place(name))
            continue
        yield from _load_table(name, content, _head(files, name))


def _load_table(name: str, content: str, head: str) -> Iterator[Found]:
    columns, talks = _columns(head), dict[str, Rows]()
    rows = csv.reader(StringIO(content.lstrip("\ufeff \r\n")), delimiter=_delimiter(head))
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                yield Refused(Place(name), "too_many_rows", {"most": MOST_ROWS})
                break
            if (
                number > 1
                and any(row)
                and (refused := _take(talks, Place(name, "row", number), columns, row))
            ):
                yield refused
    except csv.Error as error:
        yield Refused(Place(name, "row", number + 1), "bad_table", {"reason": str(error)[:120]})
    for key, talk in talks.items():
        yield from as_found(_talk(key, talk))


def _take(talks: dict[str, Rows], place: Place, columns: dict[str, int], row: list[str]) -> Refused | None:
    values = {kind: row[at].strip() for kind, at in columns.items() if at < len(row)}
    key, sender = values.get("id", ""), values.get("sender", "")
    if not key:
        return Refused(place, "no_id")
    role = role_of(sender)
    if not role:
        return Refused(place, "unknown_sender", {"name": sender[:60]})
    talk = talks.setdefault(key, Rows(place))
    talk.said.append(Said(role, words(values.get("text")), when(values.get("at"))))
    talk.known |= {kind: values[kind] for kind in ("rating", "resolved", "language") if values.get(kind)}
    return None


def _talk(key: str, rows: Rows) -> Talk:
    return Talk(
        rows.place,
        key,
        rows.said,
        language=rows.known.get("language", ""),
        resolved=is_over(rows.known.get("resolved")),
        satisfaction=score(rows.known.get("rating")),
    )


CONVERSATIONS_CSV = Importer("Conversations (table)", claim, load)
