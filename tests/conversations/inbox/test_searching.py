"""Conversations are found by any words that were said in them, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from conversations import handoff
from conversations.inbox.searching import gather_new, having
from conversations.inbox.words import MOST_WORDS, folded, tsquery, words
from conversations.models import Conversation, Message
from conversations.posting import record
from tests.conversations.inbox.conftest import Talk


def found(text: str) -> list[str]:
    gather_new()
    return sorted(str(one.customer) for one in Conversation.objects.begun().filter(having(text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("broken lamp", ["Carla"]),
        ("LAMP", ["Carla", "Denis"]),
        ("lam", ["Carla", "Denis"]),
        ("etagere", ["Élodie"]),
        ("ÉTAGÈRE cassée", ["Élodie"]),
        ("elodie", ["Élodie"]),
        ("LP-2041170", ["Denis"]),
        ("carla@example.org", ["Carla"]),
        ("nothing", []),
        ("", ["Carla", "Denis", "Élodie"]),
        ("'; DROP TABLE --", []),
        ("lamp & ! | <-> :*", ["Carla", "Denis"]),
        ("\\' lamp\x00", ["Carla", "Denis"]),
    ],
)
def test_all_words_must_have_been_said_or_begin_one(talk: Talk, text: str, names: list[str]) -> None:
    talk("Carla", "my lamp is broken", "write to carla@example.org")
    talk("Denis", "where is my lamp, LP-2041170")
    talk("Élodie", "l’étagère est cassée", language="fr")
    assert found(text) == names


def test_what_is_said_later_is_found_too_notes_as_well(talk: Talk, marie: User) -> None:
    conversation = talk("Carla", "hello")
    assert found("warranty") == []
    handoff.add_note(conversation_id=conversation.pk, user=marie, text="Her warranty ends in May")
    assert found("warranty") == ["Carla"]


def test_nothing_is_gathered_twice(talk: Talk) -> None:
    conversation = talk("Carla", "hello")
    assert (gather_new(), gather_new()) == (1, 0)
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="again")
    assert (gather_new(), gather_new()) == (1, 0)


@given(st.text())
def test_any_text_is_a_query_of_a_few_words(text: str) -> None:
    assert len(words(text)) <= MOST_WORDS
    assert tsquery(text).count(":*") >= len(words(text))
    assert folded(folded(text)) == folded(text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a'b", "\\", "''", "a\\'b", "ẞ", "😀", "&", "a:b*c", "x" * 500])
def test_nothing_that_is_looked_for_breaks_it(text: str) -> None:
    assert list(Conversation.objects.begun().filter(having(text))) == []
