"""Staff are told what concerns them, once, by what they have chosen; what they have looked at is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Http
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.inbox import assigning, mentioning
from conversations.live import company
from conversations.live.company import Person
from conversations.models import Conversation, Desk, Notification, Team
from conversations.notifying import kinds, occasions
from conversations.notifying.choosing import Choice, choices_of, choose
from conversations.notifying.telling import forget_old, see, tell
from conversations.receiving import receive
from tests.conversations.inbox.conftest import *  # noqa: F403 (fixtures)
from tests.conversations.inbox.conftest import Talk

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(user=user, seen_at=None).order_by("pk")
    return list(rows.values_list("kind", "words"))


def say(conversation: Conversation, text: str = "Still there?") -> None:
    receive(conversation_id=conversation.pk, text=text, client_id=uuid4())


def test_who_waits_is_told_to_the_team_or_to_all_who_take_conversations(
    talk: Talk, marie: User, paul: User
) -> None:
    handoff.request_person(conversation_id=talk().pk)
    assert told(marie) == told(paul) == [("waits", "Carla waits for a person")]
    team = Team.objects.create(name="French", languages=["fr"])
    team.members.add(paul)
    Desk.objects.create(user=marie, available=False)
    handoff.request_person(conversation_id=talk("Anne", language="fr").pk)
    assert len(told(paul)) == 2 and len(told(marie)) == 1


def test_what_is_given_is_told_to_whom_it_was_given_by_others(talk: Talk, marie: User, paul: User) -> None:
    conversation = talk()
    assigning.assign(conversation_id=conversation.pk, user=marie, to=paul)
    assigning.assign(conversation_id=talk("Bob").pk, user=marie, to=marie)
    assert told(paul) == [("given", "The conversation with Carla was given to you")] and told(marie) == []


def test_a_customers_answer_is_told_to_who_answers_and_made_new_by_the_next(talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    say(conversation)
    first = Notification.objects.get(user=marie)
    say(conversation, "Hello?")
    assert told(marie) == [("reply", "Carla has answered you")]
    again = Notification.objects.get(user=marie)
    assert again.pk == first.pk and again.created_at > first.created_at
    mentioning.see(conversation_id=conversation.pk, user=marie)  # what opening the page does
    assert told(marie) == []
    say(conversation)
    assert len(told(marie)) == 1


def test_nobody_is_told_what_they_just_look_at(talk: Talk, marie: User, paul: User) -> None:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    company.stay(str(conversation.pk), Person(user=marie.pk, name="Marie", page="1"))
    say(conversation)
    handoff.add_note(conversation_id=conversation.pk, user=marie, text="@paul look")
    assert told(marie) == [] and told(paul) == [("mention", "Marie mentions you in a note about Carla")]
    note = conversation.messages.get(kind="note")
    assert Notification.objects.get(user=paul).link.endswith(f"/{conversation.pk}/#message-{note.pk}")


def test_a_reply_that_is_due_soon_is_told_once(talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    Notification.objects.all().delete()
    due = timezone.now() + timedelta(minutes=20)
    Conversation.objects.update(reply_due_at=due)
    assert occasions.tell_what_is_due() == 0
    Conversation.objects.update(reply_due_at=due - timedelta(minutes=15))
    occasions.tell_what_is_due()
    assert told(marie) == [("due", "A reply to Carla is due soon")]
    see(marie)
    occasions.tell_what_is_due()
    assert told(marie) == []


def test_it_is_said_in_their_language(marie: User) -> None:
    User.objects.filter(pk=marie.pk).update(language="fr")
    marie.refresh_from_db()
    from django.utils.translation import get_language

    tell(marie, kind="reply", about="x:1", link="/staff/", words=lambda: str(get_language()))
    assert told(marie) == [("reply", "fr")]


def test_other_apps_declare_kinds_and_whoever_has_left_is_told_nothing(marie: User) -> None:
    kinds.declare(kinds.Kind("told_apart", "Something else happened", browser=False, mail=kinds.DAILY))
    try:
        assert choices_of(marie)["told_apart"] == Choice(False, "daily")
        tell(marie, kind="told_apart", about="review:1", link="/staff/", words="It is corrected")
        User.objects.update(is_active=False)
        marie.refresh_from_db()
        tell(marie, kind="told_apart", about="review:2", link="/staff/", words="It is corrected")
        assert len(told(marie)) == 1
    finally:
        del kinds.KINDS["told_apart"]


def test_old_ones_are_forgotten(marie: User) -> None:
    tell(marie, kind="reply", about="x:1", link="/staff/", words="Hello")
    forget_old()
    assert Notification.objects.exists()
    Notification.objects.update(created_at=timezone.now() - timedelta(days=61))
    forget_old()
    assert not Notification.objects.exists()


def test_after_an_hour_away_everything_stands_behind_the_bell(
    talk: Talk, marie: User, client: Http, settings: Any
) -> None:
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    client.force_login(marie)
    shown = client.get("/staff/notifications/bell/").text
    assert 'data-count="1"' in shown and "Carla waits for a person" in shown and "data-aloud" in shown
    [row] = Notification.objects.filter(user=marie)
    gone = client.post(f"/staff/notifications/{row.pk}/open/")
    assert gone.headers["Location"] == f"/staff/conversations/{conversation.pk}/"
    assert 'data-count=""' in client.get("/staff/notifications/bell/").text
    assert "Carla waits for a person" in client.get("/staff/notifications/").text


def test_what_is_somebody_elses_is_not_there(talk: Talk, marie: User, paul: User, client: Http) -> None:
    handoff.request_person(conversation_id=talk().pk)
    client.force_login(marie)
    row = Notification.objects.get(user=paul)
    assert client.post(f"/staff/notifications/{row.pk}/open/").status_code == 404
    client.post("/staff/notifications/seen/")
    assert told(marie) == [] and len(told(paul)) == 1


def test_how_one_is_told_is_chosen_on_the_page(marie: User, client: Http) -> None:
    client.force_login(marie)
    said = {f"mail_{key}": "never" for key in kinds.KINDS} | {"browser_reply": "on"}
    client.post("/staff/notifications/", said)
    assert choices_of(marie)["reply"] == Choice(True, "never")
    assert choices_of(marie)["mention"] == Choice(False, "never")
    assert client.post("/staff/notifications/", {"mail_reply": "hourly"}).status_code == 200
    choose(marie, {"reply": Choice(False, "away")})
    tell(marie, kind="reply", about="x:1", link="/staff/", words="Hello")
    assert "data-aloud" not in client.get("/staff/notifications/bell/").text
