"""A company's own flows for everyday trouble replace those that come with the product."""

from __future__ import annotations

import pytest

from flows.graph import Graph
from flows.state import CancelFlow, CorrectSlot, Rejected, SetSlot, StartFlow, WantPerson
from tests.flows.shop import RETURN, flow
from tests.flows.talking import Talk


def own(repair: str, english: str, french: str = "Bon.") -> Graph:
    return flow(f"""\
key: our_{repair}
repair: {repair}
begins: false
start: said
nodes:
  - {{id: said, kind: say, text: {{en: '{english}', fr: '{french}'}}}}
""")


@pytest.mark.parametrize(("language", "expected"), [("en", "No more Return an item."), ("fr", "Bon.")])
def test_a_cancellation_is_told_in_their_words(language: str, expected: str) -> None:
    talk = Talk.over(flow(RETURN), own("cancelled", "No more {flow}."), language=language)
    talk.hear(StartFlow("return"))
    assert talk.hear(CancelFlow()) == expected


def test_a_correction_too() -> None:
    talk = Talk.over(flow(RETURN), own("corrected", "{slot} is now {value}."))
    talk.hear(StartFlow("return"), SetSlot("order", "A1234"))
    assert talk.hear(CorrectSlot("order", "B1234")).startswith("Order number is now B1234.")


def test_where_no_person_works_none_is_offered() -> None:
    talk = Talk.over(flow(RETURN), own("not_understood", "Write to us."), own("human", "Nobody is here."))
    talk.hear(StartFlow("return"))
    for _ in range(3):
        said = talk.hear(Rejected("order"))
    assert said == "Write to us."
    assert talk.hear(WantPerson()) == "Nobody is here."
    assert talk.handed_over is None
