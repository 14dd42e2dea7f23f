"""The command palette: places, things to do, conversations, articles and flows, as far as somebody may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from assistant.models import Assistant
from conversations import handoff
from conversations.inbox.palette import look
from conversations.inbox.searching import gather_new
from conversations.inbox.snoozing import snooze
from conversations.models import Conversation, Label
from flows.models import Flow
from flows.publishing import create_flow
from tests.conversations.inbox.conftest import Talk
from tests.flows.shop import RETURN, flow
from tests.knowledge.articles import publish

ADDRESS = "/staff/palette/"


@pytest.fixture
def lea(db: None) -> User:
    return User.objects.create_user("lea", role=Role.EDITOR)


def found(user: User, text: str, *, inside: UUID | None = None, language: str = "en") -> dict[str, list[str]]:
    groups = look(user, text, language=language, inside=inside)
    return {group.title: [one.title for one in group.found] for group in groups}


def acts(user: User, text: str, inside: Conversation) -> list[str]:
    return found(user, text, inside=inside.pk).get("This conversation", [])


def test_nothing_is_asked_for_and_it_says_where_one_can_go(marie: User, lea: User) -> None:
    assert found(marie, "") == {"Go to": ["Inbox", "Review", "Insights", "Bookings", "Playground"]}
    assert "Flows" in found(lea, "")["Go to"] and "Who did what" not in found(lea, "")["Go to"]


def test_farther_places_are_found_by_their_names(marie: User, lea: User) -> None:
    admin = User.objects.create_user("ines", role=Role.ADMIN)
    assert [found(one, "teams") for one in (marie, lea)] == [{}, {}]
    assert found(admin, "teams") == {"Go to": ["Teams"]}
    assert found(lea, "guid") == {"Go to": ["Guidance"]}


def test_every_place_that_somebody_is_shown_can_be_opened(assistant: Assistant) -> None:
    for role in Role.values:
        user = User.objects.create_user(f"one {role}", role=role)
        http = Client()
        http.force_login(user)
        for group in (look(user, letter, language="en") for letter in "abcdefghijklmnopqrstuvwxyz"):
            links = [one.link for found in group if found.title == "Go to" for one in found.found]
            assert [http.get(link).status_code for link in links] == [200] * len(links), links


def test_what_can_be_done_with_the_conversation_that_is_open(talk: Talk, marie: User, paul: User) -> None:
    carla = talk("Carla")
    assert found(marie, "res") == {}
    assert acts(marie, "res", carla) == ["Resolve"]
    assert acts(marie, "", carla) == [
        *("Take over", "Write a reply", "Write a note", "Assign to me", "Assign", "Put off"),
        "Resolve",
    ]
    handoff.take_over(conversation_id=carla.pk, user=marie)
    assert acts(marie, "", carla)[0] == f"Hand back to {carla.assistant.name}"
    assert "Assign to me" not in acts(marie, "", carla)
    assert acts(paul, "", carla)[0] == "Take over"
    snooze(conversation_id=carla.pk, user=marie, until=None)
    assert acts(marie, "take up", carla) == ["Take up again"]
    assert acts(marie, "put off", carla) == []
    handoff.resolve(conversation_id=carla.pk, user=marie)
    assert acts(marie, "res", carla) == []


def test_labels_and_moments_are_found_by_their_names(talk: Talk, marie: User) -> None:
    carla = talk("Carla")
    carla.labels.add(Label.objects.create(name="Delivery late"))
    Label.objects.create(name="Delivery early")
    assert acts(marie, "deliv", carla) == ["Put on “Delivery early”", "Take off “Delivery late”"]
    assert acts(marie, "label", carla) == ["Label"]
    assert acts(marie, "tomor", carla) == ["Put off until tomorrow"]


def test_conversations_are_found_by_what_was_said(talk: Talk, marie: User) -> None:
    carla = talk("Carla", "my lamp flickers")
    talk("Denis", "where is my parcel")
    gather_new()
    assert found(marie, "lamp flick")["Conversations"] == ["Carla"]
    assert "Conversations" not in found(marie, "lamp flick", inside=carla.pk)  # one is there already


def test_articles_and_flows_are_for_who_may_edit_them(assistant: Assistant, marie: User, lea: User) -> None:
    publish("Returning a lamp", "Send it back.")
    create_flow(flow(RETURN), author=None)
    assert found(lea, "return")["Articles"] == ["Returning a lamp"]
    assert found(lea, "retour", language="fr")["Flows"] == ["Retourner un article"]
    assert found(marie, "return") == {}
    Flow.objects.update(archived_at=timezone.now())
    assert "Flows" not in found(lea, "retour", language="fr")


@pytest.mark.parametrize(
    "text", ["%", "\x00", "'", "<script>", "é" * 500, "a b c d e f g h i j k l", "\\:*&|!"]
)
@pytest.mark.parametrize("inside", ["yes", "\x00", "00000000-0000-0000-0000-000000000000", ""])
def test_hostile_words_find_nothing(lea: User, text: str, inside: str) -> None:
    http = Client()
    http.force_login(lea)
    answer = http.get(ADDRESS, {"q": text, "inside": inside})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content and b"data-control" not in answer.content


def test_what_customers_said_is_shown_as_text(talk: Talk, lea: User) -> None:
    talk("<b>Carla", "lamp <img src=x onerror=alert(1)>")
    gather_new()
    http = Client()
    http.force_login(lea)
    shown = http.get(ADDRESS, {"q": "lamp"}).content.decode()
    assert "&lt;b&gt;Carla" in shown and "<img" not in shown


def test_it_costs_eight_queries_at_most(
    lea: User, talk: Talk, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    http = Client()
    http.force_login(lea)
    carla = talk("Carla", "hello")
    Label.objects.create(name="Hello")
    gather_new()
    with django_assert_max_num_queries(8):
        answer = http.get(ADDRESS, {"q": "hello", "inside": carla.pk})
    assert "Put on “Hello”" in answer.content.decode()
