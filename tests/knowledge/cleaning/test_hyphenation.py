"""Broken words are joined, compound words keep their hyphen."""

from __future__ import annotations

import pytest

from tests.knowledge.cleaning.drafts import after, count


@pytest.mark.parametrize(
    ("language", "body", "joined"),
    [
        ("en", "The infor-\nmation is here", "The information\nis here"),
        ("en", "We can-\nnot help.", "We cannot\nhelp."),
        ("en", "your refund, pay-\nment, and", "your refund, payment,\nand"),
        ("fr", "l'inscrip-\ntion en ligne", "l'inscription\nen ligne"),
        ("fr", "une rembour-\nsement\nsuit", "une remboursement\nsuit"),
        ("fr", "la livrai-  \nson gratuite", "la livraison  \ngratuite"),
        ("de", "die Rech-\nnung", "die Rechnung"),
        ("en", "infor\u00ad\nmation", "information"),
        ("en", "The sprock-\nlet and the sprocklet", "The sprocklet\nand the sprocklet"),
    ],
)
def test_a_word_that_a_line_end_broke_is_whole_again(language, body, joined):
    assert after("hyphenation", body, language=language) == joined


@pytest.mark.parametrize(
    ("language", "body", "kept"),
    [
        ("fr", "mon porte-\nmonnaie", "mon porte-monnaie"),
        ("fr", "peut-\nêtre demain", "peut-être\ndemain"),
        ("fr", "c'est-à-\ndire", "c'est-à-dire"),
        ("fr", "prenez rendez-\nvous ici", "prenez rendez-vous\nici"),
        ("fr", "votre e-\nmail", "votre e-mail"),
        ("en", "your e-\nmail", "your e-mail"),
        ("en", "a well-\nknown shop", "a well-known\nshop"),
        ("en", "an up-\nto-date list", "an up-to-date\nlist"),
        ("en", "a post-\nwar post-war thing", "a post-war\npost-war thing"),
    ],
)
def test_a_compound_word_keeps_its_hyphen(language, body, kept):
    assert after("hyphenation", body, language=language) == kept


@pytest.mark.parametrize(
    "body",
    [
        "pre-\nand post-sale",
        "avant-\net après-vente",
        "pages 10-\n20",
        "Saint-\nDenis",
        "a dash -\nthen more",
        "```\ninfor-\nmation\n```",
        "one-two in one line",
        "- item-\n- other",
    ],
)
def test_what_is_not_a_broken_word_stays(body):
    assert after("hyphenation", body, language="en") == body


def test_joins_are_counted():
    assert count("hyphenation", "infor-\nmation deve-\nlopment", language="en") == 2
