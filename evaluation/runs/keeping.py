"""How long runs are kept, and which are kept for ever. The only place where runs are deleted.

A run is kept while something rests on it: what customers get was decided by it, a gate counts it, or another
run is compared with it. The others go with their conversations, by themselves after RUNS_KEEP_DAYS, or when
somebody deletes them.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.audit.words import Via
from accounts.models import User
from assistant.models import Release, Serving
from evaluation.models import Run
from evaluation.releases import gate


class Kept(Exception):
    """Why it cannot be deleted, in words."""


def rests_on(run: Run) -> str:
    """What does, in words; "" where nothing does."""
    if Serving.objects.filter(facts__run=run.pk).exists():
        return _("By it was decided what customers get.")
    for side in run.sides:
        if side["kind"] == "release":
            release = Release.objects.defer("router").filter(
                assistant=run.assistant_id, number=side["release"]
            )
            if (found := release.select_related("assistant").first()) and gate.shown_by(found).run == run:
                return _("The suites that release %(number)d has to pass were run in it.") % {
                    "number": found.number
                }
    if any(side.get("signature") for side in run.sides) and gate.shown_by(run.assistant).run == run:
        return _("The suites that the settings have to pass were run in it.")
    other = Run.objects.filter(sides__contains=[{"kind": "run", "run": run.pk}]).order_by("-pk").first()
    return _("Run %(number)d is compared with it.") % {"number": other.pk} if other else ""


@transaction.atomic
def delete(pk: int, *, by: User) -> str:
    """With all of its conversations; returns its name. Raises Kept, and Run.DoesNotExist."""
    run = Run.objects.select_for_update(of=["self"]).select_related("assistant").get(pk=pk)
    if run.is_open:
        raise Kept(_("It is under way. Stop it first."))
    if why := rests_on(run):
        raise Kept(why)
    name = str(run)
    audit.record(audit.Action.DELETED, run, by=by, before={"suites": run.suites, "total": run.total})
    run.delete()
    return name


def forget_old() -> int:
    """What is older than RUNS_KEEP_DAYS and nothing rests on; how many. Beat has it done."""
    if not settings.RUNS_KEEP_DAYS:
        return 0
    until = timezone.now() - timedelta(days=settings.RUNS_KEEP_DAYS)
    old = Run.objects.exclude(state__in=Run.OPEN).filter(created_at__lt=until).select_related("assistant")
    gone = sum(_forget(run) for run in old.order_by("pk"))
    if gone:
        told = {"before": until.isoformat(), "number": gone}
        audit.record(audit.Action.DELETED, by=None, via=Via.COMMAND, label=_("runs"), after=told)
    return gone


@transaction.atomic
def _forget(run: Run) -> bool:
    """Each in a transaction of its own: a large one takes seconds. Somebody may have gone on with it."""
    locked = Run.objects.select_for_update().filter(pk=run.pk).exclude(state__in=Run.OPEN).exists()
    if not locked or rests_on(run):
        return False
    run.delete()
    return True
