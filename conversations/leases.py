"""Who works on which turn: claimed with SKIP LOCKED, kept by a heartbeat, fenced by the attempt number.

The database's clock is the only one that counts. A lease that ends absurdly late (a clock was set back) is
treated as one that has ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from conversations.models import Turn

_EXPIRED = """(state = 'running' AND (lease_until < now() OR lease_until IS NULL
               OR lease_until > now() + interval '10 minutes'))"""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a turn, until the lease ends or another attempt begins."""

    turn: int
    attempt: int
    conversation: UUID
    worker: str


def claim(*, worker: str, limit: int) -> list[Claim]:
    """Take the turns that have waited longest: queued ones, and those whose worker has disappeared.

    They are chosen once, before any is taken: a subquery may be asked anew for every row, and skips those
    that it has locked, so that more are taken than the limit says.
    """
    rows = _rows(
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT id FROM conversations_turn
            WHERE state IN ('queued', 'running') AND (state = 'queued' OR ({_EXPIRED} AND attempt < %s))
            ORDER BY queued_at, id LIMIT %s FOR UPDATE SKIP LOCKED
        )
        UPDATE conversations_turn turn SET state = 'running', attempt = attempt + 1, worker = %s,
               lease_until = now() + %s * interval '1 second', started_at = coalesce(started_at, now())
        FROM chosen WHERE turn.id = chosen.id RETURNING turn.id, attempt, conversation_id
        """,  # noqa: S608 (the condition is a constant)
        [settings.TURN_MAX_ATTEMPTS, limit, worker, settings.TURN_LEASE_SECONDS],
    )
    return [Claim(turn, attempt, conversation, worker) for turn, attempt, conversation in rows]


def renew(*, worker: str, turns: Collection[int]) -> set[int]:
    """Keep the leases of these turns; what is missing in the answer is no longer this worker's."""
    rows = _rows(
        """
        UPDATE conversations_turn SET lease_until = now() + %s * interval '1 second'
        WHERE id = ANY(%s) AND worker = %s AND state = 'running' RETURNING id
        """,
        [settings.TURN_LEASE_SECONDS, list(turns), worker],
    )
    return {turn for (turn,) in rows}


def release(claims: Collection[Claim]) -> None:
    """Give turns back to the queue, where they keep their place; those that have ended stay as they are."""
    for claim in claims:
        mine = Turn.objects.filter(pk=claim.turn, attempt=claim.attempt, worker=claim.worker)
        mine.filter(state=Turn.State.RUNNING).update(state=Turn.State.QUEUED, lease_until=None, worker="")


def waiting() -> list[tuple[int, int]]:
    """Queued turns with their attempt so far, longest waiting first."""
    queued = Turn.objects.filter(state=Turn.State.QUEUED).order_by("queued_at", "pk")
    return list(queued.values_list("pk", "attempt"))


def worn_out() -> list[int]:
    """Turns whose last attempt was lost too: nobody may try them again."""
    sql = f"SELECT id FROM conversations_turn WHERE {_EXPIRED} AND attempt >= %s"  # noqa: S608 (a constant)
    return [turn for (turn,) in _rows(sql, [settings.TURN_MAX_ATTEMPTS])]


def _rows(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return cursor.fetchall()
