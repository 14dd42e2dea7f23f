"""A version on trial beside the published one: how many began each and finished it, and what that says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from flows.chance import difference
from flows.coverage import Use, begun_and_done
from flows.models import Flow, FlowVersion


def trial_of(flow: Flow) -> dict[str, Any] | None:
    """For the history in the editor; both sides are counted since the trial began."""
    if flow.trial is None or flow.trial_since is None:
        return None
    tried = begun_and_done(flow.trial.pk, since=flow.trial_since)
    now = begun_and_done(flow.published.pk, since=flow.trial_since) if flow.published else None
    return {
        "number": flow.trial.number,
        "share": flow.trial_share,
        "since": flow.trial_since.isoformat(),
        "sides": [
            _side(flow.trial, tried),
            *([_side(flow.published, now)] if flow.published and now else []),
        ],
        "verdict": verdict(tried, now),
    }


def _side(version: FlowVersion, use: Use) -> dict[str, int]:
    return {"number": version.number, "begun": use.begun, "done": min(use.done, use.begun)}


def verdict(tried: Use, now: Use | None) -> str:
    """Nothing is claimed of too few, nor of what may be chance."""
    if now is None:
        return _("There is nothing to compare it with: no version is published.")
    interval = difference(min(tried.done, tried.begun), tried.begun, min(now.done, now.begun), now.begun)
    if interval is None:
        return _("Too few conversations to say which one is finished more often.")
    low, high = (round(100 * bound) for bound in interval)
    known = {"low": min(abs(low), abs(high)), "high": max(abs(low), abs(high))}
    if low > 0:
        return _("The trial is finished more often: by %(low)d to %(high)d points of 100.") % known
    if high < 0:
        return _("The trial is finished less often: by %(low)d to %(high)d points of 100.") % known
    return _("No difference that could not be chance.")
