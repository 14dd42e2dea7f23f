"""Connections to Redis. Each says how long it may wait; redis-py 8 would cut an idle reader after 5 s."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

# What a call may raise when Redis is away, slow or coming back.
AWAY = (RedisError, OSError, TimeoutError)


def for_waiting() -> AsyncRedis:
    """For commands that block: no time-out of the socket; the caller sets one around the call."""
    return _asynchronous(socket_timeout=None)


def for_asking() -> AsyncRedis:
    """For commands that answer at once. The caller tries again, so the client does not."""
    return _asynchronous(socket_timeout=5)


def _asynchronous(**options: Any) -> AsyncRedis:
    return AsyncRedis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=5,
        health_check_interval=30,
        retry=AsyncRetry(NoBackoff(), 0),
        **options,
    )


@cache
def quick() -> Redis:
    """For synchronous code that can do without: one immediate retry, then the error."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=1,
        socket_connect_timeout=1,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1),
    )
