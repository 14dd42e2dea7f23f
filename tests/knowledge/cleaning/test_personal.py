"""Personal data is found, and replaced where a source wants that."""

from __future__ import annotations

import pytest

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.personal import find_personal, protect_personal, redact
from tests.knowledge.cleaning.drafts import REDACT, USUAL, after, count

IBAN, CARD = "FR76 3000 6000 0112 3456 7890 189", "4111 1111 1111 1111"


def found(text: str, rules: Rules = USUAL) -> list[tuple[str, str]]:
    findings = find_personal(text, rules)
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)
    return [(finding.kind, finding.text) for finding in findings]


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("write to jean.dupont+shop@example.co.uk.", "email", "jean.dupont+shop@example.co.uk"),
        ("Jean <jean@example.fr>", "email", "jean@example.fr"),
        ("O'Neil: o'neil@example.com", "email", "o'neil@example.com"),
        ("Appelez le 06 12 34 56 78 demain", "phone", "06 12 34 56 78"),
        ("mon numéro est 0612345678", "phone", "0612345678"),
        ("tél. 01.42.68.53.00", "phone", "01.42.68.53.00"),
        ("+33 6 12 34 56 78", "phone", "+33 6 12 34 56 78"),
        ("+44117 4960507 office", "phone", "+44117 4960507"),
        ("(977) 625-2661", "phone", "(977) 625-2661"),
        ("it is 202-555-0143.", "phone", "202-555-0143"),
        ("call me: 2025550143", "phone", "2025550143"),
        (f"IBAN {IBAN} merci", "iban", IBAN),
        ("my IBAN is GB13ZTHS25399502418200", "iban", "GB13ZTHS25399502418200"),
        ("DE89-3704-0044-0532-0130-00", "iban", "DE89-3704-0044-0532-0130-00"),
        (f"card {CARD}", "card", CARD),
        ("4111111111111111", "card", "4111111111111111"),
        ("Amex 379585201075317", "card", "379585201075317"),
        ("my card # 4047304603615061695", "card", "4047304603615061695"),
    ],
)
def test_it_is_found(text, kind, what):
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        "Order 3348917502 and order number 0612345678",
        "commande n° 0612345678",
        "facture 2024-0612345",
        "le 01.02.2023 à 12:30, le 2024-05-03 10:12",
        "12/05/2024 10:30:00",
        "1 234 567,89 € ou 1,234,567.89",
        "version 10.15.7.1234, 192.168.100.200",
        "SIRET 732 829 320 00074",
        "ISBN 978-2-07-036822-8",
        "4111 1111 1111 1112",
        "FR76 3000 6000 0112 3456 7890 188",
        "39 39 et 3949",
        "0 800 123 456 (appel gratuit)",
        "75008 Paris, 77 050 Melun Cedex",
        "scheme://username@server.example.com/folder",
        "@mention and a @ b",
        "see https://example.com/p/0612345678",
        "tracking 6A12345678901",
    ],
)
def test_other_numbers_are_not_taken_for_it(text):
    assert found(text) == []


def test_listed_names_are_found_as_whole_words():
    rules = Rules(frozenset(), names=frozenset(["Rose", "Crystal Minh"]))
    assert found("Rose met crystal minh. A rose, Roseville, Rose!", rules) == [
        ("name", "Rose"),
        ("name", "crystal minh"),
        ("name", "Rose"),
    ]


@pytest.mark.parametrize("allowed", ["help@lumen.example", "HELP@lumen.example", "@lumen.example"])
def test_addresses_of_the_company_are_left_alone(allowed):
    rules = Rules(frozenset(), allowed=frozenset([allowed]))
    assert found("help@lumen.example", rules) == []
    assert found("help@other.lumen.example", rules) != []


@pytest.mark.parametrize("written", ["01 73 78 13 30", "+33 1 73 78 13 30", "0173781330"])
def test_numbers_of_the_company_are_left_alone_however_they_are_written(written):
    assert found(f"Appelez le {written}", Rules(frozenset(), allowed=frozenset(["01 73 78 13 30"]))) == []
    assert found(IBAN, Rules(frozenset(), allowed=frozenset([IBAN.replace(" ", "")]))) == []


@pytest.mark.parametrize(
    ("language", "body", "redacted"),
    [
        ("en", "Mail jo@example.com or 06 12 34 56 78", "Mail [e-mail address] or [phone number]"),
        ("fr", "Écrire à jo@example.com", "Écrire à [adresse e-mail]"),
        ("fr", f"{IBAN}, {CARD}", "[compte bancaire], [numéro de carte]"),
        ("de", "jo@example.com", "[e-mail address]"),
        ("", "Vous pouvez écrire à jo@example.com pour une question", None),
    ],
)
def test_placeholders_speak_the_language_of_the_document(language, body, redacted):
    expected = redacted or "Vous pouvez écrire à [adresse e-mail] pour une question"
    assert after("personal", body, REDACT, language=language) == expected


@pytest.mark.parametrize(
    ("body", "redacted"),
    [
        ("[Write to Jo](mailto:jo@example.com) now", "Write to Jo now"),
        ("[jo@example.com](mailto:jo@example.com)", "[e-mail address]"),
        ("<jo@example.com> and <mailto:jo@example.com>", "[e-mail address] and [e-mail address]"),
        ("[call](tel:+33612345678)", "call"),
        ("see https://example.com/?m=jo@example.com now", "see [e-mail address] now"),
        ("[page](https://example.com/p) jo@example.com", "[page](https://example.com/p) [e-mail address]"),
    ],
)
def test_links_are_not_broken(body, redacted):
    assert redact(body, REDACT, "en")[0] == redacted


def test_cards_are_masked_even_where_the_rest_is_only_flagged():
    body = f"jo@example.com {CARD} {IBAN}"
    assert after("personal", body, language="en") == f"jo@example.com [card number] {IBAN}"
    assert count("personal", body, language="en") == 1


def test_the_title_is_protected_too():
    draft, places = protect_personal(Draft("Question of jo@example.com", "Text", "en"), REDACT)
    assert (draft.title, places) == ("Question of [e-mail address]", 1)


def test_nothing_personal_is_nothing_changed():
    assert protect_personal(Draft("T", "Order 12 costs 5 €.", "en"), REDACT)[1] == 0
