"""What the pages of releases show: what customers get, how they fare with it, what there was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assistant.models import Assistant, Release, Serving
from assistant.releases.contents import Contents, contents_of
from chatbot.chance import wilson
from conversations.by_release import Fared
from evaluation.releases.differences import Group, differences
from evaluation.releases.gate import Shown
from evaluation.releases.spans import MOST_SPANS, compared_last, spans
from flows.models import Flow
from flows.texts import in_language
from knowledge.models import Document
from knowledge.stock import Stock, changed_since

MOST_ARTICLES = 8
MOST_ROWS = 20


@dataclass(frozen=True)
class Row:
    """One line of how customers fare, on each side; `values` are words."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Live:
    """What is served beside what it is held against, since `since`; `until` None: it goes on."""

    names: tuple[str, str]
    since: datetime
    until: datetime | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Then:
    """What was served from when until when (None: now), to how many of 100 (0: to all), and each value of
    `columns` in words."""

    since: datetime
    until: datetime | None
    name: str
    share: int
    values: tuple[str, ...]


def sentence(now: Serving | None) -> str:
    """What customers get."""
    if now is None or (now.release is None and now.trial is None):
        return _("Customers get what stands in the settings")
    if now.trial is None:
        return _("Customers get release %(number)d") % {"number": now.release.number if now.release else 0}
    known = {"share": now.share, "trial": now.trial.number}
    if now.release is None:
        return _("%(share)d of 100 conversations get release %(trial)d, the others the settings") % known
    told = _("%(share)d of 100 conversations get release %(trial)d, the others release %(number)d")
    return told % {**known, "number": now.release.number}


def live(assistant: Assistant, now: Serving | None, release: int = 0) -> Live | None:
    """What is watched, or was last; `release`: only what has it. None where there was nothing."""
    found = compared_last(assistant, now, release)
    if found is None:
        return None
    both, other = found.beside, str(found.beside.against or _("the settings"))
    if not found.at_once:
        other = _("%(what)s, in the four weeks before") % {"what": other}
    rows = tuple(_rows(both.own, both.other))
    return Live((str(both.release), other), both.since, found.until, rows)


def served(assistant: Assistant, release: int = 0) -> list[Then]:
    """What was served when, and how customers fared with it then, the newest first."""
    wanted = [span for span in spans(assistant) if not release or span.has(release)]
    found = []
    for span in wanted[:MOST_SPANS]:
        for at, (own, fares) in enumerate(span.sides()):
            told = str(own or _("the settings"))
            share = 0 if not span.trial else span.share if at else 100 - span.share
            if not release or (own and own.pk == release):
                values = tuple(row.values[0] for row in _rows(fares))
                found.append(Then(span.since, span.until, told, share, values))
    return found


def columns() -> list[str]:
    return [row.name for row in _rows(Fared())]


def _rows(*sides: Fared) -> list[Row]:
    return [
        Row(_("Conversations"), tuple(str(one.conversations) for one in sides)),
        Row(_("Answers"), tuple(str(one.answers) for one in sides)),
        Row(_("Answered from the knowledge"), tuple(_share(one.answered, one.answers) for one in sides)),
        Row(_("Handed over"), tuple(_share(one.handed_over, one.answers) for one in sides)),
        Row(_("Rated helpful"), tuple(_share(one.helpful, one.ratings) for one in sides)),
        Row(_("Conversations rated good"), tuple(_share(one.good, one.good + one.bad) for one in sides)),
    ]


def _share(met: int, of: int) -> str:
    """With its 95 % interval: few ratings say little, and that is to be seen."""
    if not of:
        return "–"
    low, high = wilson(met, of)
    known = {"percent": round(100 * met / of), "met": met, "of": of}
    told = _("%(percent)d %% (%(met)d of %(of)d; %(low)d to %(high)d %%)")
    return told % {**known, "low": round(100 * low), "high": round(100 * high)}


def against_settings(assistant: Assistant, release: Release | None) -> list[Group] | None:
    """What differs between a release and the settings now. None without one."""
    if release is None:
        return None
    return compared(Contents.model_validate(release.contents), contents_of(assistant))


def compared(before: Contents, after: Contents) -> list[Group]:
    language = get_language() or "en"
    flows = Flow.objects.filter(key__in={*before.flows, *after.flows}).only("key", "draft")
    titles = {flow.key: in_language(flow.draft.get("name") or {}, language) or flow.key for flow in flows}
    return differences(before, after, titles)


def knowledge_of(release: Release) -> dict[str, Any]:
    """How many articles there were, and those that say something else since."""
    stock = Stock.from_json(release.knowledge)
    changed = changed_since(stock.at, frozenset(Contents.model_validate(release.contents).sources))
    count = changed.count()
    titles: list[Document] = list(changed.only("pk", "title")[:MOST_ARTICLES]) if count else []
    return {"stock": stock, "changed": count, "articles": titles, "more": max(0, count - len(titles))}


def badge(release: Release, now: Serving | None) -> tuple[str, str]:
    """A state and its words; "" where customers do not get it."""
    if now is None:
        return "", ""
    if now.release_id == release.pk:
        return "served", _("customers get it")
    if now.trial_id == release.pk:
        return "trial", _("%(share)d of 100 get it") % {"share": now.share}
    return "", ""


def gate_words(shown: Shown) -> tuple[str, str]:
    """A tone and its words; "" where nothing is asked for."""
    if not shown.asked:
        return "", ""
    if shown.passed is not None:
        words = _("%(met)d of %(of)d as expected") % {"met": shown.passed.met, "of": shown.passed.of}
        return ("met" if shown.met else "missed"), words
    return "open", _("is being run") if shown.run else _("not run yet")


def history(assistant: Assistant) -> Sequence[Serving]:
    rows = Serving.objects.filter(assistant=assistant).select_related("release", "trial", "by")
    light = rows.defer("release__router", "trial__router", "release__contents", "trial__contents")
    return list(light[:MOST_ROWS])
