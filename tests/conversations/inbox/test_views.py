"""What narrows the list, and the views that staff save."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client as Http

from accounts.models import Role, User
from conversations.inbox import listing
from conversations.inbox.filters import Filters
from conversations.inbox.showing import _at_most
from conversations.inbox.views import MOST_VIEWS
from conversations.models import Label, SavedView, Team
from tests.conversations.inbox.conftest import Talk


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


@pytest.fixture
def editor(db: None) -> Http:
    http = Http()
    http.force_login(User.objects.create_user("lea", role=Role.EDITOR))
    return http


def names(http: Http, query: str) -> list[str]:
    response = http.get(f"/staff/list/?{query}")
    return sorted(str(one.customer) for one in response.context["conversations"])


def test_what_narrows_the_list_is_said_and_can_be_taken_off(staff: Http, talk: Talk, paul: User) -> None:
    returns, urgent = Label.objects.create(name="Returns"), Label.objects.create(name="Urgent")
    both, one = talk("Both"), talk("One")
    both.labels.add(returns, urgent)
    one.labels.add(returns)
    query = f"labels={returns.pk}&labels={urgent.pk}&order=newest"
    assert names(staff, query) == ["Both"]
    shown = staff.get(f"/staff/list/?{query}")
    assert [chip.words for chip in shown.context["chips"]] == [
        "Label: Returns",
        "Label: Urgent",
        "Newest first",
    ]
    assert names(staff, shown.context["chips"][1].without) == ["Both", "One"]
    assert names(staff, shown.context["cleared"]) == ["Both", "One"]
    assert names(staff, "assignee=none") == ["Both", "One"]
    assert names(staff, f"assignee={paul.pk}") == []


def test_what_is_no_longer_there_is_said_to_be_gone(staff: Http, db: None) -> None:
    query = "assignee=99&team=99&labels=99&assistant=99&reason=policy&language=fr&rated=down&since=2026-01-02"
    chips = staff.get(f"/staff/list/?{query}").context["chips"]
    assert [chip.words for chip in chips] == [
        "Assigned: no longer there", "Team: no longer there", "A rule asks for a person", "French",
        "no longer there", "An answer was not helpful", "From 2 January 2026", "Label: no longer there",
    ]  # fmt: skip


def test_everything_narrowed_costs_eight_queries_at_most(
    staff: Http, talk: Talk, marie: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:  # fmt: skip
    team, label = Team.objects.create(name="Returns"), Label.objects.create(name="Urgent")
    for name in "abc":
        conversation = talk(name)
        conversation.labels.add(label)
        type(conversation).objects.filter(pk=conversation.pk).update(team=team, assignee=marie)
    SavedView.objects.create(name="All", query="show=all")
    query = f"team={team.pk}&assignee={marie.pk}&labels={label.pk}"
    with django_assert_max_num_queries(8):
        assert "Assigned: Marie" in staff.get(f"/staff/?{query}").text


def test_the_panel_shows_what_is_chosen(staff: Http, talk: Talk, paul: User) -> None:
    talk()
    label = Label.objects.create(name="<i>")
    shown = staff.get(f"/staff/filters/?show=all&assignee={paul.pk}&labels={label.pk}").text
    assert f'value="{paul.pk}" selected' in shown
    assert f'value="{label.pk}" checked' in shown
    assert "<i>" not in shown
    assert '<input type="hidden" name="show" value="all">' in shown


def test_more_than_anybody_counts_is_a_thousand() -> None:
    assert _at_most(listing.MOST_COUNTED) == "999+"
    assert (_at_most(999), _at_most(0)) == ("999", "")


def test_a_view_is_saved_shown_renamed_and_deleted(staff: Http, talk: Talk, marie: User) -> None:
    talk()
    saved = staff.post("/staff/views/", {"name": "Newest", "query": "order=newest&nonsense=1&show=all"})
    assert saved.headers["Location"] == "/staff/?show=all&order=newest"
    view = SavedView.objects.get(user=marie)
    assert staff.get(saved.headers["Location"]).context["current_view"] == view
    staff.post(f"/staff/views/{view.pk}/rename/", {"name": "<b>First"})
    assert "&lt;b&gt;First" in staff.get("/staff/").text
    staff.post("/staff/views/", {"name": "<B>FIRST", "query": "show=mine"})
    view.refresh_from_db()
    assert view.query == "show=mine"
    staff.post(f"/staff/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_is_ones_own_and_everybodys_is_of_the_editors(staff: Http, editor: Http, talk: Talk) -> None:
    talk()
    editor.post("/staff/views/", {"name": "Hers", "query": ""})
    editor.post("/staff/views/", {"name": "Ours", "query": "show=all", "shared": "on"})
    hers, ours = SavedView.objects.get(name="Hers"), SavedView.objects.get(name="Ours")
    assert (ours.user, hers.user.username if hers.user else "") == (None, "lea")
    shown = staff.get("/staff/?show=all")
    assert "Ours" in shown.text
    assert "Hers" not in shown.text
    assert 'id="change-view"' not in shown.text
    for view in (hers, ours):
        assert staff.post(f"/staff/views/{view.pk}/delete/").status_code == 404
        assert staff.post(f"/staff/views/{view.pk}/rename/", {"name": "x"}).status_code == 404
    staff.post("/staff/views/", {"name": "Mine", "query": "", "shared": "on"})
    assert SavedView.objects.get(name="Mine").user is not None
    editor.post(f"/staff/views/{ours.pk}/rename/", {"name": "For all"})
    assert SavedView.objects.filter(user=None, name="For all").exists()


@pytest.mark.parametrize(
    "said",
    [
        {"name": "", "query": ""},
        {"name": "x" * 10_000, "query": ""},
        {"name": "\x00", "query": ""},
        {"name": "Long", "query": "q=" + "é" * 200},
        {"name": "Longer", "query": "q=" + "x" * 10_000},
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(staff: Http, said: dict[str, str]) -> None:
    response = staff.post("/staff/views/", said, follow=True)
    assert "flash--error" in response.text
    assert not SavedView.objects.exists()


def test_there_are_not_more_views_than_anybody_reads(staff: Http, marie: User) -> None:
    SavedView.objects.bulk_create(SavedView(user=marie, name=f"{n}") for n in range(MOST_VIEWS))
    assert "Delete one first" in staff.post("/staff/views/", {"name": "New", "query": ""}, follow=True).text
    assert SavedView.objects.count() == MOST_VIEWS


def test_what_is_searched_for_is_carried_along() -> None:
    filters = Filters.read({"show": "all", "q": "lamp", "labels": "1,2", "after": "1.0.x"})
    assert filters.carried == [("show", "all"), ("labels", "1,2")]
