"""What customers got stays to be seen, with how they fared: after a roll back, too."""

from __future__ import annotations

import pytest
from django.test import Client

from assistant.releases import serving
from evaluation.models import ReleasePolicy, Run, Scenario, Suite
from evaluation.releases import gate
from evaluation.releases.spans import compared_last, spans
from evaluation.runs.working import work_on
from evaluation.scenarios import keep
from tests.evaluation.releases.test_watching import rated
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/releases/"


@pytest.fixture
def browser(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def tried(two, editor):
    """The second was given to 20, then to 50 of 100, and the trial has ended."""
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 20, by=editor)
    rated(two[0], 9, 10)
    rated(two[1], 1, 4)
    serving.try_out(two[1], 50, by=editor)
    serving.roll_back(two[0].assistant, by=editor)
    return two


def test_rows_in_which_the_same_is_served_are_one_span(tried):
    ada = tried[0].assistant
    found = spans(ada)
    told = [(span.release, span.trial, span.share, span.why) for span in found]
    assert told == [
        (tried[0], None, 0, "back"),
        (tried[0], tried[1], 50, "trial"),
        (tried[0], None, 0, "published"),
    ]
    assert found[0].until is None and found[1].until == found[0].since


def test_after_a_roll_back_the_comparison_stays(tried, browser):
    ada = tried[0].assistant
    found = compared_last(ada, serving.now(ada))
    assert (found.beside.release, found.beside.against, found.at_once) == (tried[1], tried[0], True)
    page = browser.get(f"{PAGE}of/{ada.pk}/live/").text
    assert "How customers fared, from" in page
    assert "90 % (9 of 10;" in page and "25 % (1 of 4;" in page
    assert "50 of 100 conversations" in page
    assert f"of/{ada.pk}/live/" in browser.get(PAGE).text


def test_what_was_rated_later_is_not_counted_to_it(tried, browser):
    rated(tried[1], 0, 5)
    assert "25 % (1 of 4;" in browser.get(f"{PAGE}of/{tried[0].assistant_id}/live/").text


def test_a_release_shows_its_own_time_only(tried, browser, editor):
    ada = tried[0].assistant
    page = browser.get(f"{PAGE}of/{ada.pk}/live/?release={tried[1].pk}").text
    assert page.count("numbers__example") == 1 and "25 % (1 of 4;" in page
    assert "/live/?release=" in browser.get(f"{PAGE}{tried[1].pk}/").text


def test_where_nothing_was_ever_served_there_is_nothing_to_show(two, browser):
    assert browser.get(f"{PAGE}of/{two[0].assistant_id}/live/").text.strip() == ""
    assert "/live/" not in browser.get(f"{PAGE}{two[0].pk}/").text


def test_a_run_says_which_releases_it_is_of_and_a_release_what_came_of_its_runs(two, browser, editor):
    suite = Suite.objects.create(name="Greetings")
    keep(Scenario(suite=suite), scenario(), author=None)
    ReleasePolicy.objects.create(assistant=two[0].assistant).suites.add(suite)
    serving.publish(two[0], by=editor, despite="To see")
    run = gate.begin(two[1], by=editor)
    assert "Waiting" in browser.get(f"{PAGE}{two[1].pk}/").text
    work_on(run.pk)
    page = browser.get(f"/staff/evaluation/{run.pk}/").text
    assert f'href="{PAGE}{two[0].pk}/"' in page and f'href="{PAGE}{two[1].pk}/"' in page
    assert page.count("has to pass these suites") == 1
    page = browser.get(f"{PAGE}{two[1].pk}/").text
    assert "What customers get: <b>1 of 1</b>" in page and "release 2: <b>0 of 1</b>" in page
    assert "too few differ to tell" in page


def test_a_run_of_the_settings_leads_to_where_they_are_given_out(two, browser, editor):
    suite = Suite.objects.create(name="Greetings")
    keep(Scenario(suite=suite), scenario(), author=None)
    ReleasePolicy.objects.create(assistant=two[0].assistant).suites.add(suite)
    serving.publish(two[0], by=editor, despite="To see")
    gate.begin(two[0].assistant, by=editor)
    page = browser.get(f"/staff/evaluation/{Run.objects.get().pk}/").text
    assert f"of/{two[0].assistant_id}/settings/" in page and "they have to pass these suites" in page
