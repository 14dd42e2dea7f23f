"""How a flow stands with customers, in words: a draft, published, or changed since."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from flows.models import Flow, FlowVersion


@dataclass(frozen=True, slots=True)
class Standing:
    name: str  # draft, published, changed, trial, archived
    text: str
    published: bool  # or on trial: customers may begin it


def standing(flow: Flow) -> Standing:
    version = flow.published
    if flow.archived_at:
        return Standing("archived", _("Archived"), published=False)
    if flow.trial is not None:
        return Standing("trial", _on_trial(flow, flow.trial), published=True)
    if version is None:
        return Standing("draft", _("Draft"), published=False)
    if version.graph == flow.draft:
        return Standing(
            "published", _("Published, version %(number)d") % {"number": version.number}, published=True
        )
    return Standing(
        "changed",
        _("Version %(number)d is out, changes are not") % {"number": version.number},
        published=True,
    )


def _on_trial(flow: Flow, trial: FlowVersion) -> str:
    known = {"trial": trial.number, "share": flow.trial_share}
    if flow.published is None:
        return _("Version %(trial)d on trial, %(share)d %%") % known
    known["number"] = flow.published.number
    return _("Version %(number)d is out, %(trial)d on trial, %(share)d %%") % known
