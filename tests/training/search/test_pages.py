"""The pages of what search has learned: what they show, and what can be done on them."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.audit.rows import AuditEntry
from accounts.models import User
from background import listing
from background.filters import Filters
from evaluation.models import Scenario
from knowledge.models import EmbeddingSpace
from knowledge.weighing import USUAL, Weighing, weigh, weighing_of
from tests.training.search.conftest import ASKED, NOWHERE
from training.search import register, running
from training.search.rows import SearchPolicy, SearchTraining

pytestmark = [pytest.mark.django_db(transaction=True)]
PAGE = "/staff/training/search/"
TOO_HIGH = Weighing(lift=1.5)


def shown(client: Client, path: str = "", **headers: str) -> str:
    response = client.get(PAGE + path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, path: str, **posted: str) -> str:
    return client.post(PAGE + path, posted, follow=True).content.decode()


def learned() -> SearchTraining:
    training, _new = register.ask()
    running.go_on(training.pk)
    training.refresh_from_db()
    return training


@pytest.fixture
def candidate(questions: EmbeddingSpace) -> SearchTraining:
    weigh(questions, TOO_HIGH)
    return learned()


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("editor", 200)])
def test_they_are_for_whoever_looks_after_flows(
    client: Client, transactional_db: None, role: str, status: int
) -> None:
    client.force_login(User.objects.create_user("anna", role=role))
    assert client.get(PAGE).status_code == status


def test_before_anything_is_learned_it_says_what_is_needed(client: Client, editor: User) -> None:
    page = shown(client)
    assert "At least 30 questions" in page and "As the product comes" in page
    assert "Back to what the product comes with" not in page
    assert "weighs as the product comes already" in act(client, "usual/")


def test_before_the_button_is_pressed_it_says_how_many_questions_there_are(
    client: Client, editor: User, questions: EmbeddingSpace
) -> None:
    page = shown(client)
    assert 'hx-get="/staff/training/search/saved/"' in page and "If nothing is better" in page
    told = shown(client, "saved/")
    number = len(ASKED) * 3 + len(NOWHERE)
    assert f"{number} saved questions: 30 with a known article, {len(NOWHERE)} that have" in told
    assert "Enough to learn from." in told and "English" in told
    Scenario.objects.filter(name__in=NOWHERE[:5]).delete()
    assert "learned too with 3 more that have to be declined" in shown(client, "saved/")
    Scenario.objects.filter(name__in=ASKED["gift"]).delete()
    assert "3 more with a known article are needed." in shown(client, "saved/")


def test_without_any_saved_question_it_says_what_is_missing(client: Client, editor: User) -> None:
    told = shown(client, "saved/")
    assert "0 saved questions" in told and "30 more with a known article are needed." in told


def test_it_is_asked_for_once_and_can_be_cancelled(client: Client, editor: User) -> None:
    training, _new = register.ask(by=editor)
    assert "under way already" in act(client, "start/")
    assert "data-running" in shown(client, **{"HX-Request": "true"})
    assert "It is cancelled" in act(client, f"{training.pk}/cancel/")
    assert "has ended meanwhile" in act(client, f"{training.pk}/cancel/")


def test_the_button_begins_one(client: Client, editor: User) -> None:
    act(client, "start/")
    assert SearchTraining.objects.get().begun_by == editor
    assert AuditEntry.objects.filter(action="added", who=editor).exists()


def test_a_candidate_says_what_gets_better_and_is_used(
    client: Client, editor: User, candidate: SearchTraining
) -> None:
    assert "is a candidate" in shown(client) and "Fewer questions are declined" in shown(client)
    page = shown(client, f"{candidate.pk}/")
    for words in (
        "The new one is better", "held-out questions end", "Declined, though an article answers",
        "What was tried", "Would more questions help?", "What it learned from", "<svg", "<rect",
        candidate.signature,
    ):  # fmt: skip
        assert words in page
    assert "style=" not in page.split("<main")[1]  # a strict policy forbids it
    assert "from the next question on" in act(client, f"{candidate.pk}/use/")
    now = weighing_of(EmbeddingSpace.objects.get(live=True))
    assert now == Weighing(candidate.words_share, candidate.lift)
    assert "no candidate any more" in act(client, f"{candidate.pk}/use/")
    assert "as the product comes" in act(client, "usual/")
    assert weighing_of(EmbeddingSpace.objects.get(live=True)) == USUAL
    assert "from the next question on" in act(client, f"{candidate.pk}/back/")
    done = AuditEntry.objects.filter(who=editor, kind="searchtraining")
    actions = list(done.values_list("action", flat=True))
    assert sorted(actions) == ["brought_back", "brought_back", "published"]


def test_what_is_not_wanted_is_set_aside(client: Client, editor: User, candidate: SearchTraining) -> None:
    assert "stays in the register" in act(client, f"{candidate.pk}/set-aside/")
    assert "no candidate any more" in act(client, f"{candidate.pk}/set-aside/")
    assert "Set aside by" in shown(client)
    assert "was in use before" in act(client, f"{candidate.pk}/back/")


def test_each_number_leads_to_its_questions(client: Client, editor: User, candidate: SearchTraining) -> None:
    ends = candidate.report["questions"]
    lost = [end for end in ends if end[4] and end[5] == "refused" and end[6] == "right"]
    page = shown(client, f"{candidate.pk}/questions/?part=held_out&side=before&cell=refused")
    assert page.count("<q>") == sum(end[4] and end[5] == "refused" for end in ends) >= len(lost) > 5
    assert "/admin/evaluation/scenario/" in page
    every = shown(client, f"{candidate.pk}/questions/")
    assert every.count("<q>") == len(ends) and "Who wrote Hamlet?" in every
    assert "No question ends so." in shown(client, f"{candidate.pk}/questions/?cell=claimed&side=before")
    assert shown(client, f"{candidate.pk}/questions/?cell=%00&part=x&side=y").count("<q>") == len(ends)


def test_words_that_are_gone_are_said_to_be(client: Client, editor: User, candidate: SearchTraining) -> None:
    Scenario.objects.filter(name__in=NOWHERE).delete()
    assert shown(client, f"{candidate.pk}/questions/").count("(its words are gone)") == len(NOWHERE)


def test_in_french_nothing_is_left_in_english(
    client: Client, editor: User, candidate: SearchTraining
) -> None:
    editor.language = "fr"
    editor.save()
    page = shown(client, f"{candidate.pk}/", **{"Accept-Language": "fr"})
    for words in ("Recherche et refus", "Ce qui a été appris", "Refus, alors qu’un article répond"):
        assert words in page
    assert "Apprendre des questions enregistrées" in shown(client, **{"Accept-Language": "fr"})


def test_too_few_say_how_many_there_are(client: Client, editor: User, shop: EmbeddingSpace) -> None:
    training = learned()
    assert "There are 0 saved questions with a known article, and 30 are needed" in shown(client)
    assert "There are 0 saved questions" in shown(client, f"{training.pk}/")


def test_what_another_embedding_model_learned_is_said_to_be_out_of_use(
    client: Client, editor: User, candidate: SearchTraining
) -> None:
    SearchTraining.objects.update(state="in_use", why="person", facts={"by": "Erin"}, identity="another")
    assert "belongs to another embedding model" in shown(client)
    SearchTraining.objects.update(state="candidate")
    assert "another embedding model than the one of today" in act(client, f"{candidate.pk}/use/")


def test_how_it_comes_into_use_is_chosen(client: Client, editor: User) -> None:
    assert "Saved." in act(client, "policy/", by_itself="yes")
    assert SearchPolicy.objects.get().by_itself
    assert "Choose one of the two." in act(client, "policy/", by_itself="perhaps")
    entry = AuditEntry.objects.get(action="changed")
    assert (entry.before, entry.after) == ({"by_itself": False}, {"by_itself": True})


def test_it_stands_among_the_jobs(client: Client, editor: User) -> None:
    waits = SearchTraining.objects.create(state="running", done=3, total=9, error="unreachable: no route")
    [job] = listing.newest(Filters.read({}))[0]
    assert (job.state, job.done, job.total, job.what) == ("failed", 3, 9, f"Search training {waits.pk}")
    page = client.get("/staff/jobs/").content.decode()
    assert "three times a minute" in page and f"{PAGE}{waits.pk}/" in page
    cancelled = client.post(f"/staff/jobs/search/{waits.pk}/cancel/", follow=True)
    assert "It is cancelled" in cancelled.content.decode()
    SearchTraining.objects.update(state="failed", error="")
    retried = client.post(f"/staff/jobs/search/{waits.pk}/retry/", follow=True)
    assert "It is tried again" in retried.content.decode()
    assert SearchTraining.objects.open().exists()
