"""One conversation on the staff's page: what is offered, what is done, why an answer is as it is."""

from __future__ import annotations

import pytest
from django.test import Client as Http

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, Message, Owner, Status, Trace
from conversations.posting import record


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def address(conversation: Conversation, action: str = "") -> str:
    return f"/staff/conversations/{conversation.pk}/{action}"


def test_the_one_primary_button_is_to_take_over_and_then_to_hand_back(
    staff: Http, conversation: Conversation
) -> None:
    assert "Take over" in staff.get(address(conversation)).content.decode()
    after = staff.post(address(conversation, "take-over/"), headers={"HX-Request": "true"}).content.decode()
    assert "Hand back to Ada" in after
    assert 'hx-swap-oob="true"' in after
    after = staff.post(address(conversation, "hand-back/"), headers={"HX-Request": "true"}).content.decode()
    assert "Take over" in after


def test_taking_over_makes_the_person_the_owner(staff: Http, conversation: Conversation, marie: User) -> None:
    response = staff.post(address(conversation, "take-over/"))
    assert response.headers["Location"] == address(conversation)
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.assignee) == (Owner.PERSON, marie)


def test_a_resolved_conversation_offers_no_resolve(staff: Http, conversation: Conversation) -> None:
    after = staff.post(address(conversation, "resolve/"), headers={"HX-Request": "true"}).content.decode()
    conversation.refresh_from_db()
    assert conversation.status == Status.RESOLVED
    assert "/resolve/" not in after


def test_looking_changes_nothing(staff: Http, conversation: Conversation) -> None:
    for action in ("take-over/", "hand-back/", "resolve/", "note/"):
        assert staff.get(address(conversation, action)).status_code == 405
    conversation.refresh_from_db()
    assert conversation.owner == Owner.ASSISTANT


def test_a_trace_shows_passages_and_those_below_the_floor(staff: Http, conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        message = writing.post(kind=Message.Kind.ASSISTANT, text="Thirty days.", outcome="answered")
    passages = [
        {"title": "Returns", "score": 0.9, "dense": 0.8, "words": 1.2, "text": "<b>Thirty</b>"},
        {"title": "Delivery", "score": 0.2, "dense": None, "words": 0.1, "text": "Three days"},
    ]
    Trace.objects.create(message=message, route={"kind": "knowledge", "floor": 0.5, "passages": passages})
    html = staff.get(f"/staff/messages/{message.pk}/trace/").content.decode()
    assert html.count("passages__below") == 1
    assert "&lt;b&gt;Thirty" in html


def test_a_trace_shows_what_the_router_thought(staff: Http, conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        message = writing.post(kind=Message.Kind.ASSISTANT, text="Thirty days.", outcome="answered")
    routed = {"flow": "return_an_item", "sure": False, "close": ["book"], "likely": 0.314}
    Trace.objects.create(message=message, route={"kind": "knowledge", "routed": routed})
    html = staff.get(f"/staff/messages/{message.pk}/trace/").content.decode()
    assert "return_an_item (31 %) · not sure enough to begin it · may be meant: book" in html


def test_an_answer_without_a_trace_says_so(staff: Http, conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        message = writing.post(kind=Message.Kind.ASSISTANT, text="Thirty days.")
    assert "Nothing was kept" in staff.get(f"/staff/messages/{message.pk}/trace/").content.decode()


def test_the_other_conversations_of_the_same_customer_stand_beside_it(
    staff: Http, conversation: Conversation, marie: User
) -> None:
    other = Conversation.objects.create(assistant=conversation.assistant, customer=conversation.customer)
    handoff.reply_as_person(
        conversation_id=other.pk, user=marie, text="Until next time", client_id=other.customer_id
    )
    assert "Until next time" in staff.get(address(conversation)).content.decode()


def test_staff_are_told_who_else_answers(staff: Http, conversation: Conversation) -> None:
    paul = User.objects.create_user("paul", first_name="Paul")
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    html = staff.get(address(conversation)).content.decode()
    assert "Paul answers" in html
    assert "Take over" in html
