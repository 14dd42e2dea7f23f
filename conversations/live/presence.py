"""Which responders there are, and how many answers they can write at the same time together."""

from __future__ import annotations

import logging

from conversations.live.connections import AWAY, quick

logger = logging.getLogger(__name__)

HERE = "live:responders"
FORGET_AFTER = 5  # seconds without a word

# By the clock of Redis, since those of machines differ: note ARGV[1], forget who is silent, name the others.
CALL = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]) - 1)
redis.call('EXPIRE', KEYS[1], 60)
return redis.call('ZRANGE', KEYS[1], 0, -1)
"""


def permits_together(name: str, permits: int) -> int | None:
    """Say that this responder is there; the permits of all. None: Redis is away, and nobody knows."""
    try:
        present = quick().eval(CALL, 1, HERE, _member(name, permits), str(FORGET_AFTER))
    except AWAY:
        return None
    return sum(int(member.split(b" ")[0]) for member in present)


def leave(name: str, permits: int) -> None:
    try:
        quick().zrem(HERE, _member(name, permits))
    except AWAY as error:
        logger.info("%s leaves without a word: %s", name, error)


def _member(name: str, permits: int) -> str:
    return f"{permits} {name}"
