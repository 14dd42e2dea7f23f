"""What contradicts what, by examples: pairs that do, and pairs that only look as if they did."""

from __future__ import annotations

import pytest

from knowledge.upkeep.contradictions import contradictions
from knowledge.upkeep.sayings import Passage
from knowledge.upkeep.values import values_in

# Title and text of one, title and text of the other, in what they differ ("" in nothing).
ENGLISH = [
    ("Returns", "You can return items within 30 days of delivery.",
     "FAQ: returns", "Items can be returned within 14 days of delivery.", "time"),
    ("Delivery prices", "Delivery in France is free.",
     "How much is delivery?", "Delivery in France costs 5 €.", "price"),
    ("Opening hours", "The shop in Lyon is open Monday to Friday.",
     "Our shops: Lyon", "The Lyon shop is open on Saturday.", "days"),
    ("Opening hours", "The shop in Nantes is open from 9 am to 6 pm.",
     "Our shops: Nantes", "The Nantes shop opens from 10 am to 7 pm.", "hours"),
    ("Gift cards", "Gift cards can be used for online orders.",
     "Paying with a gift card", "Gift cards cannot be used for online orders.", "denial"),
    ("Warranty", "All lamps have a warranty of 5 years.",
     "How long is the warranty?", "The warranty of our lamps lasts 2 years.", "time"),
    ("Loyalty points", "Points expire on 31 December.",
     "Loyalty: expiry", "Loyalty points expire on 30 June.", "date"),
    ("Welcome offer", "We give a discount of 10 % on your first order.",
     "Promo codes", "Your first order gets a welcome discount of 15 %.", "share"),
    ("Instalments", "You can pay your order in 3 instalments.",
     "Payment in instalments", "An order can be paid in 4 instalments.", "number"),
    # Cases of a list
    ("Buying a flat", "2 persons of whom one has a disability card.",
     "Buying a flat: income", "3 persons of whom one has a disability card.", ""),
    # The same, in other words
    ("Returns", "Items can be returned within two weeks.",
     "FAQ: returns", "You can return items within 14 days.", ""),
    ("Delivery", "Delivery takes 3 to 5 working days.", "FAQ: delivery", "Delivery takes 5 days.", ""),
    ("Warranty", "The warranty lasts one year.", "FAQ: warranty", "The warranty is 12 months.", ""),
    # Another case, another place, another product
    ("Delivery to France", "Delivery takes 2 days.", "Delivery to Japan", "Delivery takes 8 days.", ""),
    ("Delivery", "Delivery to France costs €5.", "Delivery", "Delivery to Japan costs €25.", ""),
    ("Warranty", "The warranty of the Aube 2 is 5 years.",
     "Warranty", "The warranty of the Aube 3 is 2 years.", ""),
    ("Returns", "You can return items within 30 days.",
     "Returns of bulbs", "If it is a bulb, you can return the item within 14 days.", ""),
    ("Refunds", "A refund takes at least 3 days.", "FAQ: refunds", "A refund takes up to 10 days.", ""),
    ("Gift cards", "Gift cards can be used online.",
     "FAQ", "If your account is closed, gift cards cannot be used online.", ""),
    ("Feel free", "Feel free to call our shop.", "Calls", "A call to our shop costs €1.", ""),
]  # fmt: skip
FRENCH = [
    ("Retours", "Vous pouvez retourner un article sous 30 jours après la livraison.",
     "FAQ : retours", "Un article peut être retourné sous 14 jours après la livraison.", "time"),
    ("Prix de la livraison", "La livraison en France est gratuite.",
     "Combien coûte la livraison ?", "La livraison en France coûte 5 €.", "price"),
    ("Horaires", "La boutique de Lyon est ouverte du lundi au vendredi.",
     "Nos boutiques : Lyon", "La boutique de Lyon est ouverte le samedi.", "days"),
    ("Horaires", "La boutique de Nantes est ouverte de 9 h à 18 h.",
     "Nos boutiques : Nantes", "La boutique de Nantes est ouverte de 10 h à 19 h.", "hours"),
    ("Cartes cadeaux", "Les cartes cadeaux sont acceptées pour les commandes en ligne.",
     "Payer par carte cadeau", "Les cartes cadeaux ne sont pas acceptées pour les commandes en ligne.",
     "denial"),
    ("Garantie", "Toutes nos lampes sont garanties 5 ans.",
     "Quelle est la garantie ?", "Nos lampes sont garanties 2 ans.", "time"),
    ("Fidélité", "Les points de fidélité expirent le 31 décembre.",
     "Points de fidélité", "Les points de fidélité expirent le 30 juin.", "date"),
    ("Réparations", "Nous réparons les lampes achetées ailleurs.",
     "Service de réparation", "Nous ne réparons pas les lampes achetées ailleurs.", "denial"),
    ("Express", "La livraison express coûte 12,90 €.",
     "Prix de livraison", "La livraison express coûte 9,90 €.", "price"),
    ("Garantie", "La garantie dure deux ans.", "FAQ : garantie", "La garantie est de 24 mois.", ""),
    ("Livraison", "La livraison en Corse coûte 9 €.",
     "Livraison", "La livraison en Belgique coûte 12 €.", ""),
    ("Retours", "Les retours sont acceptés.",
     "Retours", "Les retours ne sont pas acceptés si la lampe est cassée.", ""),
]  # fmt: skip


def differ_in(one: tuple[str, str], other: tuple[str, str], language: str) -> list[str]:
    first = Passage.of(1, one[0], [], one[1], language)
    second = Passage.of(2, other[0], [], other[1], language)
    there = [found.about for found in contradictions(first, second, lambda _stem: 1.0)]
    back = [found.about for found in contradictions(second, first, lambda _stem: 1.0)]
    assert there == back
    return there


@pytest.mark.parametrize(("title", "text", "other", "other_text", "about"), ENGLISH)
def test_english_passages_that_contradict_each_other_are_told_from_others(
    title, text, other, other_text, about
):
    assert differ_in((title, text), (other, other_text), "en") == ([about] if about else [])


@pytest.mark.parametrize(("title", "text", "other", "other_text", "about"), FRENCH)
def test_french_passages_that_contradict_each_other_are_told_from_others(
    title, text, other, other_text, about
):
    assert differ_in((title, text), (other, other_text), "fr") == ([about] if about else [])


def test_a_passage_that_also_says_the_same_does_not_contradict():
    both = "Items can be returned within 14 days of delivery. Members may return items within 30 days."
    assert differ_in(("Returns", ENGLISH[0][1]), ("FAQ: returns", both), "en") == []


def test_sections_of_one_article_treat_cases():
    one = Passage.of(1, "Returns", ["Lamps"], "You can return it within 30 days of delivery.", "en")
    other = Passage.of(1, "Returns", ["Bulbs"], "You can return it within 14 days of delivery.", "en")
    assert contradictions(one, other, lambda _stem: 1.0) == []
    said = "Every parcel that leaves our warehouse in Lyon is insured against theft up to {} euros."
    one = Passage.of(1, "Parcels", [], said.format(100), "en")
    other = Passage.of(1, "Parcels", [], said.format(500), "en")
    assert [found.about for found in contradictions(one, other, lambda _stem: 1.0)] == ["price"]
    other = Passage.of(1, "Parcels", ["Abroad"], said.format(500), "en")
    assert contradictions(one, other, lambda _stem: 1.0) == []


def test_rows_of_tables_are_compared_column_by_column():
    table = "| Country | Home | Shop |\n|---|---|---|\n| Belgium | {} | €4 |\n| Spain | €9 | €6 |"
    one = Passage.of(1, "Delivery prices", [], table.format("€7"), "en")
    same = Passage.of(2, "Delivery prices", [], table.format("€7"), "en")
    other = Passage.of(2, "Delivery prices", [], table.format("€8"), "en")
    assert contradictions(one, same, lambda _stem: 1.0) == []
    [found] = contradictions(one, other, lambda _stem: 1.0)
    assert (found.value, found.other_value) == ("€7", "€8")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("€9.90, or 1,500 euros", "en", [("price", 9.9, 9.9), ("price", 1500, 1500)]),
        ("du lundi au samedi de 9h30 à 18 h", "fr", [("hours", 9.5, 18), ("days", 0, 5)]),
        ("Open Monday to Friday from 9 to 18", "en", [("hours", 9, 18), ("days", 0, 4)]),
        ("9am-5.30pm", "en", [("hours", 9, 17.5)]),
        ("sous 3 à 5 jours ouvrés", "fr", [("time", 72, 120)]),
        ("before 31 December 2024", "en", [("date", 1231, 1231)]),
        ("le 1er janvier, 20 % de remise", "fr", [("share", 20, 20), ("date", 101, 101)]),
        ("up to 3 lamps and two bulbs", "en", [("number", 3, 3), ("number", 2, 2)]),
        ("sans frais", "fr", [("price", 0, 0)]),
        ("Call +33 1 23 45 67 89, or feel free to write", "en", []),
        ("iOS 14.2 on Wi-Fi 6", "en", []),
    ],
)
def test_values_are_read_once_each(text, language, expected):
    assert [(value.kind, value.low, value.high) for value in values_in(text, language)] == expected
