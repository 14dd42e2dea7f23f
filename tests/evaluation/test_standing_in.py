"""Nobody can be recognised in a scenario, and it can still be played."""

from __future__ import annotations

import pytest

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
