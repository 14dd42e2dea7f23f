"""Paths into what comes of an action, as `takes` has them. Pure."""

from __future__ import annotations

OF_A_REFUSAL = "failed"  # the first part of a path into a refusal: "failed.times"


def is_of_a_refusal(path: str) -> bool:
    return path.partition(".")[0] == OF_A_REFUSAL
