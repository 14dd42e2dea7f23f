"""Conversations in plain JSON, or one on each line: `{external_id, messages: [{role, text, at}]}`. Pure.

Files for fine-tuning a model (`{messages: [{role, content}]}`) are such conversations too; what they tell the
model as its system is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import entries, json_files, look, objects
from knowledge.importers.talk import Talk, as_found, is_over, role_of, score, when, words
from knowledge.loaders.base import Found, Place, Refused, Said
from untrusted.shapes import first_text, mapping, mappings, texts

LISTS = ("conversations", "chats", "data", "threads")
IDS = ("external_id", "conversation_id", "id", "session_id", "thread_id")
SENDER = ("role", "sender", "from", "author", "sender_type", "speaker")
WORDS = ("text", "content", "message", "body")
TIME = ("at", "timestamp", "created_at", "time", "date")


def claim(files: Files) -> set[str]:
    return {name for name in json_files(files) if _is_conversations(files, name)}


def _is_conversations(files: Files, name: str) -> bool:
    seen = look(files, name)
    if not any(seen.has("messages", of=of) for of in (*LISTS, "")):
        return False
    first = next(objects(entries(files, name, *LISTS)), None)
    messages = mappings(first[1].get("messages")) if first else []
    return any(_sender(message) and first_text(message, WORDS) for message in messages)


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    for name in sorted(claimed):
        for one in entries(files, name, *LISTS):
            if isinstance(one, Refused):
                yield one
            else:
                yield from _conversation(*one)


def _conversation(place: Place, entry: dict[str, Any]) -> Iterator[Found]:
    messages = mappings(entry.get("messages"))
    said = [_said(message) for message in messages]
    unknown = next(
        (_sender(message) for message, one in zip(messages, said, strict=True) if not one.role), ""
    )
    if unknown:
        yield Refused(place, "unknown_sender", {"name": unknown[:60]})
    yield from as_found(
        Talk(
            place,
            first_text(entry, IDS) or _digest(said),
            said,
            language=first_text(entry, ("language", "lang", "locale")),
            resolved=is_over(entry.get("resolved", entry.get("status"))),
            satisfaction=score(entry.get("csat", entry.get("rating"))),
            tags=tuple(texts(entry.get("tags"))),
        )
    )


def _sender(message: dict[str, Any]) -> str:
    author = mapping(message.get("author")) or mapping(message.get("sender"))
    return first_text(message, SENDER) or first_text(author, ("role", "type", "name"))


def _said(message: dict[str, Any]) -> Said:
    role = role_of(_sender(message))
    if role == "system" and "content" in message:
        return Said("system", "")
    return Said(
        role, words(first_text(message, WORDS)), when(first_text(message, TIME)), score(message.get("rating"))
    )


def _digest(said: list[Said]) -> str:
    """An id for a conversation without one: the same words are the same conversation."""
    return sha256("\n".join(f"{one.role}: {one.text}" for one in said).encode()).hexdigest()[:16]


CONVERSATIONS = Importer("Conversations", claim, load)
