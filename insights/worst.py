"""Topics, the worst first: where most would be won by a better answer. Pure.

What went badly in a conversation has four signs, which count differently: an unhappy rating, a question that
was not answered, a handoff after a question, and that it was left open. (Who only wants a person was failed
by no answer.) A topic's score is how many more of its conversations have these signs than would have if it
were like all others: a small topic that is always wrong stands above a large one that is as usual. Few
customers rate: each rating stands for as many conversations as ratings do on the whole, and a topic's first
ratings count less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from insights import words
from insights.behind import Behind
from insights.cards import Part, address, conversations, coverage
from insights.first_questions import Question
from insights.reading import Counts, Figures

UNHAPPY = 0.6
SIGNS = {"unanswered": 0.2, "handed_over_later": 0.1, "left_open": 0.1}
NONE: Mapping[int, Question] = {}
DOUBTED = 2  # of so many ratings, half is believed


@dataclass(frozen=True, slots=True)
class TopicRow:
    key: int
    name: str
    count: int
    score: float
    score_words: str
    before: str
    coverage: str
    unhappy: str
    behind: Part
    not_helpful: Part
    not_answered: Part
    handed_over: Part
    unresolved: Part
    example: Question | None


def score(counts: Counts, of_all: Counts) -> float:
    """How many conversations more than usual went badly; below nothing for fewer."""
    usual = of_all["rated_down"] / max(of_all["rated"], 1)
    each = of_all["all"] / max(of_all["rated"], 1)  # conversations that a rating stands for
    believed = counts["rated"] / (counts["rated"] + DOUBTED)
    unhappy = each * believed * (counts["rated_down"] - usual * counts["rated"])
    return UNHAPPY * unhappy + sum(
        weight * (counts[sign] - counts["all"] * of_all[sign] / max(of_all["all"], 1))
        for sign, weight in SIGNS.items()
    )


def worst(
    found: Figures, names: Mapping[int, str], examples: Mapping[int, Question] = NONE
) -> list[TopicRow]:
    """Those that were asked about; conversations of no topic are left out."""
    rows = [
        _row(found, key, names[key], counts, examples.get(key))
        for key, counts in found.topics.items()
        if key in names
    ]
    return sorted(rows, key=lambda row: (-row.score, -row.count, row.name))


def _row(found: Figures, key: int, name: str, counts: Counts, example: Question | None) -> TopicRow:
    before = found.topics_before.get(key, {}).get("all", 0)

    def part(measure: str) -> Part:
        number = counts[measure]
        behind = Behind(measure, found.period, topic=key)
        return Part(words.count(number), address(behind) if number else "")

    badly = score(counts, found.now)
    return TopicRow(
        key, name, counts["all"], badly, words.signed(badly), words.before(before),
        words.percent(coverage(counts)), words.percent(words.share(counts["rated_down"], counts["rated"])),
        conversations(counts["all"], "topic", found.period, said="%(count)s", detail=str(key)),
        part("rated_down"), part("unanswered"), part("handed_over"), part("unresolved"),
        example,
    )  # fmt: skip
