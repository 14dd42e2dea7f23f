"""While a person answers, the knowledge suggests what to say; what becomes of it is seen by what is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from actions.models import Call
from assistant.models import Assistant
from conversations import handoff, receiving
from conversations.drafts.asking import ask
from conversations.drafts.likeness import compared, without_marks
from conversations.drafts.making import LEASE, MOST_TRIES, make, sweep
from conversations.models import Conversation, Message, ReplyDraft
from conversations.refusals import Refused
from conversations.viewing import look
from llm.breaker import breaker
from tests.knowledge.articles import DELIVERY, RETURNS, publish, run_waiting_jobs
from tests.remembering import remembered

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "How do I send a parcel back?"
WRITTEN = "[ANSWER] Print the label from your account and bring the parcel to any post office [1]."


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Any:
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def helped(conversation: Conversation, marie: User) -> Conversation:
    """Marie answers Carla, and there are articles."""
    remembered("suggested", articles)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    return conversation


def articles() -> None:
    publish("Returns", RETURNS)
    publish("Delivery", DELIVERY)
    run_waiting_jobs(calibrate=True)


def write(conversation: Conversation, text: str = QUESTION) -> Message:
    return receiving.receive(conversation_id=conversation.pk, text=text, client_id=uuid4()).message


def answer(conversation: Conversation, user: User, text: str) -> None:
    handoff.reply_as_person(conversation_id=conversation.pk, user=user, text=text, client_id=uuid4())


def made(conversation: Conversation) -> ReplyDraft:
    """The newest, after a worker has made it."""
    draft = ReplyDraft.objects.filter(conversation=conversation).first()
    assert draft is not None
    ReplyDraft.objects.filter(pk=draft.pk).update(due_at=timezone.now())
    make(draft.pk)
    draft.refresh_from_db()
    return draft


def test_it_comes_from_the_articles_with_its_sources_and_customers_see_nothing(helped: Conversation) -> None:
    write(helped)
    draft = made(helped)
    assert (draft.state, draft.outcome, draft.quoted, draft.model) == ("ready", "pending", True, "")
    assert "post office" in draft.text
    assert [source["title"] for source in draft.sources] == ["Returns"]
    assert draft.text not in str(look(helped.pk, audience="customer", language="en").messages)
    helped.refresh_from_db()
    assert helped.state == {} and not Call.objects.exists()
    assert not Message.objects.filter(kind=Message.Kind.ASSISTANT).exists()


def test_a_model_writes_it_where_there_is_one(helped: Conversation, scripted_model: Any) -> None:
    write(helped)
    scripted_model.script({"text": WRITTEN})
    draft = made(helped)
    assert (draft.state, draft.quoted) == ("ready", False)
    assert draft.model and draft.prompt_tokens > 0


def test_what_models_are_not_told_is_withheld(helped: Conversation, scripted_model: Any) -> None:
    Assistant.objects.update(redact_prompts=True)
    write(helped, f"I am lea@example.org. {QUESTION}")
    scripted_model.script({"text": WRITTEN})
    made(helped)
    assert "lea@example.org" not in str(scripted_model.requests())


def test_a_model_that_fails_is_done_without(helped: Conversation, scripted_model: Any) -> None:
    write(helped)
    scripted_model.script({"fault": "status", "status": 401})
    draft = made(helped)
    assert (draft.state, draft.quoted) == ("ready", True)


def test_no_tool_is_called_and_no_flow_begun_by_it(helped: Conversation) -> None:
    write(helped, "I want to book an appointment tomorrow at ten")
    draft = made(helped)
    assert draft.state == "nothing"
    helped.refresh_from_db()
    assert helped.state == {} and not Call.objects.exists()


def test_while_the_assistant_answers_nothing_is_suggested(conversation: Conversation) -> None:
    write(conversation)
    assert not ReplyDraft.objects.exists()


def test_it_can_be_switched_off(helped: Conversation, marie: User) -> None:
    Assistant.objects.update(suggests_replies=False)
    write(helped)
    assert not ReplyDraft.objects.exists()
    with pytest.raises(Refused):
        ask(conversation_id=helped.pk, user=marie)


def test_a_newer_message_overtakes_it(helped: Conversation) -> None:
    write(helped)
    first = made(helped)
    write(helped, "And how long does delivery take?")
    first.refresh_from_db()
    second = made(helped)
    assert (first.outcome, second.outcome) == ("outdated", "pending")
    assert "Delivery" in [source["title"] for source in second.sources]


def test_one_that_is_overtaken_while_it_is_written_is_dropped(helped: Conversation) -> None:
    write(helped)
    first = ReplyDraft.objects.get()
    write(helped, "And how long does delivery take?")
    assert not make(first.pk)
    first.refresh_from_db()
    assert (first.state, first.outcome, first.text) == ("asked", "outdated", "")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda text: text, "accepted"),
        (lambda text: f"  {text.upper()} ", "accepted"),
        (lambda text: f"Hello Carla,\n\n{text}\n\nBest wishes, Marie", "edited"),
        (lambda text: "One moment please, I ask my colleague about your parcel.", "rejected"),
    ],
)
def test_what_became_of_it_is_seen_by_what_was_sent(
    helped: Conversation, marie: User, change: Any, outcome: str
) -> None:
    write(helped)
    draft = made(helped)
    answer(helped, marie, change(without_marks(draft.text)))
    draft.refresh_from_db()
    assert (draft.outcome, draft.by) == (outcome, marie)
    assert draft.likeness is not None and (draft.likeness == 1) is (outcome == "accepted")


def test_it_is_dismissed_with_a_reason(helped: Conversation, marie: User) -> None:
    write(helped)
    draft = made(helped)
    http = Browser()
    http.force_login(marie)
    address = f"/staff/conversations/{helped.pk}/draft/{draft.pk}/dismiss/"
    shown = http.post(address, {"reason": "outdated"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Suggest a reply" in shown
    draft.refresh_from_db()
    assert (draft.outcome, draft.reason, draft.by) == ("rejected", "outdated", marie)
    http.post(address, {"reason": "nonsense"}, HTTP_HX_REQUEST="true")
    draft.refresh_from_db()
    assert draft.reason == "outdated", "it is over"


def test_it_is_made_on_demand_for_what_was_said_before(conversation: Conversation, marie: User) -> None:
    remembered("suggested", articles)
    write(conversation)
    with pytest.raises(Refused):
        ask(conversation_id=conversation.pk, user=marie)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    ask(conversation_id=conversation.pk, user=marie)
    draft = made(conversation)
    assert (draft.state, draft.asked_by) == ("ready", marie)


def test_with_nothing_in_the_articles_the_card_says_so(helped: Conversation, marie: User) -> None:
    write(helped, "Which football club won the cup in Brazil in 1970?")
    assert made(helped).state == "nothing"
    http = Browser()
    http.force_login(marie)
    card = http.get(f"/staff/conversations/{helped.pk}/draft/", HTTP_HX_REQUEST="true").content.decode()
    assert "The articles do not say anything about this" in card
    assert "/help/en/?q=Which+football+club" in card


def test_the_page_is_told_that_there_is_one(helped: Conversation) -> None:
    write(helped)
    helped.refresh_from_db()
    before = helped.state_seq
    made(helped)
    helped.refresh_from_db()
    assert helped.state_seq > before


def test_when_the_assistant_answers_again_it_is_gone(helped: Conversation, marie: User) -> None:
    write(helped)
    draft = made(helped)
    handoff.hand_back(conversation_id=helped.pk, user=marie)
    draft.refresh_from_db()
    assert draft.outcome == "outdated"


def test_so_few_are_written_at_once_that_workers_are_left(helped: Conversation, settings: Any) -> None:
    settings.DRAFTS_AT_ONCE = 1
    write(helped)
    other = Conversation.objects.create(assistant=helped.assistant, customer=helped.customer, owner="person")
    question = write(other)
    now = timezone.now()
    busy = ReplyDraft.objects.get(question=question)
    ReplyDraft.objects.filter(pk=busy.pk).update(state="writing", due_at=now + LEASE, tries=1)
    assert made(helped).state == "asked"
    ReplyDraft.objects.filter(pk=busy.pk).update(due_at=now - timedelta(seconds=1))  # its worker died
    assert made(helped).state == "ready"


def test_what_kills_its_workers_is_given_up(helped: Conversation) -> None:
    write(helped)
    ReplyDraft.objects.update(state="writing", tries=MOST_TRIES, due_at=timezone.now())
    sweep()
    assert ReplyDraft.objects.get().state == "failed"


def test_marks_of_sources_are_not_sent() -> None:
    assert without_marks("Print it [1]. Bring it [2][3] there.") == "Print it. Bring it there."


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_part_and_the_same_is_all_of_it(one: str, other: str) -> None:
    like = compared(one, other)
    assert 0 <= like.kept <= 1 and 0 <= like.ratio <= 1
    assert not like.same or (like.kept, like.ratio) == (1, 1)
