"""What stands in a table against what another article says in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.upkeep.contradictions import Contradiction, contradictions
from knowledge.upkeep.sayings import Passage
from knowledge.upkeep.tables import Table
from knowledge.upkeep.values import unit_in

COUNTRIES = (
    "| Country | Home | Express |\n|---|---|---|\n| France | 5 € | 12 € |\n| Belgium, Spain | 9 € | 18 € |"
)
PARTS = "| Part | Price (€) | Delay (days) |\n|---|---|---|\n| Spare bulb | 5 | 3 |\n| Lampshade | 9.50 | 4 |"
ANNOUNCED = (
    "Transport: delivery time in working days:\n\n| To | Home | Shop |\n|---|---|---|\n| Corsica | 3–5 | 4 |"
)
CLASSES = "| | Lyon | Nantes |\n|---|---|---|\n| Places | 8 | 6 |"
VISITS = (
    "| Visit | Free of charge until |\n|---|---|\n"
    "| Class (€75) | 7 days before |\n| Advice | 24 hours before |"
)
DIMMERS = (
    "| We offer | Price |\n|---|---|\n| Cord dimmer, for table lamps, 3–60 W | €24 |\n| Wall dimmer | €45 |"
)
ORDERS = "| Your order | Cancel free of charge |\n|---|---|\n| Made-to-order lamp | within 48 hours |"
SIZES = "| Size | Price |\n|---|---|\n| Small | 5 € |\n| Large | 9 € |"
ARRIVEE = "| Payé par | L’argent arrive après notre e-mail |\n|---|---|\n| PayPal | sous 24 heures |"
CARTES = "| Carte | Frais de remplacement |\n|---|---|\n| Carte perdue | 10 € |\n| Carte abîmée | 5 € |"
# Title and table, title and sentence, in what they differ ("" in nothing).
ENGLISH = [
    ("Delivery prices", COUNTRIES, "Sending to Belgium", "Home delivery to Belgium costs 7 €.", "price"),
    ("Delivery prices", COUNTRIES, "Delivery to Spain", "Express delivery costs 20 €.", "price"),
    ("Spare parts", PARTS, "Buying spare bulbs", "A spare bulb costs 6 €.", "price"),
    ("Spare parts", PARTS, "Buying spare bulbs", "The delay of a spare bulb is 5 days.", "time"),
    # The figure's unit stands in the line above, beside it, or around it another figure does
    ("Delivery times", ANNOUNCED, "Corsica", "Home delivery to Corsica takes 6 to 9 working days.", "time"),
    ("Classes", CLASSES, "Our classes in Nantes", "There are 10 places in each class in Nantes.", "number"),
    ("Moving a visit", VISITS, "Classes", "A class can be moved free of charge until 3 days before.", "time"),
    # Of a label what it begins with, where no other begins so
    ("Dimmers", DIMMERS, "Buying a dimmer", "Our cord dimmer costs €29.", "price"),
    ("Dimmers", DIMMERS, "Buying a dimmer", "Our dimmers cost €29.", ""),
    # The same
    ("Delivery prices", COUNTRIES, "Delivery to Belgium", "Express delivery to Belgium costs 18 €.", ""),
    ("Spare parts", PARTS, "Buying spare bulbs", "A spare bulb costs 5 € and takes 3 days.", ""),
    # Another row, another column, none, or both
    ("Delivery prices", COUNTRIES, "Delivery to Japan", "Express delivery to Japan costs 59 €.", ""),
    ("Delivery prices", COUNTRIES, "Delivery to Belgium", "Delivery to Belgium costs 14 €.", ""),
    ("Delivery prices", COUNTRIES, "Delivery", "Delivery costs 59 €.", ""),
    ("Delivery prices", COUNTRIES, "Delivery times", "Delivery to Belgium takes 4 days.", ""),
    # Something else of the same
    ("Parcel prices", SIZES, "Insurance", "Insurance for a small parcel costs 3 €.", ""),
    ("Delivery prices", COUNTRIES, "Large items", "Home delivery of large items to Spain costs 59 €.", ""),
    ("Changing an order", ORDERS, "Placing an order", "A lamp made to order takes three weeks.", ""),
    ("Delivery prices", COUNTRIES, "Customs", "Belgium charges 30 € of customs.", ""),
]  # fmt: skip
FRENCH = [
    ("Frais", CARTES, "J’ai perdu ma carte", "Le remplacement d’une carte perdue coûte 15 €.", "price"),
    ("Frais", CARTES, "J’ai perdu ma carte", "Le remplacement d’une carte perdue coûte 10 €.", ""),
    ("Quand serai-je remboursé ?", ARRIVEE, "PayPal", "Un remboursement PayPal arrive sous 5 jours.", "time"),
    ("Frais", CARTES, "Carte volée", "Le remplacement d’une carte volée coûte 15 €.", ""),
]


def found_in(one: tuple[str, str], other: tuple[str, str], language: str) -> list[Contradiction]:
    first = Passage.of(1, one[0], [], one[1], language)
    second = Passage.of(2, other[0], [], other[1], language)
    there = contradictions(first, second, lambda _stem: 1.0)
    back = contradictions(second, first, lambda _stem: 1.0)
    assert [found.about for found in there] == [found.about for found in back]
    return there


@pytest.mark.parametrize(
    ("title", "table", "other", "sentence", "about", "language"),
    [*((*case, "en") for case in ENGLISH), *((*case, "fr") for case in FRENCH)],
)
def test_a_cell_is_a_statement_of_its_row_and_its_column(title, table, other, sentence, about, language):
    found = found_in((title, table), (other, sentence), language)
    assert [each.about for each in found] == ([about] if about else [])


def test_what_is_shown_names_row_and_column():
    [found] = found_in(("Spare parts", PARTS), ("Buying spare bulbs", "A spare bulb costs 6 €."), "en")
    assert (found.one.text, found.value, found.other_value) == ("Spare bulb, Price (€): 5", "5", "6 €")


PLACES = ["Lyon", "Nantes", "Lille", "Metz", "Brest"]
PRICES = st.integers(2, 90)


@given(st.lists(PRICES, min_size=5, max_size=5), st.sampled_from(range(5)), PRICES)
def test_a_sentence_contradicts_a_row_when_it_gives_another_price_and_not_when_it_gives_the_same(
    prices, row, said
):
    rows = "\n".join(f"| {place} | {price} € |" for place, price in zip(PLACES, prices, strict=True))
    table = f"| Town | Price |\n|---|---|\n{rows}"
    sentence = f"A parcel to {PLACES[row]} costs {said} €."
    found = found_in(("Parcel prices", table), ("Sending a parcel", sentence), "en")
    differ = [] if said == prices[row] else [(f"{PLACES[row]}, Price: {prices[row]} €", sentence)]
    assert [(each.one.text, each.other.text) for each in found] == differ


def test_rows_are_as_long_as_the_longest_and_enumerations_are_taken_apart():
    table = Table.of(
        ["| A \\| B | Price |", "|---|---|", "| Belgium (without Spa), Spain | 9 € | – |", "| x |"]
    )
    assert table.heads == ("A / B", "Price", "")
    assert [label for _row, label in table.labelled()] == ["Belgium", "Spain", "x"]
    assert [label for _, label in Table(("", ""), (("New battery, Nomade lamp", ""),)).labelled()] == [
        "New battery, Nomade lamp"
    ]
    assert Table.of([]).rows == ()


@pytest.mark.parametrize(
    ("head", "unit"),
    [("Price (€)", "€"), ("Prix en euros", "euros"), ("Délai (jours)", "jours"), ("%", "%"), ("Days", "days"),
     ("Opening hours", ""), ("Price", ""), ("Delay in working days", "working days")],
)  # fmt: skip
def test_a_head_gives_its_figures_their_unit(head, unit):
    assert unit_in(head) == unit
