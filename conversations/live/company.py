"""Which members of staff have a conversation open. While Redis is away nobody is known to, and nothing else
is the worse for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import orjson

from conversations.live.bell import Ring, ring
from conversations.live.connections import AWAY, quick
from conversations.live.presence import CALL

logger = logging.getLogger(__name__)

FORGET_AFTER = 30  # seconds without a word
# Rings about them. Customers are told none of it.
HERE, REPLYING, NOTING = "here", "replying", "noting"
AMONG_STAFF = (HERE, REPLYING, NOTING)


@dataclass(frozen=True, slots=True)
class Person:
    """`page`: one of the pages on which they have the conversation open."""

    user: int
    name: str
    page: str


def stay(conversation: str, person: Person) -> list[Person] | None:
    """Say that they are there, anew every few seconds; all who are. None: Redis is away."""
    try:
        found = quick().eval(CALL, 1, _key(conversation), orjson.dumps(person), str(FORGET_AFTER))
    except AWAY:
        return None
    return [Person(**orjson.loads(member)) for member in found]


def there(conversation: str) -> set[int]:
    """Whose pages show it just now; nobody's, while Redis is away."""
    try:
        now = int(quick().time()[0])
        found: Any = quick().zrangebyscore(_key(conversation), now - FORGET_AFTER, "+inf")
    except AWAY:
        return set()
    return {int(orjson.loads(member)["user"]) for member in found}


def leave(conversation: str, person: Person) -> None:
    try:
        quick().zrem(_key(conversation), orjson.dumps(person))
    except AWAY as error:
        logger.info("Somebody leaves a conversation without a word: %s", error)
    tell(conversation, person)


def tell(conversation: str, person: Person, kind: str = HERE) -> None:
    """Let the others know that they have come or gone, or are writing."""
    who = person.page if kind == HERE else str(person.user)
    ring(Ring(conversation, kind=kind, who=who, name=person.name))


def _key(conversation: str) -> str:
    return f"live:company:{conversation}"
