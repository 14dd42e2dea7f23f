"""A release that customers rate worse than what they got before is rolled back, and staff are told.

Held against each other: while a share gets a release, the two at the same time; for two weeks after all got
it, its ratings and those of the four weeks before, of what it took the place of.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assistant.models import Assistant, Release, Serving
from assistant.releases import serving as served
from assistant.releases.making import ReleaseError
from conversations.by_release import Fared, fared
from evaluation.releases.deciding import Found, Rated, is_due, look
from evaluation.releases.rows import ReleasePolicy
from evaluation.releases.telling import tell_rolled_back

logger = logging.getLogger(__name__)

WATCHED = timedelta(days=14)
BEFORE = timedelta(days=28)
GONE_BACK_TO = (Serving.Why.BACK, Serving.Why.WORSE, Serving.Why.ENDED, Serving.Why.SETTINGS)


@dataclass(frozen=True)
class Beside:
    """What is watched, since when, and what it is held against (None: the settings)."""

    release: Release
    against: Release | None
    since: datetime
    own: Fared
    other: Fared


def watch() -> int:
    """Look at every release that is watched; how many were rolled back. Beat has it done."""
    rows = Serving.objects.now().select_related("assistant", "release", "trial")
    return sum(_watch(row) for row in rows.defer("release__router", "trial__router"))


def beside(row: Serving) -> Beside | None:
    """None where nothing is watched: the settings are served, it has proved itself, or somebody went back to
    it."""
    since = begun(row)
    if row.trial is not None:
        own = fared(row.assistant_id, row.trial_id, since)
        return Beside(row.trial, row.release, since, own, fared(row.assistant_id, row.release_id, since))
    if row.release is None or row.why in GONE_BACK_TO or timezone.now() - since > WATCHED:
        return None
    anywhere, earlier = served.before(row.assistant)
    if not anywhere:
        return None
    other = fared(row.assistant_id, earlier.pk if earlier else None, since - BEFORE, since)
    return Beside(row.release, earlier, since, fared(row.assistant_id, row.release_id, since), other)


def begun(row: Serving) -> datetime:
    """Since when the same release is tried, or published: a larger share is no new beginning."""
    since = row.began_at
    for earlier in Serving.objects.filter(assistant=row.assistant_id, pk__lt=row.pk).order_by("-pk"):
        if (earlier.release_id, earlier.trial_id) != (row.release_id, row.trial_id):
            break
        since = earlier.began_at
    return since


def _watch(row: Serving) -> bool:
    policy = ReleasePolicy.objects.filter(assistant=row.assistant_id).first()
    if policy is not None and not policy.rolls_back:
        return False
    watched = beside(row)
    if watched is None:
        return False
    for kind, own, other in _kinds(watched):
        if not is_due(own.of, row.looked.get(kind, 0)):
            continue
        if found := look(own, other):
            served.note_look(row, kind, own.of)
            if found.worse:
                return _roll_back(row, watched.release, kind, found)
    return False


def _kinds(watched: Beside) -> list[tuple[str, Rated, Rated]]:
    own, other = watched.own, watched.other
    return [
        ("answers", Rated(own.helpful, own.ratings), Rated(other.helpful, other.ratings)),
        (
            "conversations",
            Rated(own.good, own.good + own.bad),
            Rated(other.good, other.good + other.bad),
        ),
    ]


@transaction.atomic
def _roll_back(row: Serving, release: Release, kind: str, found: Found) -> bool:
    """Unless somebody has changed meanwhile what customers get."""
    facts = {"ratings": kind, **found.as_json()}
    try:
        Assistant.objects.select_for_update().get(pk=row.assistant_id)  # as whoever publishes does first
        if not Serving.objects.now().filter(pk=row.pk).exists():
            return False
        served.roll_back(row.assistant, by=None, why=Serving.Why.WORSE, facts=facts)
    except ReleaseError as error:
        logger.warning("Release %s was not rolled back: %s", release.pk, error)
        return False
    tell_rolled_back(release)
    return True
