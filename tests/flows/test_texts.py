"""Values stand in the words of a flow as in a sentence."""

from __future__ import annotations

import pytest

from flows.texts import render


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Now back to: {flow}.", "Now back to: Where is it?"),
        ("Now back to: {flow}", "Now back to: Where is it?"),
        ("{flow}. Shall we go on?", "Where is it? Shall we go on?"),
        ("{flow}.pdf", "Where is it?.pdf"),
        ("{order}.", "LP-1."),
        ("{order}.{order}.", "LP-1.LP-1."),
        ("{note}.", "As agreed."),
        ("({flow}).", "(Where is it?)."),
        ("{nothing}.", "."),
    ],
)
def test_a_value_that_ends_a_sentence_needs_no_full_stop(text: str, said: str) -> None:
    slots = {"flow": "Where is it?", "order": "LP-1", "note": "As agreed."}
    assert render(text, {"slots": slots}, {}, "en") == said
