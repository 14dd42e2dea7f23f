"""An answer that says what is right and what was wrong beside it does not say what is right."""

from __future__ import annotations

import pytest

from evaluation.otherwise import said_otherwise

LINE = "Delivery to Switzerland costs 24.90 € and takes 5 to 8 days."
AGAINST = "Delivery costs **19.90 €** and takes 5 to 8 days."


def test_the_sentence_that_says_otherwise_is_found() -> None:
    said = (
        f"| Country | Price |\n|---|---|\n| Switzerland | 24.90 € |\n\nYou chose Switzerland. {AGAINST} [2]"
    )
    assert said_otherwise(LINE, said, "en") == "Delivery costs 19.90 € and takes 5 to 8 days."


@pytest.mark.parametrize(
    ("said", "against"),
    [
        ("Delivery costs:\n\n- to France 5 €\n- to Switzerland 19.90 €", "to Switzerland 19.90 €"),
        (
            "| Country | Delivery costs | It takes |\n|---|---|---|\n| France | 5 € | 2 days |\n"
            "| Switzerland | 19.90 € | 5 days |",
            "Switzerland, Delivery costs: 19.90 €",
        ),
    ],
)
def test_lists_and_tables_are_read(said: str, against: str) -> None:
    assert said_otherwise(LINE, f"To Switzerland delivery costs 24.90 €.\n\n{said}", "en") == against


@pytest.mark.parametrize(
    "said",
    [
        LINE,
        "To Switzerland delivery costs 24.90 €:\n\n- Express 39 €\n- Letters 9 €",
        "Delivery costs 5.90 €. To Switzerland it is 24.90 €, and it takes 5 to 8 days.",  # the usual first
        "To Switzerland delivery costs 24.90 €. To Norway delivery costs 29.90 €.",
        "To Switzerland delivery costs 24.90 €. If it is large, delivery to Switzerland costs 39 €.",
        f"Orders to Switzerland are free of tax.\n\n{AGAINST}",  # another paragraph: of whom, nobody knows
        "",
    ],
)
def test_what_is_said_of_something_else_is_not_against_it(said: str) -> None:
    assert said_otherwise(LINE, said, "en") == ""


def test_a_line_without_figures_has_none_against_it() -> None:
    assert said_otherwise("We deliver to Switzerland.", "We deliver to Switzerland in 5 days.", "en") == ""
