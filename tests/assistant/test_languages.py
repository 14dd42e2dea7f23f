"""The customer's language is read from the newest message, else from the conversation."""

import pytest

from assistant.language import asked_for
from knowledge.language import detect_language

BOTH = ["en", "fr"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("Où est ma commande ?", "fr"),
        ("merci", "fr"),
        ("thanks", "en"),
        ("horaires ?", "fr"),
        ("my order is late", "en"),
        ("je peux payer en liquide", "fr"),
        ("cmt changer mon mdp", "fr"),
        ("Comment installer Microsoft Office ?", "fr"),
        ("what is the pointure", "en"),
    ],
)
def test_words_tell_against_the_page(text: str, language: str) -> None:
    other = "en" if language == "fr" else "fr"
    assert detect_language(text, BOTH, other) == language


@pytest.mark.parametrize("text", ["ok", "wifi?", "12345", "PayPal", "👍", "?", "VPN", ""])
@pytest.mark.parametrize("conversation", BOTH)
def test_what_belongs_to_no_language_keeps_the_conversations(text: str, conversation: str) -> None:
    assert detect_language(text, BOTH, conversation) == conversation


def test_an_assistant_of_one_language_answers_in_it() -> None:
    assert detect_language("Where is my order?", ["fr"], "en") == "fr"


def test_a_page_in_a_language_the_assistant_does_not_speak_becomes_its_first() -> None:
    assert detect_language("👍", BOTH, "de") == "en"


def test_an_assistant_without_languages_follows_the_page() -> None:
    assert detect_language("Où est ma commande ?", [], "en") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("et en français ?", "fr"),
        ("in English please", "en"),
        ("French?", "fr"),
        ("Could you say that in French?", "fr"),
        ("Parlez-vous anglais ?", "en"),
        ("pouvez-vous répondre en français s'il vous plaît", "fr"),
        ("english", "en"),
        ("Is the manual in French?", None),
        ("Do you ship English lamps?", None),
        ("et en Allemagne ?", None),
        ("in German please", None),
    ],
)
def test_a_message_may_ask_for_nothing_but_a_language(text: str, language: str | None) -> None:
    assert asked_for(text, BOTH) == language
