"""Nobody can be recognised in a scenario, and it can still be played."""

from __future__ import annotations

import pytest

from evaluation.redacting import without_personal
from evaluation.standing_in import all_with_stand_ins, with_stand_ins


@pytest.mark.parametrize(
    ("text", "language", "becomes"),
    [
        ("I am carla.winter@web.example", "en", "I am camille@example.org"),
        ("appelez-moi au 06 12 34 56 78", "fr", "appelez-moi au 01 99 00 12 34"),
        ("my card is 5555 5555 5555 4444", "en", "my card is 4111 1111 1111 1111"),
        ("Carla Winter here, order LP-2041170", "en", "Camille here, order LP-2041170"),
        ("This is Carla", "en", "This is Camille"),
        ("nothing to hide in winter", "en", "nothing to hide in winter"),
    ],
)
def test_what_tells_who_somebody_is_becomes_somebody_elses(text, language, becomes):
    assert with_stand_ins(text, language, {"Carla Winter"}) == becomes


def test_everything_within_data_is_replaced():
    given = {"turns": [{"customer": "me@web.example", "form": {"name": "Carla Winter"}}], "n": 1, "ok": None}
    found = all_with_stand_ins(given, "en", {"Carla Winter"})
    assert found == {
        "turns": [{"customer": "camille@example.org", "form": {"name": "Camille"}}], "n": 1, "ok": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Hello, my name is Anna Novak. Can you help?", "Anna Novak"),
        ("I am Anna Novak and my lamp is broken", "Novak"),
        ("This is Anna-Maria O’Neill, again", "O’Neill"),
        ("Bonjour, je m'appelle Éloïse", "Éloïse"),
        ("Je suis Jean-Luc Martin, j’ai commandé", "Martin"),
        ("My name’s Bob", "Bob"),
    ],
)
def test_what_customers_call_themselves_is_replaced(text, without):
    assert without not in with_stand_ins(text, "en") and without not in without_personal(text, "en", "")


@pytest.mark.parametrize(
    "text",
    [
        "I am German and live in Berlin", "Is this Lampyre?", "je suis Française", "I am very happy",
        "My name is on the parcel", "c’est Noël",
    ],
)  # fmt: skip
def test_what_is_no_name_stays(text):
    assert with_stand_ins(text, "en") == text == without_personal(text, "en", "")
