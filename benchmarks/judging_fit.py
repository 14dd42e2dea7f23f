"""The weights of the judge without a model, fitted on the half of the labelled answers that is there for it.

Logistic regression over few features that can each speak one way only. How well that does is told by cross
validation in which all answers to one question are in the same part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.judging_labels import CHOOSE, kappa, labels, turns_of

STRENGTH = 0.3  # of the fit against small weights: chosen of 0.1, 0.3 and 1 by cross validation
PARTS, TIMES, ROUNDS = 8, 4, 3
COMMAND = "python -m benchmarks.judging --fit"
Answer = list[list[dict[str, float]]]  # for each sentence, beside each passage
Score = Callable[[dict[str, float]], float]
# They may not speak the other way, whatever chance says.
FOR = {
    "grounded": {"at_once", "words", "near", "near_foreign", "foreign", "figure_stands"},
    "answered": {"near", "asked_for", "margin", "stands_out"},
}
# Where a yes is less likely than not it is a no; of what lies below the second nobody can tell.
BAND = {"grounded": (0.5, 0.5), "answered": (0.5, 0.7)}


def fit() -> None:
    from evaluation.judging.weighing import KEPT

    kept: dict[str, Any] = {"made_by": COMMAND}
    told = [one for one in labels(CHOOSE) if one["outcome"] == "answered"]
    for name, dimension in (("grounded", "grounded"), ("answered", "helpful")):
        known = [(one, found) for one in told if one[dimension] is not None and (found := read(one, name))]
        answers, wanted = [found for _one, found in known], np.array([one[dimension] for one, _f in known])
        bias, of = fitted(answers, wanted, name)
        scores = cross_validated(answers, wanted, [one["question"] for one, _f in known], name)
        low, high = BAND[name]
        told_of = (scores < low) | (scores >= high)
        print(
            f"{name}: n = {len(wanted)}; cross-validated: kappa {kappa(scores >= 0.5, wanted):.2f}, "
            f"with “cannot tell” from {low} to {high} {kappa(scores[told_of] >= high, wanted[told_of]):.2f} "
            f"of {told_of.mean():.2f}"
        )
        kept[name] = {"bias": bias, "of": of, "no_below": low, "yes_from": high}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    print(KEPT.read_text())


def read(label: dict[str, Any], name: str) -> Answer:
    """Of what helps the best sentence counts, of what is grounded the weakest."""
    from evaluation.judging import grounded, helpful, offline
    from evaluation.judging.sentences import claims_in

    last = turns_of(label)[-1]
    language, question = last.language, last.words
    passages, known = offline.passages_of(last, language), offline.known_for(last, language)
    claims = claims_in(last.said, language, question)
    if not claims or (name == "grounded" and not passages):
        return []
    if name == "answered":
        return [helpful.of_sentences(last, passages, language, known)]
    return [
        [
            dict(grounded.features(one, held, language, question, known)[0])
            for held in grounded.together(passages)
        ]
        for one in claims
    ]


def weakest(answer: Answer, score: Score) -> dict[str, float]:
    return min((max(sentence, key=score) for sentence in answer), key=score)


def fitted(answers: Sequence[Answer], wanted: np.ndarray, name: str) -> tuple[float, dict[str, float]]:
    """Which sentence is the weakest the weights say, so they are fitted a few times. What would speak the
    wrong way is left out."""
    names = sorted({one for answer in answers for sentence in answer for found in sentence for one in found})
    bias, of = 0.0, {one: 1.0 if one in FOR[name] else -1.0 for one in names}
    for _round in range(ROUNDS):
        score = _scored(bias, of)
        rows = [weakest(answer, score) for answer in answers]
        bias, of = _logistic(rows, wanted, list(of))
        wrong = [one for one, weight in of.items() if (weight > 0) != (one in FOR[name])]
        if wrong:
            bias, of = _logistic(rows, wanted, [one for one in of if one not in wrong])
    return round(bias, 3), {one: round(weight, 3) for one, weight in of.items()}


def _scored(bias: float, of: dict[str, float]) -> Score:
    return lambda found: bias + sum(weight * found.get(one, 0.0) for one, weight in of.items())


def _logistic(
    rows: Sequence[dict[str, float]], wanted: np.ndarray, names: Sequence[str]
) -> tuple[float, dict[str, float]]:
    table = np.array([[row.get(one, 0.0) for one in names] for row in rows])
    model = LogisticRegression(C=STRENGTH)
    scaled, found = (line := make_pipeline(StandardScaler(), model).fit(table, wanted))[0], line[-1]
    weights = found.coef_[0] / scaled.scale_
    bias = float(found.intercept_[0] - (weights * scaled.mean_).sum())
    return bias, dict(zip(names, map(float, weights), strict=True))


def cross_validated(
    answers: Sequence[Answer], wanted: np.ndarray, questions: Sequence[str], name: str
) -> np.ndarray:
    """The score of each answer by weights that have not seen its question, the mean of a few divisions."""
    every, found = sorted(set(questions)), np.zeros(len(answers))
    for time in range(TIMES):
        order = np.random.default_rng(time).permutation(len(every))
        part = {question: int(at) % PARTS for question, at in zip(every, order, strict=True)}
        held = np.array([part[question] for question in questions])
        for number in range(PARTS):
            known = [answer for answer, at in zip(answers, held, strict=True) if at != number]
            score = _scored(*fitted(known, wanted[held != number], name))
            for at in np.flatnonzero(held == number).tolist():
                found[at] += 1 / (1 + np.exp(-score(weakest(answers[at], score)))) / TIMES
    return found
