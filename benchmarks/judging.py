"""How far the judge without a model agrees with people, on answers that were labelled by hand.

    python -m benchmarks.judging [--fit] [--misses]
 In the database that is configured, with the sample loaded. Two thirds of the answers are the product's own
(without a model, so they quote), one third was written by hand: some say otherwise what the passage says,
some say it wrong. The weights and thresholds are chosen on one half (`--fit` prints them) and reported on the
other.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.extracts import start_django

LABELLED = Path(__file__).parent / "questions" / "judged_answers.jsonl"
RESAMPLED = 2_000


@dataclass(frozen=True)
class Row:
    label: dict[str, Any]
    judgement: Any
    features: dict[str, dict[str, float]]
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true", help="print weights fitted on the half to choose")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    start_django()
    labels = [json.loads(line) for line in LABELLED.read_text().splitlines()]
    rows = [read(label) for label in labels]
    if options.fit:
        fit(rows)
    report(rows)
    if options.misses:
        misses(rows)


def read(label: dict[str, Any]) -> Row:
    from evaluation.judging.offline import judge

    turns, began = turns_of(label), time.perf_counter()
    judgement = judge(turns)
    took = time.perf_counter() - began
    return Row(label, judgement, features_of(turns[-1]), took)


def turns_of(label: dict[str, Any]) -> list[Any]:
    from evaluation.turned import Source, Turned

    before = [
        Turned(one["assistant"], "answered", one["customer"], language=label["language"])
        for one in label["before"]
    ]
    sources = tuple(
        Source(one["number"], one["name"], one["title"], one["text"]) for one in label["passages"]
    )
    last = Turned(
        label["answer"], label["outcome"], label["question"], language=label["language"],
        sources=sources, looked=tuple(label["looked"]), margins=tuple(label["margins"]),
    )  # fmt: skip
    return [*before, last]


def features_of(turned: Any) -> dict[str, dict[str, float]]:
    """Of the weakest sentence, and of the whole: what the weights are fitted to."""
    from evaluation.judging import grounded as by_sentence
    from evaluation.judging import helpful, offline
    from evaluation.judging.sentences import claims_in
    from evaluation.judging.weighing import GROUNDED

    language, question = turned.language, turned.words
    passages, known = offline.passages_of(turned, language), offline.known_for(turned, language)
    if turned.outcome == "declined":
        return {}
    found = {"answered": helpful.of_answer(turned, passages, language, known)}
    claims = claims_in(turned.said, language, question)
    if claims and passages:
        each = [
            max(
                (
                    by_sentence.features(claim, one, language, question, known)[0]
                    for one in by_sentence.together(passages)
                ),
                key=GROUNDED.score,
            )
            for claim in claims
        ]
        found["grounded"] = dict(min(each, key=GROUNDED.score))
    return found


def fit(rows: Sequence[Row]) -> None:
    chosen = [row for row in rows if row.label["half"] == "choose"]
    for name, dimension in (("grounded", "grounded"), ("answered", "helpful")):
        told = [row for row in chosen if name in row.features and row.label[dimension] is not None]
        names = sorted({one for row in told for one in row.features[name]})
        known = np.array([[row.features[name].get(one, 0.0) for one in names] for row in told])
        wanted = np.array([row.label[dimension] for row in told], dtype=float)
        bias, weights = logistic(known, wanted)
        scores = 1 / (1 + np.exp(-bias - known @ weights))
        least = max(np.unique(np.round(scores, 2)), key=lambda at: kappa(scores >= at, wanted == 1))
        shown = {one: round(float(weight), 2) for one, weight in zip(names, weights, strict=True)}
        print(f"{name}: n = {len(told)}, bias {bias:.2f}, {shown}, least {least:.2f}")


def logistic(known: np.ndarray, wanted: np.ndarray, ridge: float = 0.3) -> tuple[float, np.ndarray]:
    """By Newton's method, with a little weight against large weights."""
    wide = np.hstack([np.ones((len(known), 1)), known])
    held = ridge * np.eye(wide.shape[1])
    held[0, 0] = 0.0
    weights = np.zeros(wide.shape[1])
    for _step in range(50):
        likely = 1 / (1 + np.exp(-wide @ weights))
        slope = wide.T @ (wanted - likely) - held @ weights
        weights = weights + np.linalg.solve(wide.T @ (wide * (likely * (1 - likely))[:, None]) + held, slope)
    return float(weights[0]), weights[1:]


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    same = float((one == other).mean())
    chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return (same - chance) / (1 - chance) if chance < 1 else float("nan")


def report(rows: Sequence[Row]) -> None:
    parts: list[tuple[str, Callable[[dict[str, Any]], bool]]] = [
        ("reported half", lambda one: one["half"] == "report"),
        ("  English", lambda one: one["half"] == "report" and one["language"] == "en"),
        ("  French", lambda one: one["half"] == "report" and one["language"] == "fr"),
        ("  natural", lambda one: one["half"] == "report" and one["made"] == "natural"),
        ("  written by hand", lambda one: one["half"] == "report" and one["made"] == "edited"),
        ("half to choose", lambda one: one["half"] == "choose"),
    ]
    for dimension in ("grounded", "helpful"):
        print(f"{dimension}: answers, agreement, kappa (95 %), precision and recall of “not {dimension}”")
        for name, within in parts:
            line(name, [row for row in rows if within(row.label)], dimension)
    kinds(rows)
    lengths(rows)
    median, most = np.percentile([row.seconds for row in rows], [50, 95])
    print(f"seconds for an answer: {median:.2f}, 95 % below {most:.2f}")


def pairs(rows: Sequence[Row], dimension: str) -> tuple[np.ndarray, np.ndarray]:
    """What the judge said and what the label says, where both say something."""
    told = [
        (row.judgement.of(dimension).met, row.label[dimension])
        for row in rows
        if row.label[dimension] is not None and row.judgement.of(dimension).met is not None
    ]
    return np.array([one for one, _other in told]), np.array([other for _one, other in told])


def line(name: str, rows: Sequence[Row], dimension: str) -> None:
    said, label = pairs(rows, dimension)
    if not len(said):
        return
    chance = np.random.default_rng(0)
    drawn = chance.integers(0, len(said), size=(RESAMPLED, len(said)))
    found = [value for one in drawn if not np.isnan(value := kappa(said[one], label[one]))]
    low, high = np.percentile(found, [2.5, 97.5]) if found else (np.nan, np.nan)
    caught = int((~said & ~label).sum())
    print(
        f"  {name:<18} {len(said):>4}  {(said == label).mean():.3f}  {kappa(said, label):.2f} "
        f"({low:.2f} to {high:.2f})  {caught}/{int((~said).sum())}  {caught}/{int((~label).sum())}"
    )


def kinds(rows: Sequence[Row]) -> None:
    """Of what was written by hand and reported: how often the judge says what the label says."""
    for kind in sorted({row.label["kind"] for row in rows if row.label["made"] == "edited"}):
        for label in (True, False):
            told = [
                row.judgement.grounded.met == label
                for row in rows
                if (row.label["half"], row.label["kind"]) == ("report", kind)
                and row.label["grounded"] is label
            ]
            if told:
                print(f"grounded = {label}, {kind}: {sum(told)} of {len(told)} judged so")


def lengths(rows: Sequence[Row]) -> None:
    """Whether the score goes with length where the label is the same: then length, and not worth, is
    judged."""
    for dimension in ("grounded", "helpful"):
        for met in (True, False):
            told = [
                (len(row.label["answer"].split()), row.judgement.of(dimension).score)
                for row in rows
                if row.label["half"] == "report" and row.label[dimension] is met
                and row.judgement.of(dimension).score is not None and row.label["made"] == "edited"
            ]  # fmt: skip
            if len(told) > 5:
                found = f"rank correlation {spearman(told):+.2f} (n = {len(told)})"
                print(f"length and score, written by hand, {dimension} = {met}: {found}")


def spearman(told: Sequence[tuple[float, float]]) -> float:
    one, other = (np.argsort(np.argsort(column)) for column in np.array(told).T)
    return float(np.corrcoef(one, other)[0, 1])


def misses(rows: Sequence[Row]) -> None:
    for dimension in ("grounded", "helpful"):
        for row in rows:
            met, label = row.judgement.of(dimension).met, row.label[dimension]
            if label is not None and met is not None and met != label:
                why = [(one.code, dict(one.facts)) for one in row.judgement.of(dimension).because]
                one = row.label
                print(
                    f"{one['half']} {dimension} is {label}, judged {met}: {one['id']} {one['kind']}: "
                    f"{one['question'][:80]} → {one['answer'][:160]!r} {why} {row.features}"
                )


if __name__ == "__main__":
    main()
