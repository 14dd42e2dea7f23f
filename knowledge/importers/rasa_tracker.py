"""Conversations of a Rasa bot, as its tracker keeps them: what was said, without what the bot noted. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import entries, json_files, look
from knowledge.importers.talk import Talk, as_found, when, words
from knowledge.loaders.base import Found, Refused, Said
from untrusted.shapes import mapping, mappings, text

LISTS = ("trackers", "conversations", "data")
ROLES = {"user": "customer", "bot": "bot"}


def claim(files: Files) -> set[str]:
    names = json_files(files)
    return {
        name
        for name in names
        if any(look(files, name).has("sender_id", "events", of=of) for of in (*LISTS, ""))
    }


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    for name in sorted(claimed):
        for one in entries(files, name, *LISTS):
            if isinstance(one, Refused):
                yield one
                continue
            place, tracker = one
            said = [_said(event) for event in mappings(tracker.get("events"))]
            yield from as_found(Talk(place, f"rasa:{text(tracker.get('sender_id'))}", said))


def _said(event: dict[str, Any]) -> Said:
    role = ROLES.get(text(event.get("event")), "")
    said = text(event.get("text"))
    if said.startswith("/"):
        said = ""  # a button's payload, or the start of a session
    return Said(role, words(said or mapping(event.get("data")).get("text")), when(event.get("timestamp")))


RASA_TRACKER = Importer("Rasa tracker", claim, load)
