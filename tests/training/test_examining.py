"""What is held out, what is compared, how far likelihoods can be believed, and whether more would help."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.routing.fitting import Fitted
from assistant.routing.learning import fitted_to
from assistant.routing.samples import KNOWLEDGE, Sample
from training import curve_words
from training.calibrating import calibration, with_temperature
from training.curving import SHARES, advice, last_step, learned_by_share
from training.examining import compared, examine, shadow_of
from training.holding_out import held_out, learned_without
from training.mixing import NONE, matrix
from training.secrets import without_secrets

AWAY = np.eye(16)
Vectors = dict[str, np.ndarray]


def nothing() -> None:
    """Nobody wants to end it."""


def said(
    label: str, at: int, count: int, *, spread: float = 0.25, seed: int = 0
) -> list[tuple[Sample, np.ndarray]]:
    """So many texts around one of sixteen directions."""
    random = np.random.default_rng(100 * seed + at)
    return [
        (Sample(f"{label} {number} {seed}", label, "en"), AWAY[at] + spread * random.normal(size=16))
        for number in range(count)
    ]


def several(*groups: list[tuple[Sample, np.ndarray]]) -> tuple[list[Sample], Vectors]:
    pairs = [pair for group in groups for pair in group]
    return [sample for sample, _ in pairs], {sample.text: vector for sample, vector in pairs}


def learned(*groups: list[tuple[Sample, np.ndarray]]) -> tuple[Fitted, list[Sample], Vectors]:
    samples, vectors = several(*groups)
    fitted = fitted_to(samples, vectors)
    assert fitted is not None
    return fitted, samples, vectors


def shop(**changed: float) -> tuple[Fitted, list[Sample], Vectors]:
    return learned(
        said("book", 0, 30, **changed), said("refund", 1, 30), said("swap", 2, 30), said(KNOWLEDGE, 4, 60)
    )


TEXTS = st.lists(st.text(min_size=1, max_size=12), unique_by=lambda text: " ".join(text.casefold().split()))


@given(TEXTS, st.text(min_size=1, max_size=12))
def test_one_more_example_moves_at_most_one(texts: list[str], more: str) -> None:
    samples = [Sample(text, "book") for text in texts]
    before = {samples[at].text for at in held_out(samples)}
    samples.insert(len(samples) // 2, Sample(more, "book"))
    after = {samples[at].text for at in held_out(samples)}
    assert len(before) == len(texts) // 5
    assert len(before - after) <= 1


def test_each_flow_gives_a_fifth_of_its_own() -> None:
    _fitted, samples, _vectors = shop()
    out = [samples[at].label for at in held_out(samples)]
    assert {label: out.count(label) for label in set(out)} == {
        "book": 6,
        "refund": 6,
        "swap": 6,
        KNOWLEDGE: 12,
    }


def test_nothing_like_what_is_held_out_is_learned() -> None:
    samples, vectors = several(said("book", 0, 10), said(KNOWLEDGE, 4, 10))
    out = held_out(samples)
    twin = Sample("the very same in other words", "book")
    said_again = Sample(f"I want to {samples[out[0]].text}", "book")
    vectors |= {twin.text: vectors[samples[out[0]].text] * 1.001, said_again.text: AWAY[9]}
    samples += [twin, said_again]
    rows = np.array([vectors[sample.text] for sample in samples])
    kept = {samples[at].text for at in learned_without(samples, rows, out)}
    assert kept.isdisjoint({twin.text, said_again.text, *(samples[at].text for at in out)})
    assert len(kept) == len(samples) - len(out) - 2


def test_a_router_with_mixed_up_examples_is_found_worse_and_the_texts_are_named() -> None:
    present, samples, vectors = shop()
    before = shadow_of(present, samples, vectors)
    spoilt = said("swap", 0, 40, seed=1)  # of the other flow's meaning
    candidate, more, known = learned(
        said("book", 0, 30), said("refund", 1, 30), said("swap", 2, 30), said(KNOWLEDGE, 4, 60), spoilt
    )
    after = shadow_of(candidate, more, known)
    assert before and after
    found = compared(before, after, more, known)
    assert found["pairs"]["present"] >= 4 and found["pairs"]["candidate"] == 0
    assert {one["label"] for one in found["worse"]} <= {"book", "swap"}
    assert all(one["before"] == one["label"] != one["began"] for one in found["worse"])


def test_what_the_present_one_has_learned_is_left_out() -> None:
    fitted, samples, vectors = shop()
    shadow = shadow_of(fitted, samples, vectors)
    assert shadow
    assert compared(shadow, shadow, samples, vectors)["left_out"] == 0
    assert compared(fitted, shadow, samples, vectors)["pairs"] == {
        "both": 0,
        "present": 0,
        "candidate": 0,
        "neither": 0,
    }


def test_flows_that_only_one_knows_are_left_out() -> None:
    fitted, samples, vectors = shop()
    less = [sample for sample in samples if sample.label != "swap"]
    fewer = fitted_to(less, vectors)
    assert fewer
    before, after = shadow_of(fewer, less, vectors), shadow_of(fitted, samples, vectors)
    assert before and after
    assert compared(before, after, samples, vectors)["left_out"] == 6


def test_the_report_says_what_is_mixed_up() -> None:
    fitted, samples, vectors = learned(
        said("book", 0, 20), said("refund", 1, 10), said("swap", 1, 10, seed=2), said(KNOWLEDGE, 4, 40)
    )
    report = examine(fitted, samples, vectors, nothing).report
    found = matrix(fitted.figures.as_json(), report["mixed"])
    assert sum(found.cells.values()) == len(samples)
    assert {(one.label, one.began) for one in found.mixed} & {("swap", "refund"), ("refund", "swap")}
    assert abs(found.order.index("swap") - found.order.index("refund")) == 1
    assert found.order[-1] == NONE
    for flow, one in fitted.figures.each.items():
        assert found.whole(flow) == one.examples


def test_more_examples_help_where_there_are_few() -> None:
    fitted, _samples, _vectors = learned(
        said("book", 0, 20, spread=0.5), said("refund", 1, 20, spread=0.5), said(KNOWLEDGE, 4, 20)
    )
    assert fitted.tested
    curve = learned_by_share(fitted.tested, nothing)
    assert [len(folds) for folds in curve.folds] == [5] * len(SHARES)
    assert np.mean(curve.folds[-1]) >= np.mean(curve.folds[0])
    assert curve.examples == {"book": 20, "refund": 20}


@pytest.mark.parametrize(
    ("examples", "begun", "right", "said"),
    [
        (9, 9, (1, 2, 3, 4, 5), "few"),
        (10, 9, (3, 5, 8, 9, 9), "well"),
        (20, 17, (3, 5, 18, 19, 19), "unsure"),  # the likeliest of 95 %, and yet it begins for fewer
        (20, 11, (2, 5, 8, 9, 12), "more"),
        (20, 9, (2, 8, 9, 9, 10), "other"),
        (40, 20, (10, 15, 18, 19, 20), "other"),  # two of forty more are within what chance does
    ],
)
def test_it_is_said_whether_more_would_help(
    examples: int, begun: int, right: tuple[int, ...], said: str
) -> None:
    assert advice(examples, begun, right) == said


RISING = [(0.4, 0.42, 0.38, 0.41, 0.4), (0.7, 0.71, 0.69, 0.7, 0.7), (0.76, 0.77, 0.75, 0.77, 0.75)]
FLAT = [(0.6,) * 5, (0.78, 0.8, 0.76, 0.79, 0.77), (0.78, 0.8, 0.765, 0.79, 0.77)]
NOISY = [(0.6,) * 5, (0.7, 0.8, 0.75, 0.65, 0.85), (0.85, 0.7, 0.85, 0.75, 0.8)]
FALLING = [(0.9,) * 5, (0.8,) * 5, (0.7,) * 5]
SLOWLY = [(0.6,) * 5, (0.7, 0.71, 0.72, 0.73, 0.74), (0.71, 0.72, 0.73, 0.74, 0.75)]


@pytest.mark.parametrize(
    ("folds", "examples", "said"),
    [
        (RISING, 100, "rises"),
        (FLAT, 100, "flat"),
        (NOISY, 100, "open"),
        (FALLING, 100, "flat"),
        (SLOWLY, 100, "flat"),  # surely, and by less than anybody would notice
        (RISING, 49, "few"),  # fewer than ten asked in each part
        ([(0.4, 0.4), (0.9, 0.9)], 100, "few"),  # parts, to know how far they differ
        ([], 0, "few"),
    ],
)
def test_a_curve_rises_only_where_its_last_step_is_more_than_its_parts_differ(
    folds: list[tuple[float, ...]], examples: int, said: str
) -> None:
    found = last_step(folds, examples)
    assert found.verdict == said and curve_words.last_step(found)
    assert "%(" not in curve_words.last_step(found)


def test_what_would_gain_is_named_and_nothing_else_is_said_of_it() -> None:
    said = curve_words.advised([("well", "A"), ("more", "B"), ("more", "C"), ("few", "D")])
    assert said == (
        "2 flows would gain from more: “B”, “C”. 1 flow has too few examples: “D”. 1 flow needs no more."
    )
    assert curve_words.advised([]) == ""


def sure_of_itself(too_much: float) -> tuple[np.ndarray, np.ndarray]:
    """Two labels; right as often as 1 / too_much of what the likelihoods' odds say."""
    random = np.random.default_rng(1)
    true = random.uniform(0.5, 1.0, size=4_000)
    said = true**too_much / (true**too_much + (1 - true) ** too_much)
    return np.stack([said, 1 - said], axis=1), (random.uniform(size=4_000) > true).astype(int)


def test_likelihoods_that_can_be_believed_are_left_alone() -> None:
    found = calibration(*sure_of_itself(1.0))
    assert found.error < 0.03 and found.temperature == 1.0


def test_a_temperature_mends_what_is_too_sure() -> None:
    found = calibration(*sure_of_itself(3.0))
    assert found.error > 0.1 > 0.05 > found.mended
    assert found.temperature == pytest.approx(3.0, rel=0.15)
    assert sum(part.asked for part in found.parts) == 4_000


@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.floats(0.25, 4))
def test_the_likeliest_stays_the_likeliest(likely: list[float], temperature: float) -> None:
    guessed = np.array([likely]) / sum(likely)
    warmer = with_temperature(guessed, temperature)
    assert warmer.sum() == pytest.approx(1)
    assert guessed[0, warmer.argmax()] == pytest.approx(guessed.max())


@pytest.mark.parametrize(
    "secret",
    ["charge 4111 1111 1111 1111 please", "my key is sk-abcdefghijklmnop1234", "AKIAIOSFODNN7EXAMPLE"],
)
def test_what_looks_like_a_secret_is_not_learned(secret: str) -> None:
    plain = Sample("where is my order KRHL-48273", "status")
    assert without_secrets([plain, Sample(secret, "pay")]) == ([plain], {"pay": 1})
