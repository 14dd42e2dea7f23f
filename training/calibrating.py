"""How far likelihoods can be believed: of what is called 80 % likely, are four of five right? Pure.

Measured on samples by models that had not seen them. One number, a temperature, makes them more or less sure;
it is found on one half of the samples and measured on the other, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

PARTS = 10  # of the range from 0 to 1
TEMPERATURES = np.geomspace(0.25, 4.0, 65)
WORTH_IT = 0.02  # by which the error falls at least, for the temperature to be told
LEAST = 40  # samples, below which none is looked for


@dataclass(frozen=True, slots=True)
class Part:
    """Of samples whose likeliest label is about as likely: how likely on the mean, how many are right."""

    likely: float
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error` is the expected calibration error as it is, `mended` with the temperature."""

    error: float
    mended: float
    temperature: float
    parts: tuple[Part, ...]

    @property
    def helps(self) -> bool:
        return self.temperature != 1.0


def calibration(guessed: np.ndarray, right: np.ndarray) -> Calibration:
    """`guessed`: how likely each label is, for each sample; `right`: the place of the right one."""
    sure, hit = _sure(guessed, right)
    error = _error(sure, hit)
    unchanged = Calibration(error, error, 1.0, tuple(_parts(sure, hit)))
    if len(guessed) < LEAST:
        return unchanged
    halves = np.arange(len(guessed)) % 2
    mended = np.zeros(len(guessed))
    for half in (0, 1):
        found = _temperature(guessed[halves != half], right[halves != half])
        mended[halves == half], _hit = _sure(
            with_temperature(guessed[halves == half], found), right[halves == half]
        )
    after = _error(mended, hit)
    if after > error - WORTH_IT:
        return unchanged
    return Calibration(error, after, _temperature(guessed, right), unchanged.parts)


def with_temperature(guessed: np.ndarray, temperature: float) -> np.ndarray:
    """Above 1 it makes them less sure of themselves. The likeliest label stays the likeliest."""
    raised = np.maximum(guessed, 1e-12) ** (1 / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _temperature(guessed: np.ndarray, right: np.ndarray) -> float:
    rows = np.arange(len(guessed))
    losses = [-np.log(with_temperature(guessed, one)[rows, right]).mean() for one in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _sure(guessed: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return guessed.max(axis=1), guessed.argmax(axis=1) == right


def _error(sure: np.ndarray, hit: np.ndarray) -> float:
    """By how much likelihood and share differ on the mean, each part as much as it has samples."""
    parts = list(_parts(sure, hit))
    return sum(abs(one.likely * one.asked - one.right) for one in parts) / max(1, len(sure))


def _parts(sure: np.ndarray, hit: np.ndarray) -> Iterator[Part]:
    places = np.minimum((sure * PARTS).astype(int), PARTS - 1)
    for place in range(PARTS):
        own = places == place
        if own.any():
            yield Part(float(sure[own].mean()), int(hit[own].sum()), int(own.sum()))
