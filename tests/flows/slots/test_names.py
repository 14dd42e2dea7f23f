"""Of a sentence around a name the name is kept; whoever is asked for something else keeps every word."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.slot import Slot
from flows.slots.people import introduced, may_be_a_name, name_in
from flows.slots.reading import read

NOW = datetime(2026, 11, 28, 10)
NAME = Slot(label={"en": "Name", "fr": "Nom"})


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Bob Stone", "Bob Stone"),
        ("My name is Bob Stone", "Bob Stone"),
        ("my name's bob stone.", "bob stone"),
        ("Hello, I'm Bob Stone!", "Bob Stone"),
        ("it’s Bob", "Bob"),
        ("Yes, my name is Bob Stone and my email is bob@example.org", "Bob Stone"),
        ("Bob Stone, bob@example.org", "Bob Stone"),
        ("Bob Stone (bob@example.org)", "Bob Stone"),
        ("Bob Stone, 06 12 34 56 78", "Bob Stone"),
        ("under the name of Stone please", "Stone"),
        ("Call me Ishmael", "Ishmael"),
        ("In Soo Kim", "In Soo Kim"),
        ("Hi Chang", "Hi Chang"),
        ("Ok-Hee Park", "Ok-Hee Park"),
        ("Under Armour", "Under Armour"),
        ("Jean\nDupont", "Jean\nDupont"),
        ("this is ridiculous", "this is ridiculous"),
        ("je m’appelle Léa Martin", "Léa Martin"),
        ("Moi c'est Léa", "Léa"),
        ("Bonjour, je suis Léa Martin et mon mail est lea@example.org", "Léa Martin"),
        ("au nom de Martin, s’il vous plaît", "Martin"),
        ("mon nom est Jean-Pierre d’Arc", "Jean-Pierre d’Arc"),
        ("Itsuki Imada", "Itsuki Imada"),
        ("Ian Okafor", "Ian Okafor"),
        ("Undero", "Undero"),
        ("C’estelle", "C’estelle"),
        ("Merci Durand", "Merci Durand"),
        ("May Ok", "May Ok"),
        ("Élodie O’Neill-Ferté", "Élodie O’Neill-Ferté"),
        ("李小龍", "李小龍"),
        ("my name is", "my name is"),
    ],
)
def test_the_name_is_kept(said: str, name: str) -> None:
    assert read(NAME, said, language="en", now=NOW).value == name


@pytest.mark.parametrize("label", ["Problem", "Your message", "Name of the product", "Reason"])
def test_other_words_are_kept_as_they_are(label: str) -> None:
    said = "It’s my name is not printed, and my mail is bob@example.org"
    assert read(Slot(label={"en": label}), said, language="en", now=NOW).value == said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my name is bob stone", "bob stone"),
        ("I'm Bob", "Bob"),
        ("Hi, I am Bob Stone, bob@example.org", "Bob Stone"),
        ("je suis Léa", "Léa"),
        ("It's ann@example.org", ""),
        ("Hi, my email is bob@x.org", ""),
        ("I am in a hurry", ""),
        ("This is ridiculous", ""),
        ("I'm at ann@example.org", ""),
        ("Hello, you can reach me at ann@example.org", ""),
        ("bonjour, a@b.fr", ""),
        ("c'est urgent", ""),
        ("Call me on 0612345678", ""),
        ("Bob Stone", ""),
        ("yes", ""),
    ],
)
def test_only_a_name_is_introduced(said: str, name: str) -> None:
    assert introduced(said) == name


@pytest.mark.parametrize(
    ("said", "may"),
    [("bob stone", True), ("Bob de la Stone", True), ("Ann", True), ("not now", False),
     ("maybe later", False), ("Leave me alone", False),
     ("you can reach me at home", False), ("plus tard", False)],
)  # fmt: skip
def test_what_may_be_a_name(said: str, may: bool) -> None:
    assert may_be_a_name(said) is may


@given(st.text(min_size=1))
def test_something_is_always_kept_and_nothing_added(said: str) -> None:
    kept = name_in(said)
    assert kept and kept in said
