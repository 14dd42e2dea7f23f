"""Labels and teams in the admin site."""

from __future__ import annotations

import pytest
from django.test import Client as Http

from accounts.models import Role, User
from conversations.models import Label, Team

TEAM = {"order": "1"}


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


def test_a_team_takes_languages_reasons_and_members(db: None) -> None:
    admin, paul = signed_in(Role.ADMIN), User.objects.create_user("paul")
    said = {"name": "Returns", "languages": ["fr"], "reasons": ["policy"], "members": [paul.pk]}
    admin.post("/admin/conversations/team/add/", TEAM | said)
    team = Team.objects.get()
    assert (team.languages, team.reasons, [*team.members.all()]) == (["fr"], ["policy"], [paul])
    assert f"/staff/hours/teams/{team.pk}/" in admin.get(f"/admin/conversations/team/{team.pk}/change/").text
    assert "A rule asks for a person" in admin.get(f"/admin/conversations/team/{team.pk}/change/").text
    assert "Returns" in admin.get("/admin/conversations/team/").text
