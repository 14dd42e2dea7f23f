"""Labels and teams in the admin site."""

from __future__ import annotations

import pytest
from django.test import Client as Http

from accounts.models import Role, User
from conversations.models import Label, Team

TEAM = {"order": "1", "hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0", "hours-0-weekday": "0",
        "hours-0-opens": "09:00", "hours-0-closes": "17:00"}  # fmt: skip


def signed_in(role: str) -> Http:
    http = Http()
    http.force_login(User.objects.create_user(role, role=role))
    return http


def test_editors_make_labels_and_see_no_conversations(db: None) -> None:
    editor = signed_in(Role.EDITOR)
    editor.post("/admin/conversations/label/add/", {"name": "Urgent", "colour": "red"})
    assert Label.objects.get().colour == "red"
    assert (
        "one of this name already"
        in editor.post("/admin/conversations/label/add/", {"name": "URGENT", "colour": "red"}).text
    )
    for model in ("conversation", "customer", "team"):
        assert editor.get(f"/admin/conversations/{model}/").status_code == 403


@pytest.mark.parametrize(("role", "sees"), [(Role.AGENT, ()), (Role.EDITOR, ("label",)),
                                            (Role.ADMIN, ("label", "team"))])  # fmt: skip
def test_the_inbox_leads_there_whoever_may(db: None, role: str, sees: tuple[str, ...]) -> None:
    shown = signed_in(role).get("/staff/").text
    assert tuple(one for one in ("label", "team") if f"/admin/conversations/{one}/" in shown) == sees


def test_a_team_takes_languages_reasons_members_and_hours(db: None) -> None:
    admin, paul = signed_in(Role.ADMIN), User.objects.create_user("paul")
    said = {"name": "Returns", "languages": ["fr"], "reasons": ["policy"], "members": [paul.pk]}
    admin.post("/admin/conversations/team/add/", TEAM | said)
    team = Team.objects.get()
    assert (team.languages, team.reasons, [*team.members.all()]) == (["fr"], ["policy"], [paul])
    assert [row.weekday for row in team.hours.all()] == [0]
    assert "A rule asks for a person" in admin.get(f"/admin/conversations/team/{team.pk}/change/").text
    assert "Returns" in admin.get("/admin/conversations/team/").text


def test_hours_that_close_when_they_open_are_refused(db: None) -> None:
    said = TEAM | {"name": "Returns", "hours-0-closes": "09:00"}
    shown = signed_in(Role.ADMIN).post("/admin/conversations/team/add/", said)
    assert "It closes when it opens" in shown.text
    assert not Team.objects.exists()
