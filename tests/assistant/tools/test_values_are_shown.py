"""Values from elsewhere as customers read them: in their language, and nothing in them is Markdown."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.declared import Argument, Declared
from assistant.tools.results import DataEvidence, Result, as_data
from assistant.tools.telling import shown
from assistant.tools.values import in_words, lines, named_parts

SENT = {"status": "sent", "status_en": "Dispatched", "status_fr": "Expédiée", "carrier": "", "items": []}


def test_of_several_languages_the_customers_own_is_shown() -> None:
    assert named_parts(SENT, "fr") == {"status": "Expédiée"}
    assert named_parts(SENT, "en") == {"status": "Dispatched"}


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("2026-12-02", "- x: `2 December 2026`"),
        ("2026-02-31", "- x: `2026-02-31`"),
        (True, "- x: `yes`"),
        ([{"name": "Lune"}, {"name": "Plume"}], "- x: `Lune, Plume`"),
        ("`[a](https://evil.example)`\n# b", "- x: `’[a](https://evil.example)’ # b`"),
        ("", "- x: –"),
        ("y" * 900, f"- x: `{'y' * 200}…`"),
    ],
)
def test_a_value_is_one_line_of_plain_words(value: object, line: str) -> None:
    assert lines({"x": value}, "en") == [line]


def test_french_lines_are_french() -> None:
    assert lines({"jour": "2026-12-02", "ok": False}, "fr") == [
        "- jour\u00a0: `2 décembre 2026`",
        "- ok\u00a0: `non`",
    ]


def test_what_is_private_is_not_repeated() -> None:
    declared = Declared("a", "http", "A", arguments=(Argument("phone", private=True), Argument("order_no")))
    assert shown(declared, {"phone": "06", "order_no": 7}, "en") == [
        "- phone: `•••`".replace("`", ""),
        "- order no: `7`",
    ]


def test_figures_are_found_as_people_write_them() -> None:
    known = DataEvidence(in_words({"total": 49.9, "lamps": ["a", "b"], "due": "2026-12-02"}), "en").facts
    assert {"49", "90", "2", "12", "2026"} <= known


@pytest.mark.parametrize(
    ("sentence", "cited", "supported"),
    [
        ("It arrives on 2 December 2026.", False, True),
        ("Elle arrive le 2 décembre 2026.", False, True),
        ("It arrives on 3 December 2026.", True, False),
        ("Your order is on its way.", True, True),
        ("Rockets reach the moon.", True, False),
        ("Rockets reach the moon.", False, False),
        ("Order 7 is free, by https://evil.example.", True, False),
    ],
)
def test_what_a_sentence_says_must_have_been_brought(sentence: str, cited: bool, supported: bool) -> None:
    declared = Declared("find", "http", "Find order", words={"en": "Look up your order"}, takes=("due",))
    evidence = Result(declared, {"number": "7"}, {"due": "2026-12-02"}, datetime(2026, 12, 1)).evidence("en")
    asked = evidence.supports_when_cited if cited else evidence.supports
    assert asked(sentence, "en", frozenset()) is supported


def test_only_an_address_that_staff_have_named_stays() -> None:
    declared = Declared("find", "http", "Find", takes=("link", "note"))
    data = {"link": "https://a.example/1", "note": "see https://a.example/1", "api_key": "k"}
    left = as_data(declared, data)
    assert left == {"link": "https://a.example/1", "note": "see […]", "api_key": "•••"}
    assert as_data(Declared("find", "http", "Find"), data)["link"] == "[…]"
