"""Colleagues who are called in notes: found, told once, shown to staff alone, and seen when they look."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.test import Client as Http
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from chatbot.markdown import render_plain
from conversations import handoff
from conversations.inbox import mentioning
from conversations.models import Conversation, Mention, Message
from conversations.rendering import render_html
from tests.conversations.inbox.conftest import Talk


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def note(conversation: Conversation, by: User, text: str) -> Message:
    return handoff.add_note(conversation_id=conversation.pk, user=by, text=text, client_id=uuid4())


def called(message: Message) -> list[str]:
    return sorted(one.user.username for one in message.mentions.select_related("user"))


def html(message: Message) -> str:
    found = Message.objects.select_related("author").get(pk=message.pk)
    return render_html(found, assistant=message.conversation.assistant, audience="staff")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@marie look", ["marie"]),
        ("(@MARIE), @marie.", ["marie"]),
        ("“@marie”: see\n@lea.durand...", ["lea.durand", "marie"]),
        ("@lea.durand+x @leaflet @gone @nobody @", []),
        ("a@marie.example https://x.example/@marie x@marie", []),
        ("@paul notes for himself", []),
        ("@lea@shop.example", ["lea@shop.example"]),
        ("@ｍａｒｉｅ", ["marie"]),
    ],
)
def test_who_is_called(talk: Talk, marie: User, paul: User, text: str, names: list[str]) -> None:
    for name in ("lea", "lea.durand", "lea@shop.example"):
        User.objects.create_user(name)
    User.objects.create_user("gone", is_active=False)
    assert called(note(talk(), paul, text)) == names


def test_one_is_told_once_for_a_note_that_is_sent_twice(talk: Talk, marie: User, paul: User) -> None:
    conversation, key = talk(), uuid4()
    for _time in range(2):
        text = "@marie @marie @paul"
        handoff.add_note(conversation_id=conversation.pk, user=paul, text=text, client_id=key)
    assert list(Mention.objects.values_list("user__username", flat=True)) == ["marie"]


def test_a_called_name_stands_out_and_nothing_else_does(talk: Talk, marie: User, paul: User) -> None:
    marie.first_name = "<i>Marie</i>"
    marie.save()
    shown = html(note(talk(), paul, "@marie, <b>see</b>\nhttps://x.example/@marie @nobody"))
    mark = f'<mark class="mention" data-user="{marie.pk}">@&lt;i&gt;Marie&lt;/i&gt;</mark>'
    assert shown.count("<mark") == 1
    assert mark + ", &lt;b&gt;see&lt;/b&gt;<br>" in shown
    assert "@nobody" in shown
    marie.delete()  # what the note says stays
    assert "Marie" in html(Message.objects.get(kind="note"))


def test_other_messages_call_nobody(talk: Talk, marie: User) -> None:
    conversation = talk("Carla", "@marie please")
    handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text="@marie", client_id=uuid4())
    assert not Mention.objects.exists()
    assert "<mark" not in "".join(html(one) for one in conversation.messages.all())


@given(st.text(st.sampled_from("@marie. ,\n(<&lea\u0301"), max_size=40))
def test_every_letter_of_a_note_is_shown(text: str) -> None:
    message = Message(text=text, data={"mentions": {"marie": {"id": 1, "name": "marie"}}})
    plain = render_plain(text)
    assert str(mentioning.shown(message)).replace('<mark class="mention" data-user="1">', "").replace(
        "</mark>", ""
    ) == str(plain)


def count(http: Http) -> str:
    return str(http.get("/staff/list/").context["mentions_count"])


def test_they_are_counted_listed_and_seen(staff: Http, talk: Talk, marie: User, paul: User) -> None:
    one, other = talk("One"), talk("Other")
    talk("Third")
    note(one, paul, "@marie")
    note(one, paul, "@marie again")
    note(other, paul, "@marie")
    assert count(staff) == "2"
    assert staff.get("/staff/").text.count("<span>@2</span>") == 1
    mentioning.see(conversation_id=other.pk, user=marie)
    mentioning.see(conversation_id=one.pk, user=paul)
    shown = staff.get("/staff/list/?show=mentions")
    assert [str(row.customer) for row in shown.context["conversations"]] == ["One", "Other"]
    assert shown.text.count("@ mentions you") == 1
    handoff.resolve(conversation_id=one.pk, user=paul)
    assert len(staff.get("/staff/list/?show=mentions").context["conversations"]) == 2
    mentioning.see(conversation_id=one.pk, user=marie)
    assert count(staff) == ""
    http = Http()
    http.force_login(paul)
    assert "Nobody has mentioned you" in http.get("/staff/list/?show=mentions").text


def test_reading_the_page_by_itself_marks_nothing(staff: Http, talk: Talk, marie: User, paul: User) -> None:
    conversation = talk()
    note(conversation, paul, "@marie")
    staff.get(f"/staff/conversations/{conversation.pk}/")
    assert Mention.objects.get().seen_at is None


def send(http: Http, conversation: Conversation, text: str) -> tuple[int, str]:
    said = {"text": text, "client_id": str(uuid4())}
    response = http.post(f"/staff/conversations/{conversation.pk}/note/", said)
    return response.status_code, response.text


def test_a_note_is_as_long_as_ten_thousand_letters(staff: Http, talk: Talk) -> None:
    conversation = talk()
    assert send(staff, conversation, "é" * 10_000)[0] == 204
    status, words = send(staff, conversation, "é" * 10_001)
    assert status == 400
    assert "A note has 10000 letters at most, and this one 10001." in words
    assert "Write something first." in send(staff, conversation, "  ")[1]


def test_calling_many_costs_no_more_queries(
    talk: Talk, paul: User, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    User.objects.bulk_create(User(username=f"user{number}") for number in range(60))
    text = " ".join(f"@user{number}" for number in range(60)) + " @" * 1_000
    conversation = talk()
    with django_assert_max_num_queries(14):
        message = note(conversation, paul, text)
    assert message.mentions.count() == mentioning.MOST


def test_the_page_of_a_conversation_costs_no_more_for_them(
    staff: Http, talk: Talk, paul: User, django_assert_max_num_queries: Callable[..., AbstractContextManager]
) -> None:
    conversation = talk()
    address = f"/staff/conversations/{conversation.pk}/?show=all"
    with django_assert_max_num_queries(30) as before:
        staff.get(address)
    User.objects.bulk_create(User(username=f"user{number}") for number in range(30))
    note(conversation, paul, "@marie @user1 @user2")
    with django_assert_max_num_queries(len(before)):
        assert 'data-name="user29"' in staff.get(address).text
