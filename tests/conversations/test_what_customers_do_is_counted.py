"""What stored answers did with flows is counted, found again by conversation, and counted anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.events import Answer, Outcome, Route
from assistant.models import Assistant
from conversations import answering, handoff
from conversations.answering import Pace
from conversations.leases import Claim
from conversations.models import Conversation, Customer, Message, Turn
from conversations.posting import record
from flows.models import StepCount
from flows.publishing import create_flow, publish, read
from tests.flows.editing import RETURNS

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "returns@1/why"


@pytest.fixture
def conversation() -> Conversation:
    publish(create_flow(read(RETURNS), author=None).pk, author=None)
    luce = Assistant.objects.create(name="Luce", slug="luce", languages=["en"], is_default=True)
    return another(luce, "Carla")


def another(assistant: Assistant, name: str) -> Conversation:
    return Conversation.objects.create(assistant=assistant, customer=Customer.objects.create(name=name))


def answer(conversation: Conversation, steps: str, *passed: str) -> None:
    """The assistant answers with a reply that walked these steps."""
    with record(conversation.pk) as writing:
        asked = writing.post(kind=Message.Kind.CUSTOMER, text="Hello", client_id=uuid4())
    turn = Turn.objects.create(
        conversation=conversation, question=asked, state="running", worker="w", attempt=1,
        lease_until=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip
    route = Route("flow", "en", steps=tuple(f"returns@1/{one}" for one in steps.split()), passed=passed)
    claim = Claim(turn=turn.pk, conversation=conversation.pk, attempt=1, worker="w")
    state: dict[str, Any] = {"flow": {}}
    said = Answer("So", Outcome.GUIDED, "en", route=route, state=state)
    assert answering.store(claim, answer=said, pace=Pace(timezone.now(), None))


def counts() -> dict[tuple[str, str], int]:
    rows = StepCount.objects.values_list("kind", "node", "count")
    return {(kind, node): count for kind, node, count in rows if count and kind != "way"}


def names(browser: Client, query: str) -> list[str]:
    response = browser.get(f"/staff/list/?show=all&{query}")
    return sorted(str(one.customer) for one in response.context["conversations"])


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("marie", first_name="Marie"))
    return client


def test_each_stored_answer_is_counted_and_what_waited_is_taken_back(conversation: Conversation) -> None:
    answer(conversation, "why", f"begun {LINE}", f"waits {LINE}")
    assert counts() == {("begun", "why"): 1, ("reached", "why"): 1, ("waits", "why"): 1}
    answer(conversation, "which done", "done returns@1/done")
    assert ("waits", "why") not in counts() and counts()["done", "done"] == 1


def test_an_answer_beside_the_flow_leaves_it_waiting(conversation: Conversation) -> None:
    answer(conversation, "why", f"begun {LINE}", f"waits {LINE}")
    answer(conversation, "")
    assert counts()["waits", "why"] == 1
    answer(conversation, "", f"cancelled {LINE}")
    assert ("waits", "why") not in counts()


def test_who_goes_on_with_a_person_has_not_just_left(conversation: Conversation) -> None:
    answer(conversation, "why", f"begun {LINE}", f"waits {LINE}")
    handoff.request_person(conversation_id=conversation.pk)
    assert counts() == {("begun", "why"): 1, ("reached", "why"): 1, ("person", "why"): 1}
    call_command("recount_flows")
    assert counts()["person", "why"] == 1 and ("waits", "why") not in counts()


def test_it_is_counted_anew_from_the_traces(
    conversation: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(conversation, "why", f"begun {LINE}", f"waits {LINE}")
    answer(conversation, "which done", "done returns@1/done")
    answer(another(conversation.assistant, "Dora"), "why", f"begun {LINE}", f"waits {LINE}")
    before = set(StepCount.objects.exclude(count=0).values_list("kind", "node", "leads_to", "day", "count"))
    StepCount.objects.all().update(count=7)
    call_command("recount_flows")
    assert set(StepCount.objects.values_list("kind", "node", "leads_to", "day", "count")) == before
    assert "from 2 conversations" in capsys.readouterr().out


def test_the_conversations_behind_a_number_are_listed(conversation: Conversation, browser: Client) -> None:
    dora = another(conversation.assistant, "Dora")
    answer(conversation, "why", f"begun {LINE}", f"cancelled {LINE}")
    answer(dora, "why", f"begun {LINE}", f"waits {LINE}")
    assert names(browser, f"step=cancelled+{LINE}&days=7") == ["Carla"]
    assert names(browser, f"step=reached+{LINE}&days=7") == ["Carla", "Dora"]
    assert names(browser, f"step=waits+{LINE}&days=7") == ["Dora"]
    assert names(browser, f"step=left+{LINE}&days=7") == []
    dora.refresh_from_db()
    dora.state["walked"]["day"] = (timezone.localdate() - timedelta(days=3)).isoformat()
    dora.save()
    assert names(browser, f"step=left+{LINE}&days=7") == ["Dora"]


def test_it_is_said_which_step_the_list_is_narrowed_to(conversation: Conversation, browser: Client) -> None:
    page = browser.get(f"/staff/?show=all&step=cancelled+{LINE}&days=7").content.decode()
    assert "Return an item, version 1, step “why”: Cancelled" in page
    assert "No conversation is left" in page and 'name="step" value="cancelled returns@1/why"' in page


@pytest.mark.parametrize(
    "query", ["step=x", "step=waits+a@999999999999/b", "step=waits+a@1/b&days=99999999999"]
)
def test_a_step_that_is_none_narrows_nothing_or_finds_nothing(
    conversation: Conversation, browser: Client, query: str
) -> None:
    answer(conversation, "why")
    assert names(browser, query) == ([] if "days" in query else ["Carla"])
