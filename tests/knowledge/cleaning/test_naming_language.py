"""A document that does not say its language gets one."""

from __future__ import annotations

import pytest

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.naming_language import name_language
from tests.knowledge.cleaning.drafts import USUAL


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [
        ("Returns", "You can send an item back within 30 days.", "en"),
        ("Retours", "Vous pouvez renvoyer un article sous 30 jours.", "fr"),
        ("FAQ", "Comment suivre ma commande ? Avec le lien que nous vous envoyons.", "fr"),
    ],
)
def test_the_language_is_recognised(title, body, language):
    draft, places = name_language(Draft(title, body), USUAL)
    assert (draft.language, places) == (language, 1)


def test_what_a_document_says_itself_stands():
    assert name_language(Draft("Retours", "Vous pouvez renvoyer", "en"), USUAL)[1] == 0


def test_without_languages_nothing_is_said():
    assert name_language(Draft("Returns", "Text"), Rules(frozenset(), languages=())) == (
        Draft("Returns", "Text"),
        0,
    )
