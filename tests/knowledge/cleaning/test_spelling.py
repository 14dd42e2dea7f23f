"""Spelling is corrected only when asked for, and only where there is no doubt."""

from __future__ import annotations

import pytest

from knowledge.cleaning.steps import usual_steps
from tests.knowledge.cleaning.drafts import after, count


def test_it_is_off_unless_asked_for():
    assert "spelling" not in usual_steps()


@pytest.mark.parametrize(
    ("language", "body", "right"),
    [
        ("en", "we have recieved your order", "we have received your order"),
        ("en", "it is seperate", "it is separate"),
        ("fr", "nous avons reçu votre comande hier", "nous avons reçu votre commande hier"),
        ("fr", "le developpement du produit", "le développement du produit"),
    ],
)
def test_one_clear_correction_is_made(language, body, right):
    assert after("spelling", body, language=language) == right


@pytest.mark.parametrize(
    "body",
    [
        "Recieved by Dupnot",
        "call `recieve()` or see https://example.com/recieve",
        "open config.recieve or recieve_all",
        "the widgit, a widgit and another widgit",
        "naïveté of the übergeek",
        "the IKEA KALLAX and the iPhone",
        "xzqwrt",
    ],
)
def test_names_code_terms_and_doubtful_words_stay(body):
    assert after("spelling", body, language="en") == body


def test_other_languages_are_left_alone():
    assert count("spelling", "ein felher im wort", language="de") == 0
