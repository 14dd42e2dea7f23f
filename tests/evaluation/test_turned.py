"""A turn of a scenario is kept as JSON, whole."""

from __future__ import annotations

import json

from evaluation.turned import Check, Source, Spent, Turned


def test_nothing_of_a_turn_is_lost():
    whole = Turned(
        said="Yes [1]", outcome="answered", words="Really?", steps=("a@1/b",), actions=("book",),
        checks=(Check("says", "yes", True, ""), Check("rubric", "kind", None)), notes=("later: x",),
        language="en", reason="policy", options=("Yes",), sources=(Source(1, "faq", "FAQ", "Yes."),),
        found=("faq", "more"), spent=Spent(0.1, 0.2, 30, 0.01, "m"),
    )  # fmt: skip
    assert Turned.from_json(json.loads(json.dumps(whole.as_json()))) == whole
    assert Turned.from_json({"said": "a", "outcome": "declined"}) == Turned("a", "declined")
