"""The pages of trainings: what they show, and what can be done on them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Router
from background import listing
from background.filters import Filters
from training.models import Policy, SearchTraining, Training

pytestmark = [pytest.mark.django_db(transaction=True)]
PAGE = "/staff/training/"


def shown(client: Client, path: str = "") -> str:
    response = client.get(PAGE + path)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, path: str, **posted: str) -> str:
    return client.post(PAGE + path, posted, follow=True).content.decode()


@pytest.fixture
def first(flows: None) -> Training:
    return Training.objects.get()


def again(training: Training, **changes: Any) -> Training:
    """Another one like it."""
    training.pk, training._state.adding = None, True
    for name, value in changes.items():
        setattr(training, name, value)
    training.save()
    return training


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("editor", 200)])
def test_they_are_for_whoever_looks_after_flows(client: Client, role: str, status: int) -> None:
    client.force_login(User.objects.create_user("anna", role=role))
    assert client.get(PAGE).status_code == status
    assert ("/staff/training/" in client.get("/staff/playground/").content.decode()) == (status == 200)


def test_before_anything_is_learned_it_says_what_to_do(client: Client, editor: User, articles: None) -> None:
    assert "Nothing was learned yet" in shown(client)


def test_what_is_in_use_says_from_what_and_how_well(client: Client, editor: User, first: Training) -> None:
    page = shown(client)
    assert "Nothing was in use before it." in page and f"/staff/training/{first.pk}/" in page
    one = shown(client, f"{first.pk}/")
    for words in (
        "Book an appointment",
        "Flow by flow",
        "held out",
        "expected calibration error",
        "<svg",
        "<rect",
    ):
        assert words in one
    assert "style=" not in one.split("<main")[1]  # a strict policy forbids it


def test_each_number_of_the_matrix_leads_to_its_texts(client: Client, editor: User, first: Training) -> None:
    wrong = first.report["mistakes"][0]
    page = shown(client, f"{first.pk}/mixed/?of={wrong['label']}&began={wrong['began']}")
    assert wrong["text"] in page.replace("&#x27;", "'")


def test_the_whole_matrix_is_a_file(client: Client, editor: User, first: Training) -> None:
    response = client.get(f"{PAGE}{first.pk}/mixed-up.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    numbers = sum(
        int(value) for row in rows for key, value in row.items() if key not in ("example_of", "name")
    )
    assert numbers == first.figures["samples"]
    assert AuditEntry.objects.filter(action="exported", who=editor).exists()


def test_a_training_is_asked_for_once_and_can_be_cancelled(
    client: Client, editor: User, first: Training
) -> None:
    act(client, "start/")
    waits = Training.objects.open().get()
    assert waits.begun_by == editor
    assert "under way already" in act(client, "start/")
    assert "data-running" in client.get(PAGE, HTTP_HX_REQUEST="true").content.decode()
    assert "It is cancelled" in act(client, f"{waits.pk}/cancel/")
    assert "has ended meanwhile" in act(client, f"{waits.pk}/cancel/")
    assert AuditEntry.objects.filter(action="stopped", who=editor).count() == 1


def test_a_candidate_is_compared_used_or_set_aside(client: Client, editor: User, first: Training) -> None:
    lost = {"text": "lamp back", "label": "return_item", "before": "return_item", "began": ""}
    pairs = {"both": 30, "present": 5, "candidate": 1, "neither": 2}
    compared = {"number": first.pk, "pairs": pairs, "left_out": 3, "worse": [lost], "better": []}
    old, report = first.pk, {**first.report, "compared": compared}
    candidate = again(first, state="candidate", why="worse", facts={"number": old}, report=report)
    assert "is a candidate" in shown(client)
    page = shown(client, f"{candidate.pk}/")
    for words in (
        "lamp back",
        "What got worse",
        "No difference can be told",
        "−10.5 points",
        "3 texts are left out",
    ):
        assert words in page
    assert "which is in use" in page  # its matrix stands below
    assert "is in use now" in act(client, f"{candidate.pk}/use/")
    assert Router.objects.get().training == candidate.pk
    another = again(candidate, state="candidate", why="asked", facts={})
    assert "stays in the register" in act(client, f"{another.pk}/set-aside/")
    assert "no candidate any more" in act(client, f"{another.pk}/set-aside/")


def test_going_back_pins_and_says_that_new_flows_wait(client: Client, editor: User, first: Training) -> None:
    old = first.pk
    again(first)
    Training.objects.filter(pk=old).update(state="retired")
    page = act(client, f"{old}/back/")
    assert (
        "new flows included" in page and 'id="pinned"' in page and "flows that are published now wait" in page
    )
    assert Training.objects.in_use().get().pk == old == Router.objects.get().training
    assert "Unpinned" in act(client, "unpin/")
    assert Policy.objects.get().pinned is None
    actions = set(AuditEntry.objects.filter(who=editor).values_list("action", flat=True))
    assert {"brought_back", "changed"} <= actions


def test_a_candidate_while_another_one_is_pinned_can_be_promoted(
    client: Client, editor: User, first: Training
) -> None:
    old = first.pk
    act(client, f"{old}/back/")
    pairs = {"both": 30, "present": 0, "candidate": 6, "neither": 2}
    compared = {"number": old, "pairs": pairs, "left_out": 0, "worse": [], "better": []}
    report = {**first.report, "compared": compared}
    candidate = again(first, state="candidate", why="pinned", facts={"number": old}, report=report)
    page = shown(client, f"{candidate.pk}/")
    for words in (
        f"Router training {old} has been pinned since", "by erin.", "The new one is better (on texts",
        "Promote it and release the pin", "Set it aside",
    ):  # fmt: skip
        assert words in page
    assert 'id="use"' not in page
    assert "is pinned by now" in act(client, f"{candidate.pk}/use/")
    assert "is pinned by now" in act(client, f"{candidate.pk}/use/", release=str(old + 1000))
    assert "is pinned by now" in act(client, f"{candidate.pk}/use/", release="9" * 30)
    assert Policy.objects.get().pinned_id == old == Router.objects.get().training
    assert "is in use now" in act(client, f"{candidate.pk}/use/", release=str(old))
    assert Policy.objects.get().pinned_id is None and Router.objects.get().training == candidate.pk
    entry = AuditEntry.objects.filter(action="changed", who=editor).get()
    assert (entry.before, entry.after, entry.key) == ({"pinned": True}, {"pinned": False}, str(old))


def test_one_that_was_not_compared_with_what_is_pinned_says_so(
    client: Client, editor: User, first: Training
) -> None:
    act(client, f"{first.pk}/back/")
    candidate = again(first, state="candidate", why="pinned", facts={"number": 1})
    page = shown(client, f"{candidate.pk}/")
    assert "The two were not compared" in page and "Promote it and release the pin" in page


def test_what_is_said_of_more_examples_follows_from_the_line_and_from_the_rows(
    client: Client, editor: User, first: Training
) -> None:
    one = {"examples": 40, "right": 31, "missed": 7, "taken_for": {"b": 2}}
    figures = {**first.figures, "each": {"a": one, "b": {**one, "right": 38, "missed": 2, "taken_for": {}}}}
    curve = {
        "folds": [[0.5] * 5, [0.6] * 5, [0.7] * 5, [0.75, 0.76, 0.74, 0.75, 0.76], [0.81] * 5],
        "examples": {"a": 40, "b": 40},
        "flows": {"a": [20, 30, 37, 37, 38], "b": [30, 32, 34, 36, 38]},
    }
    Training.objects.update(figures=figures, report={**first.report, "curve": curve})
    page = shown(client, f"{first.pk}/")
    assert "Yes: with the last fifth of the examples +5.8 points more" in page
    assert "1 flow is told apart, but begins too rarely: “a”. 1 flow needs no more." in page
    assert "often not surely enough to begin" in page and "At least 90% begin it" in page


def test_what_has_no_numbers_any_more_is_not_used(client: Client, editor: User, first: Training) -> None:
    bare = again(first, state="retired", numbers=b"", kept=False, report={})
    assert "are not kept any more" in shown(client, f"{bare.pk}/")
    assert "only the newest trainings" in act(client, f"{bare.pk}/back/")
    assert "are not kept" in shown(client, f"{bare.pk}/mixed/")


def test_trainings_of_two_kinds_with_one_number_are_told_apart_in_the_trail_in_any_language(
    client: Client, editor: User, articles: None
) -> None:
    act(client, "start/")
    act(client, "search/start/")
    one, other = Training.objects.get(), SearchTraining.objects.get()
    client.force_login(User.objects.create_user("boss", role="admin"))
    page = client.get("/staff/audit/").content.decode()
    assert f"Router training {one.pk}" in page and f"Search training {other.pk}" in page
    page = client.get("/staff/audit/", headers={"Accept-Language": "fr"}).content.decode()
    assert f"Apprentissage du routeur {one.pk}" in page
    assert f"Apprentissage de la recherche {other.pk}" in page


def test_how_it_comes_into_use_is_chosen(client: Client, editor: User, articles: None) -> None:
    assert "Saved." in act(client, "policy/", by_itself="no")
    assert not Policy.objects.get().by_itself
    assert "Choose one of the two." in act(client, "policy/", by_itself="perhaps")
    entry = AuditEntry.objects.get(action="changed")
    assert (entry.before, entry.after) == ({"by_itself": True}, {"by_itself": False})


def test_it_stands_among_the_jobs(client: Client, editor: User, articles: None) -> None:
    waits = Training.objects.create(state="running", done=3, total=9, error="unreachable: no route")
    [job] = listing.newest(Filters.read({}))[0]
    assert (job.state, job.done, job.total, job.what) == ("failed", 3, 9, f"Router training {waits.pk}")
    page = client.get("/staff/jobs/").content.decode()
    assert "It is tried again by itself every ten seconds" in page and f"/staff/training/{waits.pk}/" in page
    assert (
        "It is cancelled"
        in client.post(f"/staff/jobs/router/{waits.pk}/cancel/", follow=True).content.decode()
    )
    Training.objects.update(state="failed", error="")
    assert (
        "It is tried again"
        in client.post(f"/staff/jobs/router/{waits.pk}/retry/", follow=True).content.decode()
    )
    assert Training.objects.open().exists()


def test_secrets_among_examples_are_named(client: Client, editor: User, first: Training) -> None:
    Training.objects.update(report={**first.report, "secrets": {"return_item": 2}})
    page = shown(client, f"{first.pk}/")
    assert "card number or a key" in page and "Return an item (2)" in page


def test_many_flows_are_drawn_small_and_all_of_them(client: Client, editor: User, articles: None) -> None:
    each = {f"flow_{at}": {"examples": 10, "right": 8, "missed": 2, "taken_for": {}} for at in range(55)}
    figures = {"right": 0.8, "begun": 0.8, "left_alone": 1.0, "samples": 600, "flows": 55, "each": each}
    curve = {"folds": [[0.5, 0.9]] * 5, "flows": {}}
    training = Training.objects.create(
        state="in_use", figures=figures, report={"mistakes": [], "mixed": [], "curve": curve}
    )
    page = shown(client, f"{training.pk}/")
    assert page.count("matrix__name") == 56 and page.count("<rect") == 111
