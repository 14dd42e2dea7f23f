"""Whether an answer conveys a line: other words will do, other facts will not."""

from __future__ import annotations

import pytest

from evaluation.meaning import conveyed, missing_figures
from knowledge.models import Document
from tests.evaluation.pairs import OTHERS, SAME

pytestmark = pytest.mark.django_db(transaction=True)


def found(pairs: list[tuple[str, str, str]]) -> list[str]:
    return [line for language, line, said in pairs if conveyed([line], said, language)]


def test_other_facts_are_never_taken_for_the_same(articles: None) -> None:
    assert Document.objects.exists()
    assert found(OTHERS) == []


def test_the_same_in_other_words_is_mostly_recognised(articles: None) -> None:
    assert len(found(SAME)) >= 10  # with two articles every word is as rare; 13 with those of the sample


def test_a_figure_of_the_question_may_be_left_out_of_the_answer() -> None:
    line, said = "Order 4711 can be returned.", "The order can be returned."
    assert not conveyed([line], said, "en")
    assert conveyed([line], said, "en", "Can I return order 4711?")


def test_every_line_counts_for_itself_and_formatting_does_not() -> None:
    lines = ["Delivery takes 3 days.", "Delivery costs 5 €."]
    assert conveyed(lines, "**Delivery** takes 3 days [1].", "en") == {"Delivery takes 3 days."}
    assert conveyed([], "Anything.", "en") == frozenset()


@pytest.mark.parametrize(
    ("line", "said", "lacks"),
    [
        ("The buses leave at 9, 12 and 17.", "They leave at 9 and at noon, 12 that is.", ["17"]),
        (
            "La livraison coûte 24,90 € et prend 5 à 8 jours.",
            "Elle coûte 19,90 € ; cinq jours.",
            ["24,90", "8"],
        ),
        ("Up to 1,000 € of it.", "| Most |\n|---|\n| 1000 € |", []),
        ("It is free.", "It costs 5 €.", []),
    ],
)
def test_figures_that_are_not_in_it_are_named(line: str, said: str, lacks: list[str]) -> None:
    assert missing_figures([line], said, "en") == lacks
    assert missing_figures([line], said, "en", question=line) == []
