"""What a run says about one side, in numbers: accuracy, coherence, experience, search, money. Pure.

The same numbers are kept with the run, shown on its pages and printed by `manage.py evaluate`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from evaluation.judging.verdicts import DIMENSIONS, Judgement
from evaluation.scripted import Script
from evaluation.turned import Turned
from evaluation.wording import plain

DEPTH = 10  # articles, for the rank of the right one
QUESTION_MARK = "?"


@dataclass(frozen=True, slots=True)
class Played:
    """One case that is over; `passed` is None where it could not be run."""

    place: int
    passed: bool | None
    script: Script
    turned: tuple[Turned, ...]
    judged: tuple[Judgement, ...] = ()  # of the answers, as far as a judge has read them


@dataclass(frozen=True, slots=True)
class Share:
    met: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.met + other.met, self.of + other.of)


@dataclass(frozen=True)
class Figures:
    """`passed`, `turns`, `checks`: accuracy, by scenario, answer and expectation (`kinds`). `asked_again`,
    `repeated` and `switched` are answers: one that asks what an earlier one asked in the same words, says
    what an earlier one said, or is in another language than the customer writes. `to_goal`: what the customer
    had to say until the end, median. `hit`: the first five articles have the right one; `mrr`: 1 by its
    place. Seconds are medians, and the 95th percentile."""

    passed: Share = Share()
    failed: int = 0  # could not be run
    turns: Share = Share()
    checks: Share = Share()
    kinds: Mapping[str, Share] = field(default_factory=dict)
    situations: Mapping[str, Share] = field(default_factory=dict)
    languages: Mapping[str, Share] = field(default_factory=dict)
    asked_again: Share = Share()
    repeated: Share = Share()
    switched: Share = Share()
    to_goal: float | None = None
    words: float | None = None  # of the customer, in a conversation
    first_word: tuple[float, float] | None = None
    seconds: tuple[float, float] | None = None
    judged: Mapping[str, Share] = field(default_factory=dict)  # by what it is judged for; "sentences" too
    undecided: int = 0  # answers of which the judge said nothing that could be understood
    hit: Share = Share()
    mrr: float | None = None
    tokens: int = 0
    cost: float | None = None
    reached: tuple[str, ...] = ()  # steps of flows, as "flow@version/step"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Figures:
        return cls(**{name: _read(name, value) for name, value in kept.items()})


SHARES = {"passed", "turns", "checks", "asked_again", "repeated", "switched", "hit"}
BY_NAME = {"kinds", "situations", "languages", "judged"}
LISTS = {"first_word", "seconds", "reached"}


def _read(name: str, value: Any) -> Any:
    if name in SHARES:
        return Share(**value)
    if name in BY_NAME:
        return {key: Share(**one) for key, one in value.items()}
    return tuple(value) if name in LISTS and value is not None else value


def figures(cases: Sequence[Played]) -> Figures:
    ran = [case for case in cases if case.passed is not None]
    answers = [turned for case in ran for turned in case.turned]
    checks = [check for one in answers for check in one.checks if check.met is not None]
    judged = [one for case in ran for one in case.judged]
    ranks = [rank for case in ran for rank in _ranks(case)]
    goals = [len(case.turned) for case in ran if case.passed]
    return Figures(
        passed=_share(case.passed for case in ran),
        failed=len(cases) - len(ran),
        turns=_share(one.met for one in answers if one.checks),
        checks=_share(check.met for check in checks),
        kinds=_by(checks, lambda check: check.kind, lambda check: check.met),
        situations=_by(ran, lambda case: case.script.situation, lambda case: case.passed),
        languages=_by(ran, lambda case: case.script.language, lambda case: case.passed),
        asked_again=_sum(map(_asked_again, ran)),
        repeated=_sum(map(_repeated, ran)),
        switched=_sum(map(_switched, ran)),
        to_goal=median(goals) if goals else None,
        words=median(map(_effort, ran)) if ran else None,
        first_word=_spread([one.spent.first_word for one in answers]),
        seconds=_spread([one.spent.seconds for one in answers]),
        judged=_judged(judged),
        undecided=sum(bool(one.error) for one in judged),
        hit=Share(sum(0 < rank <= 5 for rank in ranks), len(ranks)),
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else None,
        tokens=sum(one.spent.tokens for one in answers),
        cost=_cost(answers),
        reached=tuple(sorted({step for one in answers for step in one.steps})),
    )


def _share(found: Iterable[bool | None]) -> Share:
    kept = list(found)
    return Share(sum(map(bool, kept)), len(kept))


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())


def _by(rows: Iterable[Any], key: Any, met: Any) -> dict[str, Share]:
    found: dict[str, Share] = {}
    for row in rows:
        found[key(row)] = found.get(key(row), Share()) + Share(int(bool(met(row))), 1)
    return dict(sorted(found.items()))


def _judged(judgements: Sequence[Judgement]) -> dict[str, Share]:
    """What there was nothing to judge of counts for nothing."""
    sentences = [one.grounded for each in judgements for one in each.sentences]
    found = {"sentences": _share(sentences)} if sentences else {}
    for name in DIMENSIONS:
        met = [verdict for one in judgements if (verdict := one.of(name).met) is not None]
        found |= {name: _share(met)} if met else {}
    return found


def _asked_again(case: Played) -> Share:
    """Of the answers that ask something, those whose question stood in an earlier answer already."""
    seen, again, asking = set[str](), 0, 0
    for turned in case.turned:
        questions = {plain(line) for line in turned.said.splitlines() if QUESTION_MARK in line}
        asking += bool(questions)
        again += bool(questions & seen)
        seen |= questions
    return Share(again, asking)


def _repeated(case: Played) -> Share:
    said = Counter(plain(turned.said) for turned in case.turned)
    return Share(sum(said.values()) - len(said), sum(said.values()))


def _switched(case: Played) -> Share:
    """Answers in another language than the scenario's, where that is not what the scenario is about."""
    if case.script.situation == "language":
        return Share()
    own = case.script.language.partition("-")[0]
    told = [turned.language.partition("-")[0] for turned in case.turned if turned.language]
    return Share(sum(one != own for one in told), len(told))


def _effort(case: Played) -> int:
    return sum(len(turned.words.split()) for turned in case.turned)


def _ranks(case: Played) -> Iterable[int]:
    """Of each answer that is to cite something: the place of the first right article, 0 for none."""
    for turn, turned in zip(case.script.turns, case.turned, strict=False):
        cites = (*turn.expects.cites, *turn.expects.cites_one)
        if cites and turned.found:
            wanted = {name.casefold() for name in cites}
            titles = {source.title.casefold(): source.name for source in turned.sources}
            wanted |= {titles[name].casefold() for name in wanted if name in titles}
            found = [name.casefold() for name in turned.found[:DEPTH]]
            yield next((place for place, name in enumerate(found, 1) if name in wanted), 0)


def _spread(values: Sequence[float]) -> tuple[float, float] | None:
    if not values:
        return None
    ranked = sorted(values)
    return median(ranked), ranked[min(len(ranked) - 1, round(0.95 * (len(ranked) - 1)))]


def _cost(answers: Sequence[Turned]) -> float | None:
    """None where a model was asked that has no price: a part of the sum would be a guess."""
    asked = [one.spent for one in answers if one.spent.model]
    return None if any(one.cost is None for one in asked) else sum(one.cost or 0 for one in asked)
