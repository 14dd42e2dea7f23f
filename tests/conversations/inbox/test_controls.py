"""What staff do with one conversation beside answering: its head shows how it stands then."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Http
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, Label, Message, Status, Team
from tests.conversations.inbox.conftest import Talk

HTMX = {"HX-Request": "true"}


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def post(http: Http, conversation: Conversation, what: str, **said: object) -> str:
    response = http.post(f"/staff/conversations/{conversation.pk}/{what}/", said, headers=HTMX)
    assert response.status_code == 200
    conversation.refresh_from_db()
    return response.text


def test_it_is_given_to_a_colleague_and_to_nobody_again(staff: Http, talk: Talk, paul: User) -> None:
    conversation = talk()
    assert "selected>Paul" in post(staff, conversation, "assign", to=paul.pk)
    assert conversation.assignee == paul
    post(staff, conversation, "assign", to="")
    assert conversation.assignee is None


def test_it_is_given_to_a_team(staff: Http, talk: Talk) -> None:
    conversation, team = talk(), Team.objects.create(name="Returns")
    assert "selected>Returns" in post(staff, conversation, "team", team=team.pk)
    assert conversation.team == team


def test_a_label_is_put_on_and_taken_off(staff: Http, talk: Talk) -> None:
    conversation, hostile = talk(), Label.objects.create(name="<b>'Returns\"&")
    shown = post(staff, conversation, "labels", add=hostile.pk)
    assert "<b>'" not in shown
    assert "Take off “&lt;b&gt;" in shown
    assert [*conversation.labels.all()] == [hostile]
    post(staff, conversation, "labels", remove=hostile.pk)
    assert not conversation.labels.exists()


def test_it_is_put_off_until_a_moment_of_the_readers_clock_and_taken_up_again(
    staff: Http, talk: Talk
) -> None:
    conversation = talk()
    assert "Put off until" in post(staff, conversation, "put-off", until="2027-01-04T09:00:00+02:00")
    assert conversation.snoozed_until is not None
    assert conversation.snoozed_until.isoformat() == "2027-01-04T07:00:00+00:00"
    post(staff, conversation, "wake")
    assert conversation.status == Status.OPEN
    assert "Put off until the customer writes" in post(staff, conversation, "put-off", until="")


@pytest.mark.parametrize(
    "until",
    ["2020-01-01T09:00:00Z", "9999-01-01T09:00:00Z", "soon", "x" * 10_000, "\x00"],
)
def test_a_moment_that_makes_no_sense_is_refused_in_words(staff: Http, talk: Talk, until: str) -> None:
    conversation = talk()
    shown = post(staff, conversation, "put-off", until=until)
    assert 'role="alert"' in shown
    assert conversation.status == Status.OPEN


@pytest.mark.parametrize("key", ["0", "999999", "x", "-1", "9" * 10_000, "\x00"])
@pytest.mark.parametrize(("what", "name"), [("assign", "to"), ("team", "team"), ("labels", "add")])
def test_who_or_what_is_not_there_is_refused_in_words(
    staff: Http, talk: Talk, what: str, name: str, key: str
) -> None:
    conversation = talk()
    assert 'role="alert"' in post(staff, conversation, what, **{name: key})
    assert not Message.objects.filter(kind=Message.Kind.LOG).exists()


def test_what_is_resolved_is_not_put_off(staff: Http, talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    assert "as the conversation stands now" in post(staff, conversation, "put-off", until="")


def test_without_a_script_one_comes_back_to_the_conversation(staff: Http, talk: Talk, paul: User) -> None:
    where = f"/staff/conversations/{talk().pk}/"
    for said in ({"to": paul.pk}, {"to": "x"}):
        assert staff.post(f"{where}assign/", said).headers["Location"] == where
    assert "Select a valid choice" in staff.get(where).text


def test_a_conversation_that_is_not_there_is_not_found(staff: Http, db: None) -> None:
    assert staff.post(f"/staff/conversations/{uuid4()}/assign/", {"to": ""}).status_code == 404


def test_the_row_says_until_when_and_by_when(staff: Http, talk: Talk, paul: User) -> None:
    conversation = talk()
    conversation.labels.add(Label.objects.create(name="Urgent", colour="red"))
    due = timezone.now() + timedelta(minutes=12)
    Conversation.objects.filter(pk=conversation.pk).update(reply_due_at=due, assignee=paul)
    listed = staff.get("/staff/list/").text
    assert "data-due" in listed
    assert '<span class="label label--red">Urgent</span>' in listed
    assert "assigned to Paul" in listed
    post(staff, conversation, "put-off", until="")
    assert "Put off until the customer writes" in staff.get("/staff/list/?show=snoozed").text
