"""What stored answers did with guidance is counted, found again by conversation, and counted anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.events import Answer, HandoffReason, Outcome, Route
from assistant.guidance.held import Did, Judged
from assistant.models import Assistant, Guidance
from conversations import answering
from conversations.answering import Pace
from conversations.leases import Claim
from conversations.models import Conversation, Customer, Message, Turn
from conversations.posting import record
from conversations.rendering import message_view
from evaluation.collecting import unanswered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def luce() -> Assistant:
    return Assistant.objects.create(name="Luce", slug="luce", languages=["en"], is_default=True)


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("marie", first_name="Marie"))
    return client


def answered(luce: Assistant, name: str, *did: tuple[Guidance, Did], **facts: Any) -> Message:
    """A conversation of somebody of that name, and an answer in which these became of these rows."""
    customer = Customer.objects.create(name=name)
    conversation = Conversation.objects.create(assistant=luce, customer=customer)
    with record(conversation.pk) as writing:
        asked = writing.post(kind=Message.Kind.CUSTOMER, text="Hello there", client_id=uuid4())
    turn = Turn.objects.create(
        conversation=conversation, question=asked, state="running", worker="w", attempt=1,
        lease_until=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip
    notes = tuple(Judged(row.as_row()).note(one) for row, one in did)
    route = Route("knowledge", "en", guidance=notes, reasons=facts.pop("reasons", ()))
    claim = Claim(turn=turn.pk, conversation=conversation.pk, attempt=1, worker="w")
    said = Answer("So", facts.pop("outcome", Outcome.ANSWERED), "en", route=route, **facts)
    assert answering.store(claim, answer=said, pace=Pace(timezone.now(), None))
    return Message.objects.get(turn=turn)


def hits() -> dict[str, int]:
    return dict(Guidance.objects.values_list("text", "hits"))


def names(browser: Client, query: str) -> list[str]:
    response = browser.get(f"/staff/list/?show=all&{query}")
    return sorted(str(one.customer) for one in response.context["conversations"])


def test_a_row_that_was_followed_is_counted_and_one_that_was_left_aside_is_not(luce: Assistant) -> None:
    rule, tone = (Guidance.objects.create(kind=kind, text=kind) for kind in ("rule", "tone"))
    answered(luce, "Carla", (rule, Did.PROMPT), (tone, Did.NEEDS_MODEL))
    answered(luce, "Bruno", (rule, Did.SAID))
    assert hits() == {"rule": 2, "tone": 0}
    assert Guidance.objects.get(kind="rule").last_hit_at is not None


def test_the_conversations_behind_the_hits_are_found(luce: Assistant, browser: Client) -> None:
    rule, other = (Guidance.objects.create(kind="rule", text=text) for text in ("This", "Other"))
    answered(luce, "Carla", (rule, Did.SAID))
    answered(luce, "Bruno", (other, Did.SAID), (rule, Did.TOO_MANY))
    assert names(browser, f"guidance={rule.pk}") == ["Carla"]
    assert names(browser, "guidance=x") == ["Bruno", "Carla"]
    page = browser.get(f"/staff/?show=all&guidance={rule.pk}").text
    assert "Guidance: This" in page and f"guidance={rule.pk}" in page


def test_everything_is_counted_anew_from_what_was_kept(luce: Assistant) -> None:
    rule = Guidance.objects.create(kind="rule", text="rule", hits=99)
    gone = Guidance.objects.create(kind="rule", text="gone")
    last = answered(luce, "Carla", (rule, Did.SAID), (gone, Did.SAID))
    gone.delete()
    call_command("recount_guidance", verbosity=0)
    assert hits() == {"rule": 1}
    assert Guidance.objects.get().last_hit_at == last.created_at


def test_why_staff_want_a_person_is_told_to_staff_and_not_to_the_customer(luce: Assistant) -> None:
    row = Guidance.objects.create(kind="escalation", text="They speak of a lawyer")
    message = answered(
        luce, "Carla", (row, Did.HANDED_OVER), outcome=Outcome.HANDOFF, handoff_reason=HandoffReason.POLICY
    )
    line = Message.objects.get(conversation=message.conversation_id, data__code="handoff")
    seen = {who: str(message_view(line, assistant=luce, audience=who)) for who in ("staff", "customer")}
    assert "Handed over to a person: They speak of a lawyer" in seen["staff"]
    assert "lawyer" not in seen["customer"]


def test_what_a_guardrail_held_back_is_no_gap_in_the_knowledge(luce: Assistant) -> None:
    row = Guidance.objects.create(kind="guardrail", text="Never")
    answered(luce, "Carla", (row, Did.REPLACED), outcome=Outcome.DECLINED, reasons=("guarded",))
    answered(luce, "Bruno", outcome=Outcome.DECLINED)
    assert len(unanswered()) == 1


def test_the_trace_says_what_became_of_each_row(luce: Assistant, browser: Client) -> None:
    row = Guidance.objects.create(kind="tone", text="Be brief")
    message = answered(luce, "Carla", (row, Did.PROMPT))
    page = browser.get(f"/staff/messages/{message.pk}/trace/").text
    assert "Be brief" in page and "the model was told" in page
