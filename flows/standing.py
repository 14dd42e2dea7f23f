"""How a flow stands with customers, in words: a draft, published, or changed since."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from flows.models import Flow


@dataclass(frozen=True, slots=True)
class Standing:
    name: str  # draft, published, changed
    text: str
    published: bool


def standing(flow: Flow) -> Standing:
    version = flow.published
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
