"""Whether a member of staff takes conversations: said in the menu, and heeded where they are given out."""

from __future__ import annotations

import pytest
from django.test import Client as Http

from accounts.models import User
from conversations import handoff
from conversations.models import Desk, Team
from tests.conversations.inbox.conftest import Talk, there


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


def test_looking_says_how_it_stands_and_keeps_nothing(staff: Http) -> None:
    shown = staff.get("/staff/desk/").text
    assert 'aria-checked="true"' in shown
    assert "give you some while your inbox is open" in shown
    assert not Desk.objects.exists()


def test_whoever_takes_none_is_given_none(staff: Http, talk: Talk, marie: User) -> None:
    team = Team.objects.create(name="All", shares_out=True)
    team.members.add(marie)
    there(marie)
    first, second = talk("One"), talk("Two")
    handoff.request_person(conversation_id=first.pk)
    shown = staff.post("/staff/desk/", {"available": ""}, headers={"HX-Request": "true"}).text
    assert 'aria-checked="false"' in shown
    assert "No team gives you a conversation in turn." in shown
    handoff.request_person(conversation_id=second.pk)
    for one in (first, second):
        one.refresh_from_db()
    assert (first.assignee, second.assignee) == (marie, None)
    assert staff.post("/staff/desk/", {"available": "on"}).status_code == 302
    assert Desk.objects.get().available


def test_the_menu_costs_the_pages_nothing(staff: Http, talk: Talk) -> None:
    assert 'hx-get="/staff/desk/"' in staff.get("/staff/").text
