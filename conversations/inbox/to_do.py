"""How much waits for a member of staff, for the places of the rail. Apps above declare what waits with them.

A page shows what was counted last, which costs it no statement; the bell, which every page asks for and again
whenever there is news, counts anew. The cache is only a shortcut: without it the bell counts each time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Func, IntegerField, QuerySet

from accounts.models import Role, User
from conversations.inbox import listing
from conversations.models import Conversation

logger = logging.getLogger(__name__)

MOST = 100  # as many or more are "99+"
FRESH = 3.0  # seconds in which nothing is counted again for the same person
SHOWN = 120  # seconds for which a page shows what was counted
SILENCE = 10.0  # seconds for which a cache is left alone that did not answer
_silent_until = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """`rows` that wait for somebody; nobody below `least` is shown how many."""

    key: str
    rows: Callable[[User], QuerySet[Any]]
    least: str = Role.AGENT


WORK: dict[str, Work] = {}


def declare(work: Work) -> Work:
    WORK[work.key] = work
    return work


def counted(user: User) -> Mapping[str, str]:
    """As the rail shows it; a few seconds old at most."""
    known = _recall(user)
    if time.time() - known.get("at", 0.0) < FRESH:
        return _shown(known["counts"])
    counts = count(user)
    _remember(user, {"at": time.time(), "counts": counts})
    return _shown(counts)


def count(user: User) -> dict[str, int]:
    """All of it in one statement, and none of it further than matters."""
    theirs = {key: _number_of(work.rows(user)) for key, work in WORK.items() if user.may(work.least)}
    numbers = {f"{key}_count": number for key, number in theirs.items()}
    found: Any = User.objects.filter(pk=user.pk).values(**numbers).get() if numbers else {}
    return {key: found[f"{key}_count"] for key in theirs}


def _number_of(rows: QuerySet[Any]) -> Func:
    some = ArraySubquery(rows.order_by().values("pk")[:MOST])
    return Func(some, function="CARDINALITY", output_field=IntegerField())


def last_counted(user: User) -> Mapping[str, str]:
    return _shown(_recall(user).get("counts", {}))


def at_most(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count or "")


def _shown(counts: Mapping[str, int]) -> dict[str, str]:
    return {key: at_most(count) for key, count in counts.items()}


def _key(user: User) -> str:
    return f"to-do:{user.pk}:{user.role}"


def _recall(user: User) -> dict[str, Any]:
    found = _unless_away(lambda: cache.get(_key(user)))
    return found if isinstance(found, dict) else {}


def _remember(user: User, counts: dict[str, Any]) -> None:
    _unless_away(lambda: cache.set(_key(user), counts, SHOWN))


def _unless_away(ask: Callable[[], Any]) -> Any:
    global _silent_until
    if time.monotonic() < _silent_until:
        return None
    try:
        return ask()
    except Exception as error:  # noqa: BLE001  boundary: the cache is another process, and only ever a shortcut
        _silent_until = time.monotonic() + SILENCE
        logger.warning("The cache did not answer: %s", error)
        return None


def _conversations(user: User) -> QuerySet[Conversation]:
    return Conversation.objects.begun().filter(listing.for_me(user))


INBOX = declare(Work("inbox", _conversations))
