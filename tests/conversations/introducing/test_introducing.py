"""What is asked of whom, what becomes of the answers, and that what has to be answered comes first."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.test import Client as Http
from hypothesis import strategies as st

from accounts.models import User
from assistant.models import Assistant
from conversations import answering, handoff
from conversations.beginning import conversation_for, forget_empty_conversations
from conversations.inbox.briefing import line_of
from conversations.inbox.searching import gather_new
from conversations.introducing.answers import answers_of
from conversations.introducing.asking import open_questions
from conversations.introducing.shown import introduction_view, wrong_words
from conversations.models import Conversation, Customer, Introduction, SearchText, Turn
from conversations.posting import record
from conversations.receiving import receive
from conversations.refusals import Refused
from tests.conversations.introducing.conftest import ORDER, answer, asks, asks_everything, say

pytestmark = pytest.mark.django_db
GOOD = {"email": "ann@example.org", "order": "A1234", "topic": "A parcel"}


@pytest.fixture
def begun(assistant: Assistant) -> Conversation:
    """Of somebody whom nothing is known of, before the first word."""
    asks_everything(assistant)
    return Conversation.objects.create(assistant=assistant, customer=Customer.objects.create())


def keys(conversation: Conversation) -> list[str]:
    return [one.key for one in open_questions(Conversation.objects.get(pk=conversation.pk))]


def another(conversation: Conversation) -> Conversation:
    return Conversation.objects.create(assistant=conversation.assistant, customer=conversation.customer)


def test_by_default_nothing_is_asked(conversation: Conversation) -> None:
    assert introduction_view(conversation, "en") is None
    assert answer(conversation) == {}
    assert not Introduction.objects.exists()


def test_what_is_answered_is_kept_and_not_asked_again(begun: Conversation) -> None:
    assert keys(begun) == ["name", "email", "order", "topic"]
    assert answer(begun, name="  Ann \n Lee ", **GOOD) == {}
    customer = Customer.objects.get()
    assert (customer.name, customer.email) == ("Ann Lee", "ann@example.org")
    assert [(one["key"], one["value"]) for one in answers_of(begun)] == [
        ("order", "A1234"),
        ("topic", "A parcel"),
    ]
    assert keys(begun) == keys(another(begun)) == []


def test_what_was_passed_over_is_asked_again_only_when_it_is_needed(begun: Conversation) -> None:
    answer(begun, email="ann@example.org")
    assert keys(another(begun)) == []
    begun.assistant.introduction.filter(key="order").update(required=True)
    assert keys(another(begun)) == ["order"]


def test_what_is_known_is_not_asked(begun: Conversation) -> None:
    Customer.objects.update(email="ann@known.example")
    assert keys(begun) == ["name", "order", "topic"]
    say(begun)  # the one that is needed is known


def test_another_assistant_asks_for_itself(begun: Conversation) -> None:
    answer(begun, **GOOD)
    other = Assistant.objects.create(name="Bo", slug="bo", languages=["en"])
    asks(other, "text", "order", label=ORDER)
    asks(other, "email", required=True)
    there = Conversation.objects.create(assistant=other, customer=begun.customer)
    assert keys(there) == ["order"]
    assert answers_of(there) == []


def test_all_is_kept_or_nothing(begun: Conversation) -> None:
    wrong = answer(begun, name="Ann", email="ann@", topic="Une lampe")
    assert wrong == {"email": "no_address", "topic": "no_option"}
    assert wrong_words(wrong, "en")["topic"] == "Please choose one of these."
    assert answer(begun, name="Ann") == {"email": "needed"}
    assert Customer.objects.get().name == "" and not Introduction.objects.exists()


def test_the_same_is_kept_once_and_something_else_is_refused(begun: Conversation) -> None:
    client_id = uuid4()
    for _ in range(2):
        assert answer(begun, client_id, **GOOD) == {}
    assert Introduction.objects.count() == 1
    with pytest.raises(Refused, match="form_gone"):
        answer(begun, **{**GOOD, "email": "other@example.org"})
    assert Customer.objects.get().email == "ann@example.org"


def test_what_is_not_asked_is_refused(begun: Conversation) -> None:
    with pytest.raises(Refused, match="form_gone"):
        answer(begun, **GOOD, admin="yes")
    assert not Introduction.objects.exists()


def test_it_is_counted_like_a_message(begun: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE = 2
    for _ in range(2):
        answer(begun, email="no")
    with pytest.raises(Refused, match="too_fast"):
        answer(begun, **GOOD)


def test_the_number_of_a_card_is_stored_nowhere(begun: Conversation) -> None:
    answer(begun, **{**GOOD, "order": "4111 1111 1111 1111"})
    assert answers_of(begun)[0]["value"] == "•••• 1111"


def test_nothing_is_said_before_what_has_to_be_answered(begun: Conversation) -> None:
    with pytest.raises(Refused, match="questions_first"):
        say(begun)
    with pytest.raises(Refused, match="questions_first"):
        handoff.request_person(conversation_id=begun.pk)
    begun.refresh_from_db()
    assert begun.last_seq == 0 and begun.status == "open"
    answer(begun, email="ann@example.org")
    say(begun)
    assert begun.messages.count() == 1


def test_where_nothing_has_to_be_answered_nobody_is_held_up(begun: Conversation) -> None:
    begun.assistant.introduction.update(required=False)
    say(begun)
    assert answer(begun, name="Ann") == {}  # a little late


def test_who_is_in_the_middle_of_a_conversation_is_not_held_up(conversation: Conversation) -> None:
    say(conversation)
    asks(conversation.assistant, "email", required=True)
    say(conversation)
    assert conversation.messages.count() == 2
    assert introduction_view(Conversation.objects.get(pk=conversation.pk), "en") is None
    new = conversation_for(customer=conversation.customer, assistant=conversation.assistant, new=True)
    assert keys(new) == ["email"]


def test_a_repeated_message_is_acknowledged_whatever_is_asked_since(conversation: Conversation) -> None:
    client_id = uuid4()
    receive(conversation_id=conversation.pk, text="Hello", client_id=client_id)
    asks(conversation.assistant, "email", required=True)
    assert not receive(conversation_id=conversation.pk, text="Hello", client_id=client_id).fresh


def test_a_conversation_in_which_staff_have_done_something_has_begun(
    begun: Conversation, marie: User
) -> None:
    with record(begun.pk) as writing:
        writing.post_event("joined", author=marie)
    say(begun)


def test_a_name_that_comes_late_is_found_and_told(begun: Conversation) -> None:
    begun.assistant.introduction.update(required=False)
    say(begun)
    gather_new()
    before = Conversation.objects.get(pk=begun.pk).state_seq
    answer(begun, name="Philomène")
    assert Conversation.objects.get(pk=begun.pk).state_seq > before
    gather_new()
    assert "philomene" in str(SearchText.objects.get().words)


def test_what_nobody_wrote_in_leaves_nothing_behind(begun: Conversation) -> None:
    answer(begun, **GOOD)
    Conversation.objects.update(created_at="2020-01-01T00:00Z")
    Customer.objects.update(last_seen_at="2020-01-01T00:00Z")
    forget_empty_conversations()
    assert not Customer.objects.exists() and not Introduction.objects.exists()


SENT = st.dictionaries(
    st.sampled_from(["name", "email", "order", "topic", "other"]),
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.sampled_from(["ann@example.org", "ann@", "A lamp", "x" * 600, "\x00"]),
    ),
)


def test_whatever_is_sent_is_kept_or_refused_with_a_reason(begun: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE = 10**6

    @hypothesis.settings(max_examples=60, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(SENT)
    def send(values: dict[str, str]) -> None:
        Introduction.objects.all().delete()
        Customer.objects.update(name="", email="")
        try:
            refused: object = answer(begun, **values)
        except Refused as why:
            refused = why.code
        assert bool(refused) is not Introduction.objects.exists()
        assert bool(refused) is not (Customer.objects.get().email != "")

    send()


# --- What it is good for ------------------------------------------------------------------------------------


def test_staff_read_it_beside_the_conversation_in_their_language(begun: Conversation, marie: User) -> None:
    answer(begun, **GOOD)
    say(begun)
    browser = Http()
    browser.force_login(marie)
    where = f"/staff/conversations/{begun.pk}/"
    page = browser.get(where).content.decode()
    for words in ("Asked before the chat", *ORDER["en"].split(), "A1234", "A parcel", "ann@example.org"):
        assert words in page
    french = browser.get(where, headers={"Accept-Language": "fr"}).content.decode()
    assert ORDER["fr"] in french and "Un colis" in french
    begun.assistant.introduction.all().delete()
    assert ORDER["en"] in browser.get(where).content.decode()


def test_whoever_takes_over_is_told(begun: Conversation) -> None:
    answer(begun, **GOOD)
    say(begun)
    handoff.request_person(conversation_id=begun.pk)
    line = line_of(begun)
    assert line is not None
    assert {"label": ORDER, "value": {"en": "A1234", "fr": "A1234"}} in line.data["brief"]["slots"]
    assert {"en": "A parcel", "fr": "Un colis"} in [one["value"] for one in line.data["brief"]["slots"]]


def test_the_export_of_the_list_has_it(begun: Conversation, marie: User) -> None:
    answer(begun, **{**GOOD, "order": "=A1"})
    say(begun)
    browser = Http()
    browser.force_login(marie)
    head, row = browser.get("/staff/list.csv?show=all").content.decode().splitlines()
    assert head.endswith(",email,asked_order,asked_topic")
    assert row.endswith(",ann@example.org,'=A1,A parcel")


def test_the_assistant_and_its_flows_know_it(begun: Conversation) -> None:
    answer(begun, name="Ann", **GOOD)
    say(begun)
    work = answering.load(Turn.objects.get().pk)
    assert work.transcript.told == {"order": "A1234", "topic": "A parcel"}
    assert work.transcript.customer["name"] == "Ann"
    assert "A1234" not in str(work.transcript.said)


def test_it_goes_with_the_conversation(begun: Conversation) -> None:
    answer(begun, **GOOD)
    begun.delete()
    assert not Introduction.objects.exists()
