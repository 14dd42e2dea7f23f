"""Conversations of other systems: who speaks, when, and in which words. Pure.

Only what the customer and whoever answered said to each other is kept, in the order in which it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from knowledge.loaders.base import Conversation, Found, Place, Refused, Said
from knowledge.loaders.markup import html_to_markdown
from untrusted.shapes import text, words_of

MOST_MESSAGES = 2_000
LONGEST = 20_000  # characters of a message
LONGEST_ID = 200
TAG = re.compile(r"<(?:p|br|div|span|a|b|i|strong|em|ul|ol|li|img|table)\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[^<>]{0,500}>")
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?")

SENDERS = {
    "customer": words_of(
        "user client cliente customer consumer visitor visiteur visiteuse contact lead enduser requester "
        "demandeur utilisateur utilisatrice usager guest invité acheteur prospect human incoming "
        "inbound caller"
    ),
    "agent": words_of(
        "agent operator opérateur opératrice conseiller conseillère advisor adviser support admin staff team "
        "teammate representative rep employee collaborateur collaboratrice équipe outgoing outbound helpdesk"
    ),
    "bot": words_of("bot assistant assistante ai ia chatbot robot agentbot automation virtualassistant"),
    "system": words_of("system système event developer"),
}
OVER = words_of("true yes oui solved closed resolved done complete completed merged résolu fermé clos")
GOING_ON = words_of("false no non new open pending hold on-hold snoozed waiting ouvert unresolved")
ROLES = {word: role for role, words in SENDERS.items() for word in words}


def role_of(sender: Any) -> str:
    """Who a sender is ("End-user", "Conseiller 2", "agent_bot"); empty when the word says nothing."""
    words = re.findall(r"[^\W\d_]+", text(sender).lower())
    return ROLES.get("".join(words), "") or next((ROLES[word] for word in words if word in ROLES), "")


def when(value: Any) -> str:
    """A time as ISO 8601; empty when it is none. Numbers are seconds or milliseconds since 1970."""
    said = text(value)
    if not said:
        return ""
    try:
        if re.fullmatch(r"\d{9,13}(\.\d+)?", said):
            seconds = float(said) / (1000 if float(said) > 1e11 else 1)
            return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
        return datetime.fromisoformat(_as_iso(said)).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _as_iso(said: str) -> str:
    if day := DAY_FIRST.match(said):
        first, second = int(day[1]), int(day[2])
        # 03/04 may be either; days stand first everywhere but in the United States.
        dated, month = (second, first) if second > 12 else (first, second)
        return f"{day[3]}-{month:02}-{dated:02} {(day[4] or '00:00').zfill(5)}"
    return re.sub(r" (UTC|GMT|Z)$", "+00:00", said.replace("/", "-"))


def words(said: Any) -> str:
    """What was said as text; markup is what the reader of it saw."""
    plain = text(said)[: LONGEST * 5]
    if TAG.search(plain):
        try:
            plain = html_to_markdown(plain)
        except RecursionError:  # tags inside tags inside tags …
            plain = ANY_TAG.sub(" ", plain)
    return re.sub(r"\n{3,}", "\n\n", plain).strip()[:LONGEST]


def score(value: Any, best: int = 5) -> int | None:
    """A rating from 1 to 5, given as a number or a word."""
    said = text(value).lower()
    if said in {"good", "positive", "thumbs_up", "up", "like", "bon", "satisfait"}:
        return 5
    if said in {"bad", "negative", "thumbs_down", "down", "dislike", "mauvais", "insatisfait"}:
        return 1
    try:
        number = round(float(said) * 5 / best)
    except (ValueError, OverflowError):
        return None
    return number if 1 <= number <= 5 else None


def is_over(status: Any) -> bool | None:
    """Whether a status says that the customer's matter was settled; None when it does not say."""
    said = str(status).strip().lower() if isinstance(status, str | bool) else ""
    return True if said in OVER else False if said in GOING_ON else None


@dataclass(frozen=True)
class Talk:
    """What an importer has read of a conversation; a message without words or without a speaker is none."""

    place: Place
    external_id: str
    said: Sequence[Said]
    language: str = ""
    resolved: bool | None = None
    satisfaction: int | None = None
    tags: tuple[str, ...] = ()


def as_found(talk: Talk) -> Iterator[Found]:
    said = _in_order([one for one in talk.said if one.text and one.role])
    place = replace(talk.place, name=talk.external_id[:120])
    if not any(one.role == "customer" for one in said):
        yield Refused(place, "nothing_said")
        return
    yield Conversation(
        place,
        talk.external_id[:LONGEST_ID],
        tuple(said[:MOST_MESSAGES]),
        talk.language,
        talk.resolved,
        talk.satisfaction,
        tuple(dict.fromkeys(tag[:60] for tag in talk.tags if tag))[:50],
    )
    if len(said) > MOST_MESSAGES:
        yield Refused(place, "messages_cut", {"most": MOST_MESSAGES, "number": len(said)})


def _in_order(said: list[Said]) -> list[Said]:
    """By their times when all have one; else as they stood."""
    if not all(one.at for one in said):
        return said
    return sorted(said, key=lambda one: _moment(one.at))


def _moment(at: str) -> float:
    moment = datetime.fromisoformat(at)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return 0.0
