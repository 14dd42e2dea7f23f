"""What the signs of life say: does beat ring, does the worker work? Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Beat(StrEnum):
    RINGS = "rings"
    SILENT = "silent"
    NEVER = "never"  # nothing was ever heard of it


class Worker(StrEnum):
    """`BUSY`: it works, and what is asked of it now waits long. `STUCK`: there, and doing nothing."""

    WORKS = "works"
    BUSY = "busy"
    STUCK = "stuck"
    SILENT = "silent"
    UNKNOWN = "unknown"  # nobody has asked it anything


@dataclass(frozen=True, slots=True)
class Signs:
    """The moments of `models.Pulse`."""

    rung_at: datetime | None = None
    queued: int = 0
    done_at: datetime | None = None
    unanswered_at: datetime | None = None
    alive_at: datetime | None = None
    worked_at: datetime | None = None


RINGS_WITHIN = timedelta(seconds=60)  # four canaries
DONE_WITHIN = timedelta(seconds=60)
ALIVE_WITHIN = timedelta(seconds=45)
LONGEST_TASK = timedelta(minutes=5)  # CELERY_TASK_TIME_LIMIT; whoever works longer says that it is there


@dataclass(frozen=True, slots=True)
class Verdict:
    """`since`: when the worker last did anything, as far as is known. `behind`: how long the
    oldest canary waits that nobody has done."""

    beat: Beat
    worker: Worker
    rung_at: datetime | None = None
    since: datetime | None = None
    queued: int = 0
    behind: timedelta = timedelta()

    @property
    def well(self) -> bool:
        return self.beat == Beat.RINGS and self.worker == Worker.WORKS


def judge(signs: Signs, now: datetime) -> Verdict:
    since = max(filter(None, (signs.done_at, signs.worked_at)), default=None)
    behind = now - signs.unanswered_at if signs.unanswered_at else timedelta()
    return Verdict(
        beat=_beat(signs, now),
        worker=_worker(signs, now, behind),
        rung_at=signs.rung_at,
        since=since,
        queued=signs.queued,
        behind=behind,
    )


def _beat(signs: Signs, now: datetime) -> Beat:
    if signs.rung_at is None:
        return Beat.NEVER
    return Beat.RINGS if now - signs.rung_at <= RINGS_WITHIN else Beat.SILENT


def _worker(signs: Signs, now: datetime, behind: timedelta) -> Worker:
    there = _fresh(signs.alive_at, now, ALIVE_WITHIN) or _fresh(signs.done_at, now, DONE_WITHIN)
    if not there:
        unasked = signs.rung_at is None and signs.alive_at is None
        return Worker.UNKNOWN if unasked else Worker.SILENT
    if behind <= DONE_WITHIN:
        return Worker.WORKS
    return Worker.BUSY if _fresh(signs.worked_at, now, LONGEST_TASK) else Worker.STUCK


def _fresh(moment: datetime | None, now: datetime, within: timedelta) -> bool:
    return moment is not None and now - moment <= within
