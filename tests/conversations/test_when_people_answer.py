"""Whoever asks for a person is told when one will answer, if staff have said so."""

from __future__ import annotations

from assistant.models import Welcome
from conversations import handoff
from conversations.models import Conversation
from conversations.viewing import look

WHEN = "Monday to Friday, 9 to 18."


def notice(conversation: Conversation, language: str) -> str:
    return str(look(conversation.pk, audience="customer", language=language).conversation["notice"])


def test_the_notice_says_when(conversation: Conversation) -> None:
    for language, when in (("en", WHEN), ("fr", "Du lundi au vendredi, de 9 h à 18 h.")):
        Welcome.objects.create(
            assistant=conversation.assistant, language=language, greeting="Hello", people=when
        )
    assert WHEN not in notice(conversation, "en")
    handoff.request_person(conversation_id=conversation.pk)
    assert notice(conversation, "en").endswith(WHEN)
    assert notice(conversation, "fr").endswith("de 9 h à 18 h.")


def test_without_it_the_notice_promises_nothing(conversation: Conversation) -> None:
    handoff.request_person(conversation_id=conversation.pk)
    assert notice(conversation, "en").endswith("come back to it.")
