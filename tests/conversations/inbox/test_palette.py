"""The command palette: places, things to do, conversations, articles and flows, as far as somebody may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from conversations.inbox.palette import look
from conversations.inbox.searching import gather_new
from flows.publishing import create_flow
from tests.conversations.inbox.conftest import Talk
from tests.flows.shop import RETURN, flow
from tests.knowledge.articles import publish

ADDRESS = "/staff/palette/"


@pytest.fixture
def lea(db: None) -> User:
    return User.objects.create_user("lea", role=Role.EDITOR)


def found(user: User, text: str, *, inside: bool = False, language: str = "en") -> dict[str, list[str]]:
    groups = look(user, text, language=language, inside=inside)
    return {group.title: [one.title for one in group.found] for group in groups}


def test_nothing_is_asked_for_and_it_says_where_one_can_go(marie: User, lea: User) -> None:
    assert found(marie, "") == {"Go to": ["Inbox", "Bookings", "Playground"]}
    assert "Flows" in found(lea, "")["Go to"] and "Who did what" not in found(lea, "")["Go to"]


def test_what_can_be_done_is_there_where_a_conversation_is_open(marie: User) -> None:
    assert found(marie, "res", inside=True) == {"This conversation": ["Resolve"]}
    assert found(marie, "res") == {}


def test_conversations_are_found_by_what_was_said(talk: Talk, marie: User) -> None:
    talk("Carla", "my lamp flickers")
    talk("Denis", "where is my parcel")
    gather_new()
    assert found(marie, "lamp flick")["Conversations"] == ["Carla"]


def test_articles_and_flows_are_for_who_may_edit_them(assistant: Assistant, marie: User, lea: User) -> None:
    publish("Returning a lamp", "Send it back.")
    create_flow(flow(RETURN), author=None)
    assert found(lea, "return")["Articles"] == ["Returning a lamp"]
    assert found(lea, "retour", language="fr")["Flows"] == ["Retourner un article"]
    assert found(marie, "return") == {}


@pytest.mark.parametrize("text", ["%", "\x00", "'", "<script>", "é" * 500, "a b c d e f g h i j k l"])
def test_hostile_words_find_nothing(lea: User, text: str) -> None:
    http = Client()
    http.force_login(lea)
    answer = http.get(ADDRESS, {"q": text})
    assert answer.status_code == 200 and b"<script>" not in answer.content


def test_it_costs_eight_queries_at_most(
    lea: User, talk: Talk, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    http = Client()
    http.force_login(lea)
    talk("Carla", "hello")
    with django_assert_max_num_queries(8):
        http.get(ADDRESS, {"q": "hello", "inside": "yes"})
