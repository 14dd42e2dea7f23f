"""The staff's list: what it shows, in which order, and at what price."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client as Http

from accounts.models import User
from assistant.models import Assistant
from conversations import handoff
from conversations.inbox.filters import PAGE, Filters
from conversations.inbox.searching import gather_new
from conversations.models import Conversation, Customer, Message
from conversations.posting import record


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def talk(assistant: Assistant, name: str, *words: str) -> Conversation:
    """A conversation in which somebody of that name has said these words."""
    conversation = Conversation.objects.create(
        assistant=assistant, customer=Customer.objects.create(name=name)
    )
    with record(conversation.pk) as writing:
        for text in words:
            writing.post(kind=Message.Kind.CUSTOMER, text=text)
    return conversation


def names(http: Http, query: str = "") -> list[str]:
    response = http.get(f"/staff/list/{query}")
    return [str(conversation.customer) for conversation in response.context["conversations"]]


def test_who_waits_longest_stands_first(staff: Http, assistant: Assistant) -> None:
    talk(assistant, "Nobody asked", "hello")
    for name in ("First", "Second"):
        handoff.request_person(conversation_id=talk(assistant, name, "help").pk)
    assert names(staff) == ["First", "Second", "Nobody asked"]
    assert names(staff, "?show=waiting") == ["First", "Second"]


def test_a_conversation_without_a_word_is_not_listed(staff: Http, assistant: Assistant) -> None:
    talk(assistant, "Silent")
    assert names(staff, "?show=all") == []


def test_mine_are_those_that_i_answer(staff: Http, assistant: Assistant, marie: User) -> None:
    mine = talk(assistant, "Mine", "hello")
    talk(assistant, "Another", "hello")
    handoff.take_over(conversation_id=mine.pk, user=marie)
    assert names(staff, "?show=mine") == ["Mine"]
    handoff.hand_back(conversation_id=mine.pk, user=marie)
    assert names(staff, "?show=mine") == []


def test_resolved_ones_leave_the_active_list(staff: Http, assistant: Assistant, marie: User) -> None:
    handoff.resolve(conversation_id=talk(assistant, "Done", "thanks").pk, user=marie)
    assert names(staff) == []
    assert names(staff, "?show=resolved") == ["Done"]


def test_every_word_that_is_searched_for_must_have_been_said(staff: Http, assistant: Assistant) -> None:
    talk(assistant, "Carla", "my lamp is broken", "the blue one")
    talk(assistant, "Denis", "my lamp is late")
    gather_new()
    assert names(staff, "?q=lamp+blue") == ["Carla"]
    assert names(staff, "?q=denis") == ["Denis"]
    assert names(staff, "?q=100%25") == []


@pytest.mark.parametrize(
    "query",
    [
        "?show=nonsense",
        "?after=-1",
        "?after=x",
        "?after=1.2.3",
        "?q=%00",
        f"?after={'9' * 5000}.0.{'0' * 32}",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_usual_list(
    staff: Http, assistant: Assistant, query: str
) -> None:
    talk(assistant, "Carla", "hello")
    assert names(staff, query) == ["Carla"]


def test_more_are_shown_when_asked_for(staff: Http, assistant: Assistant) -> None:
    for number in range(PAGE + 1):
        talk(assistant, f"Customer {number}", "hello")
    response = staff.get("/staff/list/")
    assert len(response.context["conversations"]) == PAGE
    assert names(staff, f"?{response.context['more']}") == ["Customer 0"]


def test_the_inbox_costs_eight_queries_at_most(
    staff: Http,
    assistant: Assistant,
    marie: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for number in range(12):
        conversation = talk(assistant, f"Customer {number}", "hello")
        if number % 2:
            handoff.take_over(conversation_id=conversation.pk, user=marie)
    with django_assert_max_num_queries(8):
        staff.get("/staff/?show=all&q=hello")


def test_the_list_shows_what_the_customer_said_and_who_spoke_last(staff: Http, assistant: Assistant) -> None:
    conversation = talk(assistant, "Carla", "my lamp\n is broken")
    assert "replied" not in staff.get("/staff/list/").text
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.ASSISTANT, text="I could not find an answer.")
        writing.post(kind=Message.Kind.NOTE, text="a note")
    listed = staff.get("/staff/list/").text
    assert "my lamp is broken" in listed
    assert f"{assistant.name} replied" in listed
    assert "I could not find" not in listed
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.PERSON, text="I am looking into it.")
    assert "A colleague replied" in staff.get("/staff/list/").text
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="thank you")
    listed = staff.get("/staff/list/").text
    assert "thank you" in listed
    assert "replied" not in listed


def test_where_only_the_assistant_has_spoken_its_words_are_shown(staff: Http, assistant: Assistant) -> None:
    with record(talk(assistant, "Carla").pk) as writing:
        writing.post(kind=Message.Kind.ASSISTANT, text="How can I *help*?")
    assert "How can I help?" in staff.get("/staff/list/").text


def test_what_was_said_before_the_upgrade_is_shown_the_same_way(assistant: Assistant) -> None:
    conversation = talk(assistant, "Carla", "first", "my  lamp\nis broken")
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.ASSISTANT, text="I could not find an answer.")
    Conversation.objects.update(last_words="I could not find an answer.", last_speaker="")
    upgrade = import_module("conversations.migrations.0005_the_customers_last_words")
    upgrade.remember_the_customers(apps, None)
    conversation.refresh_from_db()
    assert (conversation.last_words, conversation.last_speaker) == ("my lamp is broken", "assistant")


def test_filters_survive_in_the_address() -> None:
    filters = Filters.read({"show": "mine", "q": "a b"})
    assert filters.query() == "show=mine&q=a+b"
    assert filters.query(show="active") == "q=a+b"
    assert Filters.read({}).query() == ""


def test_the_export_cannot_run_as_a_formula(staff: Http, assistant: Assistant) -> None:
    talk(assistant, "=HYPERLINK(1)", "+1 lamp")
    rows = staff.get("/staff/list.csv").content.decode().splitlines()
    assert rows[0].startswith("id,customer,status")
    assert "'=HYPERLINK(1)" in rows[1]
    assert "'+1 lamp" in rows[1]


def test_notes_are_stored_once_however_often_they_are_sent(
    staff: Http, assistant: Assistant, marie: User
) -> None:
    conversation = talk(assistant, "Carla", "hello")
    note = {"text": "A regular", "client_id": str(uuid4())}
    for _ in range(2):
        assert staff.post(f"/staff/conversations/{conversation.pk}/note/", note).status_code == 204
    assert Message.objects.get(kind="note").author == marie
    assert staff.post(f"/staff/conversations/{conversation.pk}/note/", {"text": ""}).status_code == 400
