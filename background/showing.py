"""Jobs and signs of life in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from background.filters import OPEN, STATES, Filters
from background.listing import Job
from background.verdict import Beat, Verdict, Worker
from chatbot import jobs


@dataclass(frozen=True, slots=True)
class Said:
    """How the worker is, and what to do. `tone`: positive, warning or negative."""

    tone: str
    icon: str
    title: str
    more: str = ""
    since: datetime | None = None


def said_of(verdict: Verdict) -> Said:
    """Beat first where it is silent: without it, nothing is looked for that was lost."""
    if verdict.worker in (Worker.SILENT, Worker.STUCK):
        return _worker_stopped(verdict)
    if verdict.beat == Beat.SILENT:
        return _beat_stopped(verdict)
    if verdict.beat == Beat.NEVER or verdict.worker == Worker.UNKNOWN:
        more = _("When it stays so for a minute, look whether the processes “beat” and “worker” run.")
        return Said("warning", "clock", _("Nothing is known of the worker yet"), more)
    if verdict.worker == Worker.BUSY:
        return _busy(verdict)
    return Said("positive", "circle-check", _("The worker works"), since=verdict.since)


def _worker_stopped(verdict: Verdict) -> Said:
    minutes = _minutes(verdict.since)
    title = (
        ngettext(
            "The worker has not done anything for %(minutes)s minute",
            "The worker has not done anything for %(minutes)s minutes",
            minutes,
        )
        % {"minutes": number_format(minutes, force_grouping=True)}
        if verdict.since
        else _("The worker has never done anything")
    )
    if verdict.worker == Worker.STUCK:
        more = _("Its process is there and takes no work. Restart it (manage.py worker); nothing is lost.")
    else:
        more = _("Start it (manage.py worker) or look into its log; nothing is lost.")
    if verdict.beat == Beat.SILENT:
        more += " " + _("Beat (manage.py beat) does not ring either.")
    return Said("negative", "circle-alert", title, more + _waiting(verdict))


def _beat_stopped(verdict: Verdict) -> Said:
    minutes = _minutes(verdict.rung_at)
    title = ngettext(
        "Beat has not rung for %(minutes)s minute", "Beat has not rung for %(minutes)s minutes", minutes
    ) % {"minutes": number_format(minutes, force_grouping=True)}
    more = _(
        "New work is done as it comes. What stopped is not looked for, and nothing is sent or visited at its "
        "time: start beat (manage.py beat), one for the whole installation, or look into its log."
    )
    return Said("negative", "circle-alert", title, more)


def _busy(verdict: Verdict) -> Said:
    minutes = max(1, int(verdict.behind.total_seconds() // 60))
    title = ngettext(
        "The worker is busy: new work waits for %(minutes)s minute",
        "The worker is busy: new work waits for %(minutes)s minutes",
        minutes,
    ) % {"minutes": number_format(minutes, force_grouping=True)}
    more = _("It gets on by itself. If this lasts, start a second worker (manage.py worker), on any machine.")
    return Said("warning", "clock", title, more + _waiting(verdict))


def _waiting(verdict: Verdict) -> str:
    if not verdict.queued:
        return ""
    words = ngettext("%(number)s task waits.", "%(number)s tasks wait.", verdict.queued)
    return " " + words % {"number": number_format(verdict.queued, force_grouping=True)}


def _minutes(moment: datetime | None) -> int:
    return max(1, int((timezone.now() - moment).total_seconds() // 60)) if moment else 1


def state_words() -> dict[str, str]:
    return {
        jobs.QUEUED: pgettext("job", "Waiting"),
        jobs.RUNNING: pgettext("job", "Running"),
        jobs.DONE: pgettext("job", "Done"),
        jobs.FAILED: pgettext("job", "Failed"),
        jobs.CANCELLED: pgettext("job", "Cancelled"),
    }


def tabs(filters: Filters, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The states that can be chosen, with how many there are; what ended is not counted."""
    words = {
        OPEN: _("To do and failed"),
        "waiting": pgettext("job", "Waiting"),
        "running": pgettext("job", "Running"),
        "failed": pgettext("job", "Failed"),
        "ended": pgettext("job", "Ended"),
    }
    return [
        {
            "key": key,
            "words": words[key],
            "count": None if key == "ended" else sum(counts.get(state, 0) for state in states),
            "query": filters.query(state=key),
            "current": filters.state == key,
        }
        for key, states in STATES.items()
    ]


def row(job: Job, user: Any) -> dict[str, Any]:
    kind, may = job.of, not job.of.permission or user.has_perm(job.of.permission)
    failed = job.state == jobs.FAILED
    waits = job.state == jobs.QUEUED and job.due is not None and job.due > timezone.now()
    trouble = kind.trouble(job.error) if job.error and job.state != jobs.DONE else None
    sooner = kind.retry is not None and job.state in kind.retried and (failed or waits)
    return {
        "job": job,
        "id": f"job-{kind.key}-{job.key}",
        "kind": kind.titled(job.sort),
        "icon": kind.icon,
        "state": state_words()[job.state],
        "trouble": trouble,
        "progress": _progress(job),
        "waits": job.due if waits else None,
        "alive": job.alive if job.state == jobs.RUNNING else None,
        "page": kind.page(job.target) if may else "",
        "retry": (_("Try again") if failed else _("Try now")) if may and sooner else "",
        "cancel": may and kind.cancel is not None and job.state in kind.cancelled,
        "revived": kind.revived if job.state in (jobs.QUEUED, jobs.RUNNING) else "",
        "tries": job.tries or 0,
    }


def _progress(job: Job) -> dict[str, Any] | None:
    """How far it is, where that is known: a number of what there is to do."""
    shown = job.state in (jobs.RUNNING, jobs.QUEUED) or job.state == jobs.FAILED and not job.of.in_percent
    if not job.total or job.done is None or not shown:
        return None
    if job.of.in_percent:
        words = _("%(percent)d%%") % {"percent": job.done}
    else:
        done, total = (number_format(one, force_grouping=True) for one in (job.done, job.total))
        words = _("%(done)s of %(total)s") % {"done": done, "total": total}
    return {"done": min(job.done, job.total), "total": job.total, "words": words}
