"""How far the judge without a model agrees with people, on answers that were labelled by hand.

    python -m benchmarks.judging [--fit] [--half choose|report] [--misses]

In the database that is configured, with the sample loaded. The labels are of one person, who has written
them down before any judge read the answers: 297 of answers, half of them the product's own, and 342 that
were written later, with conversations and tones. The weights and rules are made on one half (`--fit` writes
evaluation/judging/weights.json) and reported on the other. Which half an answer is in stands with it; of
those written later it is that of a hash of their question or conversation, so that none is in both, and 54
more were written for the half that is reported when the rules stood.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.extracts import start_django
from benchmarks.judging_bias import biases
from benchmarks.judging_labels import CHOOSE, REPORT, Row, kappa, labels, pairs, read

RESAMPLED = 2_000
DIMENSIONS = ("grounded", "helpful", "coherent", "tone")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true", help="fit the weights on the half to choose")
    parser.add_argument("--half", choices=[CHOOSE, REPORT], default="")
    parser.add_argument("--misses", action="store_true", help="of the half to choose")
    options = parser.parse_args()
    start_django()
    if options.fit:
        from benchmarks.judging_fit import fit

        fit()
        return
    rows = [read(label) for label in labels(options.half)]
    report(rows)
    if options.misses:
        misses(rows)


Within = Callable[[dict[str, Any]], bool]
PARTS: list[tuple[str, Within]] = [
    ("reported half", lambda one: one["half"] == REPORT),
    ("  English", lambda one: one["half"] == REPORT and spoken(one) == "en"),
    ("  French", lambda one: one["half"] == REPORT and spoken(one) == "fr"),
    ("  the product's own", lambda one: one["half"] == REPORT and one["made"] == "natural"),
    ("  edited, the first", lambda one: one["half"] == REPORT and one["made"] == "edited"),
    ("  written later", lambda one: one["half"] == REPORT and one["made"] == "written"),
    ("  … when rules stood", lambda one: one["half"] == REPORT and "-later-" in one["id"]),
    ("half to choose", lambda one: one["half"] == CHOOSE),
]


def spoken(label: dict[str, Any]) -> str:
    """What the customer speaks."""
    return str(label["group"].partition("-")[0] if "group" in label else label["language"])


def report(rows: Sequence[Row]) -> None:
    for dimension in DIMENSIONS:
        print(
            f"{dimension}: answers it says something of, of how many; agreement, kappa (95 %), "
            f"precision and recall of “not {dimension}”"
        )
        for name, within in PARTS:
            line(name, [row for row in rows if within(row.label)], dimension)
        kinds(rows, dimension)
    lengths(rows)
    biases([row for row in rows if row.label["half"] == REPORT] or rows)
    median, most = np.percentile([row.seconds for row in rows], [50, 95])
    print(f"seconds for an answer: {median:.2f}, 95 % below {most:.2f}")


def line(name: str, rows: Sequence[Row], dimension: str) -> None:
    said, label = pairs(rows, dimension)
    if not len(said):
        return
    labelled = sum(row.label.get(dimension) is not None for row in rows)
    chance = np.random.default_rng(0)
    drawn = chance.integers(0, len(said), size=(RESAMPLED, len(said)))
    found = [value for one in drawn if not np.isnan(value := kappa(said[one], label[one]))]
    low, high = np.percentile(found, [2.5, 97.5]) if found else (np.nan, np.nan)
    caught = int((~said & ~label).sum())
    print(
        f"  {name:<21} {len(said):>4} of {labelled:>3}  {(said == label).mean():.3f}  "
        f"{kappa(said, label):.2f} ({low:.2f} to {high:.2f})  "
        f"{caught}/{int((~said).sum())}  {caught}/{int((~label).sum())}"
    )


def kinds(rows: Sequence[Row], dimension: str) -> None:
    """Of what was written by hand and reported: how often the judge says what the label says."""
    hand = [row for row in rows if row.label["half"] == REPORT and row.label["made"] != "natural"]
    for kind in sorted({row.label["kind"] for row in hand}):
        for label in (True, False):
            told = [
                row.judgement.of(dimension).met
                for row in hand
                if row.label["kind"] == kind and row.label.get(dimension) is label
            ]
            if told and (dimension in ("grounded", "helpful") or not label):
                print(f"    {dimension} = {label}, {kind}: {told.count(label)} of {len(told)} judged so")


def lengths(rows: Sequence[Row]) -> None:
    """Whether the score goes with length where the label is the same: then length, and not worth, is
    judged."""
    for dimension in ("grounded", "helpful"):
        for met in (True, False):
            told = [
                (len(row.label["answer"].split()), row.judgement.of(dimension).score)
                for row in rows
                if row.label["half"] == "report" and row.label[dimension] is met
                and row.judgement.of(dimension).score is not None and row.label["made"] != "natural"
            ]  # fmt: skip
            if len(told) > 5:
                found = f"rank correlation {spearman(told):+.2f} (n = {len(told)})"
                print(f"length and score, written by hand, {dimension} = {met}: {found}")


def spearman(told: Sequence[tuple[float, float]]) -> float:
    one, other = (np.argsort(np.argsort(column)) for column in np.array(told).T)
    return float(np.corrcoef(one, other)[0, 1])


def misses(rows: Sequence[Row]) -> None:
    """Never of the half that is reported: it would be learned from."""
    chosen = [row for row in rows if row.label["half"] == CHOOSE]
    for dimension in DIMENSIONS:
        for row in chosen:
            met, label = row.judgement.of(dimension).met, row.label.get(dimension)
            if label is not None and met is not None and met != label:
                why = [(one.code, dict(one.facts)) for one in row.judgement.of(dimension).because]
                one = row.label
                print(
                    f"{dimension} is {label}, judged {met}: {one['id']} {one['kind']}: "
                    f"{one['question'][:80]} → {one['answer'][:160]!r} {why}"
                )


if __name__ == "__main__":
    main()
