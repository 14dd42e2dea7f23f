"""The router's figures: of each flow how many examples are understood, and what the others are taken for."""

from __future__ import annotations

import numpy as np

from assistant.routing import fitting, packing
from assistant.routing.measuring import Figures
from assistant.routing.samples import KNOWLEDGE

AWAY = np.eye(8)


def scattered(at: int, count: int, seed: int) -> np.ndarray:
    """Vectors around one of eight directions."""
    return AWAY[at] + 0.05 * np.random.default_rng(seed).normal(size=(count, 8))


def learned() -> fitting.Fitted:
    """Three flows; half of what is said to `swap` means the same as what is said to `refund`."""
    parts = [("book", 0, 10), ("refund", 1, 10), ("swap", 2, 5), ("swap", 1, 5), (KNOWLEDGE, 4, 20)]
    vectors = np.vstack([scattered(at, count, seed) for seed, (_, at, count) in enumerate(parts)])
    labels = [label for label, _, count in parts for _ in range(count)]
    fitted = fitting.fit(vectors, [(0.0, 0.0, 0.0)] * len(labels), labels, [""] * len(labels))
    assert fitted is not None
    return fitted


def test_each_flow_has_its_own_figures() -> None:
    each = learned().figures.each
    assert (each["book"].examples, each["book"].right, each["book"].missed) == (10, 10, 0)
    assert each["swap"].right < 10
    assert set(each["swap"].taken_for) <= {"refund"}
    for one in each.values():
        assert one.right + one.missed + sum(one.taken_for.values()) == one.examples


def test_figures_are_kept_as_they_are() -> None:
    figures = learned().figures
    assert Figures.from_json(figures.as_json()) == figures


def test_figures_of_an_older_form_are_read() -> None:
    kept = {"right": 0.9, "begun": 0.95, "left_alone": 1.0, "samples": 40, "flows": 3}
    assert Figures.from_json(kept).each == {}


def test_what_was_learned_is_packed_and_read_again() -> None:
    fitted = learned()
    again = packing.unpacked(packing.packed(fitted), fitted.bar, fitted.figures)
    assert again is not None and again.labels == fitted.labels
    assert again.near.words == fitted.near.words


def test_the_vectors_of_its_texts_are_kept_beside_it() -> None:
    kept = packing.packed_vectors({"hello": AWAY[0], "goodbye": AWAY[1]})
    assert packing.vectors_in(kept)[packing.digest("goodbye")].tolist() == AWAY[1].tolist()
    assert packing.vectors_in(b"") == {}
