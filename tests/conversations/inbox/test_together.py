"""One thing done to all that are selected, and what is said of it afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client as Http

from accounts.models import User
from conversations.inbox import together
from conversations.models import Conversation, Label, Status, Team
from tests.conversations.inbox.conftest import Talk


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def post(http: Http, act: str, conversations: list[object], **said: str) -> str:
    form = {"act": act, "conversation": [str(one) for one in conversations], **said}
    response = http.post("/staff/together/", form, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.text


def test_what_can_be_done_is_shown(staff: Http, paul: User) -> None:
    label, team = Label.objects.create(name="<b>"), Team.objects.create(name="Returns")
    shown = staff.get("/staff/together/").text
    acts = ("resolve", "assign:", f"assign:{paul.pk}", f"team:{team.pk}", f"label:{label.pk}")
    assert all(f'name="act" value="{act}"' in shown for act in acts)
    assert "<b>" not in shown


def test_each_thing_is_done_to_all(staff: Http, talk: Talk, paul: User) -> None:
    label, team = Label.objects.create(name="Urgent"), Team.objects.create(name="Returns")
    ones = [talk(name).pk for name in "abc"]
    for act in (f"assign:{paul.pk}", f"team:{team.pk}", f"label:{label.pk}"):
        assert "Done with 3 conversations." in post(staff, act, [*ones])
    assert Conversation.objects.filter(assignee=paul, team=team, labels=label).count() == 3
    for act in ("assign:", "team:", f"unlabel:{label.pk}"):
        post(staff, act, [*ones])
    assert Conversation.objects.filter(assignee=None, team=None, labels=None).count() == 3
    post(staff, "put_off", [*ones], until="2027-01-04T09:00:00Z")
    assert Conversation.objects.filter(status=Status.SNOOZED, snoozed_until__year=2027).count() == 3
    assert "Done with 1 conversation." in post(staff, "resolve", ones[:1])


def test_what_could_not_be_done_is_counted(staff: Http, talk: Talk) -> None:
    resolved, open_one = talk("a").pk, talk("b").pk
    post(staff, "resolve", [resolved])
    said = post(staff, "put_off", [resolved, open_one, uuid4()], until="")
    assert "Done with 1 conversation. 2 could not be changed" in said


@pytest.mark.parametrize(
    ("act", "until"),
    [
        ("", ""), ("nonsense", ""), ("x" * 10_000, ""), ("assign:x", ""), ("assign:999", ""), ("team:0", ""),
        ("label:", ""), ("label:" + "9" * 5000, ""), ("unlabel:\x00", ""), ("put_off", "soon"),
        ("put_off", "2020-01-01T00:00:00Z"), ("put_off", "?"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(staff: Http, talk: Talk, act: str, until: str) -> None:
    pk = talk().pk
    assert "together__outcome--not" in post(staff, act, [pk], until=until)
    assert Conversation.objects.get().status == Status.OPEN


def test_none_or_too_many_or_no_keys_are_refused(staff: Http, talk: Talk) -> None:
    talk()
    assert "Select a conversation first" in post(staff, "resolve", [])
    assert "at most 500" in post(staff, "resolve", [uuid4() for _ in range(together.MOST + 1)])
    assert "Load the page again" in post(staff, "resolve", ["<b>"])


def test_without_a_script_one_comes_back_to_the_list(staff: Http, talk: Talk) -> None:
    form = {"act": "resolve", "conversation": str(talk().pk)}
    assert "Done with 1 conversation" in staff.post("/staff/together/", form, follow=True).text
    assert (
        "Select a conversation first" in staff.post("/staff/together/", {"act": "resolve"}, follow=True).text
    )
