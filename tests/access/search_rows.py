"""A training of search with all that its pages show: part of tests/access/rows.py."""

from __future__ import annotations

from evaluation.models import Scenario
from training.models import SearchTraining


def searched() -> SearchTraining:
    """A candidate that has learned from one scenario."""
    row = Scenario.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    report = {
        "with_lift": True, "gone": 1, "twice": 1,
        "present": {"words_share": 0.08, "lift": 0.0}, "chosen": {"words_share": 0.12, "lift": -0.05},
        "grid": {
            "shares": [0.08, 0.12], "lifts": [-0.05, 0.0], "present": [0, 1],
            "worth": [[0.5, 0.5], [0.9, 0.6]],
        },
        "cross": {"present": 0.5, "chosen": 0.9}, "curve": [[0.5, 0.6]] * 5,
        "compared": {
            "answerable": {"both": 20, "present": 0, "candidate": 6, "neither": 1},
            "unanswerable": {"both": 9, "present": 1, "candidate": 0, "neither": 0},
        },
        "hits": {"asked": [20], "present": [10, 14], "chosen": [14, 18]},
        "questions": [
            ["scenario", row, 0, "en", True, "refused", "right"],
            ["gap", 1, 0, "fr", False, "claimed", "declined"],
        ],
    }  # fmt: skip
    return SearchTraining.objects.create(
        state="candidate", why="asked", identity="x", signature="s" * 64, words_share=0.12, lift=-0.05,
        learned_from={"scenario": {"en": [30, 0]}, "gap": {"fr": [0, 12]}}, report=report,
    )  # fmt: skip
