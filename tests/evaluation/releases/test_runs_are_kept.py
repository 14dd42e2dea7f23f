"""Runs go when they are old, or when somebody deletes them; but for those that something rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit.rows import AuditEntry
from assistant.models import Release
from assistant.releases import serving
from evaluation.models import Case, ReleasePolicy, Run, Scenario, Suite
from evaluation.releases import gate
from evaluation.runs import asking, keeping
from evaluation.runs.choosing import of_suite
from evaluation.runs.sides import Side
from evaluation.runs.working import work_on
from evaluation.scenarios import keep
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/evaluation/"


@pytest.fixture
def browser(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def greetings(two) -> Suite:
    suite = Suite.objects.create(name="Greetings")
    keep(Scenario(suite=suite), scenario(), author=None)
    ReleasePolicy.objects.create(assistant=two[0].assistant).suites.add(suite)
    return suite


@pytest.fixture
def ran(two, greetings, editor):
    def run(*sides: Side, old: bool = True) -> Run:
        wanted = of_suite(greetings)
        made = asking.ask(wanted, two[0].assistant, sides or [Side("model", model="x")], by=editor)
        work_on(made.pk)
        if old:
            age(made)
        return made

    return run


def age(run: Run) -> None:
    """Nor is the release, which it is held against, of today."""
    Release.objects.update(created_at=timezone.now() - timedelta(days=500))
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=400))


def test_what_is_old_goes_with_its_conversations_and_the_trail_says_how_many(ran, settings):
    old, new = ran(), ran(old=False)
    assert keeping.forget_old() == 1
    assert list(Run.objects.all()) == [new] and not Case.objects.filter(run=old.pk).exists()
    entry = AuditEntry.objects.order_by("-pk").first()
    assert entry.action == "deleted" and entry.after["number"] == 1
    assert keeping.forget_old() == 0


def test_where_they_are_to_be_kept_none_goes(ran, settings):
    settings.RUNS_KEEP_DAYS = 0
    ran()
    assert keeping.forget_old() == 0 and Run.objects.count() == 1


def test_one_that_is_under_way_stays(ran):
    Run.objects.filter(pk=ran().pk).update(state="reading")
    assert keeping.forget_old() == 0


def test_the_run_by_which_a_release_was_published_stays_for_ever(two, greetings, editor):
    run = gate.begin(two[0], by=editor)
    work_on(run.pk)
    row = serving.publish(two[0], by=editor)
    assert row.facts == {"run": run.pk}
    age(run)
    later = gate.begin(two[0], by=editor)
    work_on(later.pk)
    age(later)
    assert keeping.forget_old() == 0
    assert "was decided" in keeping.rests_on(run)
    assert "release 1 has to pass" in keeping.rests_on(later)
    newest = gate.begin(two[0], by=editor)
    work_on(newest.pk)
    assert keeping.forget_old() == 1  # the gate goes by the newest, and nothing was decided by this one
    assert list(Run.objects.order_by("pk")) == [run, newest]


def test_what_another_run_is_compared_with_stays(ran):
    first = ran()
    ran(Side("run", run=first.pk), Side("model", model="x"), old=False)
    assert keeping.forget_old() == 0


def test_somebody_deletes_one_and_the_trail_names_it(ran, browser, editor):
    run = ran(old=False)
    page = browser.get(f"{PAGE}{run.pk}/").text
    assert "Delete it, with all of its conversations" in page and "kept for 365 days" in page
    page = browser.post(f"{PAGE}{run.pk}/delete/", follow=True).text
    assert "is deleted" in page and not Run.objects.exists()
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.who, entry.kind) == ("deleted", editor, "run")


def test_what_something_rests_on_is_not_deleted_and_it_says_what(ran, two, greetings, browser, editor):
    run = gate.begin(two[0], by=editor)
    page = browser.post(f"{PAGE}{run.pk}/delete/", follow=True).text
    assert "Stop it first" in page
    work_on(run.pk)
    page = browser.get(f"{PAGE}{run.pk}/").text
    assert "This one stays." in page and "delete-run" not in page
    page = browser.post(f"{PAGE}{run.pk}/delete/", follow=True).text
    assert "It cannot be deleted. The suites that release 1 has to pass" in page and Run.objects.exists()
