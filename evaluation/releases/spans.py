"""What customers got from when until when, and how they fared with it then: it stays when it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from assistant.models import Assistant, Release, Serving
from conversations.by_release import Fared, fared
from evaluation.releases.watching import BEFORE, GONE_BACK_TO, Beside, beside

MOST_SPANS = 5
LOOKED_THROUGH = 60  # rows


@dataclass(frozen=True)
class Span:
    """The same was served all the time, though the share may have grown; `until` is None for now. `release`
    None: the settings."""

    assistant: int
    release: Release | None
    trial: Release | None
    share: int
    why: str  # it began
    since: datetime
    until: datetime | None

    def has(self, release: int) -> bool:
        return release in (self.release and self.release.pk, self.trial and self.trial.pk)

    def sides(self) -> list[tuple[Release | None, Fared]]:
        """What most got, and what a share got."""
        both = [self.release, self.trial] if self.trial else [self.release]
        return [(one, fared(self.assistant, one.pk if one else None, self.since, self.until)) for one in both]


@dataclass(frozen=True)
class Compared:
    """A release and what it is held against; `until` None: it goes on."""

    beside: Beside
    at_once: bool  # both at the same time; otherwise the other one in the four weeks before
    until: datetime | None


def spans(assistant: Assistant) -> list[Span]:
    """The newest first. One query."""
    rows = Serving.objects.filter(assistant=assistant).select_related("release", "trial").order_by("-pk")
    light = rows.defer("release__router", "trial__router", "release__contents", "trial__contents")
    found: list[Span] = []
    for row in light[:LOOKED_THROUGH]:
        span = Span(assistant.pk, row.release, row.trial, row.share, row.why, row.began_at, row.ended_at)
        if found and (found[-1].release, found[-1].trial) == (span.release, span.trial):
            found[-1] = replace(found[-1], since=span.since, why=span.why)
        else:
            found.append(span)
    return found


def compared_last(assistant: Assistant, now: Serving | None, release: int = 0) -> Compared | None:
    """What is watched; where nothing is (any more), what was compared last: a trial that has ended, a release
    that was rolled back or has proved itself. `release`: only what has it. None where there was none."""
    watched = beside(now) if now is not None else None
    if watched is not None and now is not None and (not release or watched.release.pk == release):
        return Compared(watched, now.trial is not None, None)
    all_spans = spans(assistant)
    for at, span in enumerate(all_spans):
        new = span.trial or span.release
        if new is None or (release and new.pk != release) or (not span.trial and span.why in GONE_BACK_TO):
            continue
        before = all_spans[at + 1].release if at + 1 < len(all_spans) else None
        return Compared(_then(span, new, before), span.trial is not None, span.until)
    return None


def _then(span: Span, new: Release, before: Release | None) -> Beside:
    against, since, until = (span.release, span.since, span.until) if span.trial else (
        before, span.since - BEFORE, span.since
    )  # fmt: skip
    own = fared(span.assistant, new.pk, span.since, span.until)
    other = fared(span.assistant, against.pk if against else None, since, until)
    return Beside(new, against, span.since, own, other)
