"""What customers get: a release or the settings, another release for a share of them, and back again.

The only writer of `Serving`. Each change ends the row before and begins another, so that what anybody got at
any time can be read from them. Apps above may keep a gate (`tell_gate`): it is asked before anything new
reaches customers, and the settings are new: what was edited in them since has shown nothing yet. It is not
asked where a release goes back to an earlier one, nor where it is rolled back by itself, whatever to: then
customers rate it worse at that moment, and nobody is there who could give a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.audit.words import Via
from accounts.models import User
from assistant.models import Assistant, Release, Serving
from assistant.releases.making import ReleaseError

Why = Serving.Why
# What is to be served: a release, or an assistant as its settings are now.
Candidate = Release | Assistant
Gate = Callable[[Candidate], str]  # what is missing, in words; "" where nothing is
Rests = Callable[[Candidate], dict[str, Any]]  # what the gate went by, written down with what was decided
_gates: list[Gate] = []
_rests: list[Rests] = []


class GateClosed(ReleaseError):
    """It has not shown yet that it is good enough."""


def tell_gate(gate: Gate, rests_on: Rests | None = None) -> None:
    _gates[:], _rests[:] = [gate], [rests_on] if rests_on else []


def now(assistant: Assistant) -> Serving | None:
    """None while no release was ever served: the settings are what customers get."""
    rows = Serving.objects.now().select_related("assistant", "release", "trial", "by")
    return rows.defer("release__router", "trial__router").filter(assistant=assistant).first()


def before(assistant: Assistant) -> tuple[bool, Release | None]:
    """Where rolling back leads: whether anywhere, and to which release (None: the settings)."""
    rows = Serving.objects.filter(assistant=assistant).order_by("pk").values_list("release", "why")
    published = stacked(rows)
    if len(published) < 2:
        return False, None
    release = published[-2]
    return True, Release.objects.defer("router").get(pk=release) if release else None


def stacked(rows: Iterable[tuple[int | None, str]]) -> list[int | None]:
    """What most customers got, without what was rolled back since: the present one is the last. Who rolls
    back twice goes back two steps, not to and fro. Pure."""
    stack: list[int | None] = [None]
    for release, why in rows:
        if why in (Why.BACK, Why.WORSE) and len(stack) > 1 and release == stack[-2]:
            stack.pop()
        elif release != stack[-1]:
            stack.append(release)
    return stack


@transaction.atomic
def publish(release: Release, *, by: User, despite: str = "") -> Serving:
    """All customers get it, from their next message on. `despite` says why, where the gate is closed. Raises
    GateClosed and ReleaseError."""
    present = _locked(release.assistant)
    if present and present.release_id == release.pk and present.trial_id is None:
        raise ReleaseError(_("Customers get release %(number)d already.") % {"number": release.number})
    facts = _through_gate(release, despite)
    return _change(present, release.assistant, release=release, why=Why.PUBLISHED, by=by, facts=facts)


@transaction.atomic
def try_out(release: Release, share: int, *, by: User, despite: str = "") -> Serving:
    """So many of a hundred conversations get it, the others what they got before."""
    present = _locked(release.assistant)
    if present and present.release_id == release.pk:
        raise ReleaseError(_("Customers get release %(number)d already.") % {"number": release.number})
    if not 1 <= share <= 99:
        raise ReleaseError(_("The share is a number from 1 to 99."))
    same = present is not None and present.trial_id == release.pk
    facts = {} if same else _through_gate(release, despite)
    return _change(
        present, release.assistant, release=present.release if present else None, trial=release, share=share,
        why=Why.SHARE if same else Why.TRIAL, by=by, facts=facts,
    )  # fmt: skip


@transaction.atomic
def end_trial(assistant: Assistant, *, by: User | None, why: Why = Why.ENDED, facts: Any = None) -> Serving:
    """Everybody gets what most have got. Raises ReleaseError where nothing is tried."""
    present = _locked(assistant)
    if present is None or present.trial_id is None:
        raise ReleaseError(_("No release is given to a share of customers (any more)."))
    return _change(present, assistant, release=present.release, why=why, by=by, facts=facts)


@transaction.atomic
def roll_back(
    assistant: Assistant, *, by: User | None, why: Why = Why.BACK, facts: Any = None, despite: str = ""
) -> Serving:
    """To what customers got before: a release, which no gate holds up, or the settings, which one does where
    a person wants it. Raises GateClosed, and ReleaseError where there was nothing."""
    present = _locked(assistant)
    if present is None:
        raise ReleaseError(_("No release has been published: there is nothing to go back to."))
    if present.trial_id is not None:
        return end_trial(assistant, by=by, why=why, facts=facts)
    anywhere, release = before(assistant)
    if not anywhere:
        raise ReleaseError(_("There is nothing to go back to."))
    if release is None and by is not None:
        facts = {**(facts or {}), **_through_gate(assistant, despite)}
    return _change(present, assistant, release=release, why=why, by=by, facts=facts)


@transaction.atomic
def serve_settings(assistant: Assistant, *, by: User, despite: str = "") -> Serving:
    """Customers get what stands in the settings again, and each change of it at once. Most of them do already
    where a release is only tried: then no gate is asked. Raises GateClosed and ReleaseError."""
    present = _locked(assistant)
    if present is None or (present.release_id is None and present.trial_id is None):
        raise ReleaseError(_("Customers get what stands in the settings already."))
    facts = _through_gate(assistant, despite) if present.release_id is not None else {}
    return _change(present, assistant, release=None, why=Why.SETTINGS, by=by, facts=facts)


def note_look(row: Serving, kind: str, ratings: int) -> None:
    """That its ratings were looked at when there were so many."""
    row.looked = {**row.looked, kind: ratings}
    Serving.objects.filter(pk=row.pk).update(looked=row.looked)


def _locked(assistant: Assistant) -> Serving | None:
    Assistant.objects.select_for_update().get(pk=assistant.pk)
    return now(assistant)


def _through_gate(candidate: Candidate, despite: str) -> dict[str, Any]:
    """What is written down about it: whoever publishes despite the gate says why."""
    missing = [told for gate in _gates if (told := gate(candidate))]
    facts = {name: fact for rests_on in _rests for name, fact in rests_on(candidate).items()}
    if not missing:
        return facts
    if not despite.strip():
        raise GateClosed(" ".join([*missing, _("Where customers are to get it nevertheless, say why.")]))
    return {**facts, "despite": despite.strip()[:300], "missing": missing}


def _change(
    present: Serving | None, assistant: Assistant, *, release: Release | None, why: Why, by: User | None,
    trial: Release | None = None, share: int = 0, facts: Any = None,
) -> Serving:  # fmt: skip
    at = timezone.now()
    if present is not None:
        present.ended_at = at
        present.save(update_fields=["ended_at"])
    begun = Serving.objects.create(
        assistant=assistant, release=release, trial=trial, share=share, why=why, by=by, began_at=at,
        facts=facts or {}, looked=present.looked if present and why == Why.SHARE else {},
    )  # fmt: skip
    via = Via.PAGE if by else Via.COMMAND
    audit.record(_ACTIONS[why], assistant, by=by, via=via, before=_told(present), after=_told(begun))
    return begun


_ACTIONS = {
    Why.PUBLISHED: audit.Action.PUBLISHED, Why.TRIAL: audit.Action.TRIAL, Why.SHARE: audit.Action.TRIAL,
    Why.ENDED: audit.Action.TRIAL, Why.BACK: audit.Action.WITHDRAWN, Why.WORSE: audit.Action.WITHDRAWN,
    Why.SETTINGS: audit.Action.WITHDRAWN,
}  # fmt: skip


def _told(serving: Serving | None) -> dict[str, Any]:
    """Numbers, as the trail shows them; null: the settings."""
    release = serving.release.number if serving and serving.release else None
    trial = serving.trial.number if serving and serving.trial else None
    facts = serving.facts if serving else {}
    return {"release": release, "trial": trial, "share": serving.share if serving else 0, **facts}
