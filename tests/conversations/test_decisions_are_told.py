"""What staff decide about an action is said in the conversation that waits for it, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from actions import approvals
from actions.models import Call, Taken, Tool
from actions.starting import start
from assistant.guidance.rows import Guidance
from conversations.decisions import tell_decision, tell_decisions
from conversations.filling_in import fill_in
from conversations.models import Conversation, Message
from conversations.posting import record
from tests.actions.conftest import NOW, as_json
from tests.webserver import serving

WORDS = {"en": "Refund your order", "fr": "Rembourser votre commande"}


@pytest.fixture
def refunds(settings):
    with serving({"/refunds": as_json({"number": "RF-3"})}) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


@pytest.fixture
def waiting(conversation: Conversation, refunds) -> Call:
    """Carla's conversation waits until staff decide about a refund."""
    tool = Tool.objects.create(
        key="refund", name="Refund", enabled=True, changes="approval", method="POST", words=WORDS,
        url=f"{refunds.url}/refunds",
    )  # fmt: skip
    Taken.objects.create(tool=tool, name="number", path="number")
    return ask_for_it(conversation)


def ask_for_it(conversation: Conversation) -> Call:
    start("refund", {}, key=uuid4().hex, customer=None, conversation=str(conversation.pk), now=NOW)
    return Call.objects.latest("pk")


def said(conversation: Conversation) -> list[str]:
    return [message.text for message in Message.objects.filter(conversation=conversation, kind="assistant")]


def test_what_was_approved_is_told_with_what_came_of_it(conversation, waiting, marie) -> None:
    assert tell_decisions() == 0
    approvals.approve(waiting, by=marie)
    assert tell_decisions() == 1
    assert said(conversation) == ["Done: Refund your order.\n\n- number: `RF-3`"]
    waiting.refresh_from_db()
    assert waiting.told_at
    assert tell_decisions() == 0


@pytest.mark.parametrize(
    ("limits", "brought"),
    [
        ({"forbidden": "RF-3"}, False),
        ({"forbidden": "RF-4"}, True),
        ({"forbidden": "RF-3", "about": "parcels", "by_meaning": False}, False),
        ({"forbidden": "RF-3", "about": "lamps", "by_meaning": False}, True),
        ({"forbidden": "RF-3", "enabled": False}, True),
    ],
)
def test_guardrails_hold_for_what_was_brought_and_that_it_was_done_is_told(
    conversation, waiting, marie, limits, brought
) -> None:
    with record(conversation.pk) as writing:
        asked = writing.post(kind=Message.Kind.CUSTOMER, text="And my parcels?")
    Message.objects.filter(pk=asked.pk).update(created_at=waiting.at - timedelta(seconds=1))
    Guidance.objects.create(**{"kind": "guardrail", "text": "No references", "enabled": True} | limits)
    approvals.approve(waiting, by=marie)
    assert tell_decisions() == 1
    done = "Done: Refund your order."
    assert said(conversation) == [f"{done}\n\n- number: `RF-3`" if brought else done]


def test_what_was_turned_down_is_told_with_the_reason_in_the_customers_language(
    conversation, waiting, marie
) -> None:
    Conversation.objects.update(state={"language": "fr"})
    approvals.decline(waiting, by=marie, reason="Les soldes ne sont pas remboursés.")
    tell_decisions()
    (text,) = said(conversation)
    assert "Rembourser votre commande" in text and "Les soldes ne sont pas remboursés." in text
    assert Message.objects.get(kind="assistant").language == "fr"


def test_what_failed_or_nobody_decided_about_is_told_too(conversation, waiting, marie, refunds) -> None:
    refunds.pages["/refunds"] = as_json({}, status=404)
    approvals.approve(waiting, by=marie)
    second = ask_for_it(conversation)
    Call.objects.filter(pk=second.pk).update(at=timezone.now() - timedelta(days=8))
    approvals.expire()
    assert tell_decisions() == 2
    first, other = said(conversation)
    assert "Our team has agreed to this" in first and "Nobody in our team has decided" in other


def test_one_that_was_interrupted_is_not_forgotten(conversation, waiting, marie) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Call.objects.update(state="running", decided_at=past, decided_by=marie, due_at=past)
    assert tell_decisions() == 1
    assert "cannot tell whether it was done" in said(conversation)[0]


def test_a_viewer_gets_it_as_a_message_of_the_assistant(conversation, waiting, marie) -> None:
    before = Conversation.objects.get().last_seq
    approvals.approve(waiting, by=marie)
    tell_decisions()
    message = Message.objects.get(kind="assistant")
    assert message.seq == before + 1 == Conversation.objects.get().last_seq
    assert message.data == {"code": "decided", "call": waiting.pk} and message.turn is None


def test_a_conversation_that_is_gone_is_told_nothing(conversation, waiting, marie) -> None:
    approvals.approve(waiting, by=marie)
    Conversation.objects.all().delete()
    assert tell_decisions() == 0
    assert not approvals.to_be_told().exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_tell_it_once(conversation, waiting, marie) -> None:
    approvals.approve(waiting, by=marie)
    waiting.refresh_from_db()
    with ThreadPoolExecutor(6) as workers:
        told = list(workers.map(lambda _n: _in_thread(waiting), range(12)))
    assert sum(told) == 1 and len(said(conversation)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_between_leaves_it_to_the_next(conversation, waiting, marie) -> None:
    approvals.approve(waiting, by=marie)
    with pytest.raises(KeyboardInterrupt), record(conversation.pk):
        approvals.told(waiting)
        raise KeyboardInterrupt
    assert tell_decisions() == 1 and len(said(conversation)) == 1


def _in_thread(call: Call) -> bool:
    try:
        return tell_decision(call)
    finally:
        connection.close()


def test_staff_see_that_it_was_told(conversation, waiting, client) -> None:
    client.force_login(User.objects.create_user("otto", role="editor"))
    page = "/admin/actions/call/approvals/"
    client.post(f"/admin/actions/call/{waiting.pk}/decide/", {"decision": "approve"})
    assert "is being told" in client.get(page).content.decode()
    tell_decisions()
    assert "told at" in client.get(page).content.decode()
    assert "Conversation told" in client.get(f"/admin/actions/call/{waiting.pk}/change/").content.decode()


def test_a_form_goes_on_being_asked_for(conversation, waiting, marie) -> None:
    fields = [{"name": "email", "label": "E-mail", "kind": "email", "required": True, "choices": []}]
    with record(conversation.pk) as writing:
        writing.post(
            kind=Message.Kind.ASSISTANT, text="Where to?", data={"asks": {"kind": "form", "fields": fields}}
        )
    approvals.approve(waiting, by=marie)
    tell_decisions()
    told = Message.objects.filter(conversation=conversation, kind="assistant").last()
    assert told.data["asks"]["fields"] == fields
    sent = fill_in(
        conversation_id=conversation.pk, message_id=told.pk, values={"email": "a@b.fr"}, client_id=uuid4()
    )
    assert sent.message.text == "E-mail: a@b.fr"


def test_what_was_answered_is_not_asked_for_again(conversation, waiting, marie) -> None:
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.ASSISTANT, text="How many?", data={"asks": {"kind": "number"}})
        writing.post(kind=Message.Kind.CUSTOMER, text="Two")
    approvals.approve(waiting, by=marie)
    tell_decisions()
    assert "asks" not in Message.objects.filter(conversation=conversation, kind="assistant").last().data
