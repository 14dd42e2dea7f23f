"""A draft through all the steps that its source wants. Pure.

Cleaning is repeated until it changes nothing more, since one step may show another what to do; nearly
always the second round is the last. So what has been cleaned stays as it is when it is cleaned again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from knowledge.cleaning.base import Cleaned, Draft, Rules
from knowledge.cleaning.personal import find_personal
from knowledge.cleaning.steps import STEPS
from knowledge.cleaning.visible import clean_line, clean_markdown

# They read what nobody sees: half of a wrongly read letter, the place where a word may be broken.
BEFORE_HIDDEN_GOES = {"encoding", "hyphenation"}
MOST_ROUNDS = 8


@dataclass(frozen=True)
class Change:
    """What one step did: the draft before and after it, and the number of places."""

    step: str
    before: Draft
    after: Draft
    places: int


def clean(draft: Draft, rules: Rules) -> Cleaned:
    draft, changes = _run(draft, rules)
    counts: Counter[str] = Counter()
    for change in changes:
        counts[change.step] += change.places
    findings = find_personal(draft.body, rules) if "personal" in rules.steps else []
    return Cleaned(draft, dict(counts), tuple(findings))


def trace(draft: Draft, rules: Rules) -> list[tuple[str, Draft, Draft]]:
    """The name of every step that changed something, with the draft before and after it."""
    return [(change.step, change.before, change.after) for change in _run(draft, rules)[1]]


def _run(draft: Draft, rules: Rules) -> tuple[Draft, list[Change]]:
    changes: list[Change] = []
    for _ in range(MOST_ROUNDS):
        before = draft
        draft, made = _round(draft, rules)
        changes += made
        if draft == before:
            break
    return draft, changes


def _round(draft: Draft, rules: Rules) -> tuple[Draft, list[Change]]:
    changes = []
    seen: Draft | None = None
    for step in STEPS:
        if step.name not in BEFORE_HIDDEN_GOES and draft is not seen:
            draft = seen = _visible(draft)
        if step.name not in rules.steps:
            continue
        after, places = step.apply(draft, rules)
        if after != draft:
            changes.append(Change(step.name, draft, after, max(places, 1)))
            draft = after
    return draft if draft is seen else _visible(draft), changes


def _visible(draft: Draft) -> Draft:
    return replace(draft, title=clean_line(draft.title), body=clean_markdown(draft.body))
