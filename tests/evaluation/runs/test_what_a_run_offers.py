"""The form that begins a run: what is ticked when one comes, and what is offered."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from assistant.releases.making import make
from evaluation.models import Run, Suite
from evaluation.suites.keeping import SAMPLE_ORIGIN, take_in
from evaluation.suites.yaml_form import SuiteFile
from flows.models import Flow
from flows.publishing import publish
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/evaluation/"


@pytest.fixture
def edith(transactional_db: None) -> User:
    return User.objects.create_user("edith", role=Role.EDITOR)


@pytest.fixture
def browser(client: Client, edith: User) -> Client:
    client.force_login(edith)
    return client


@pytest.fixture
def suites(hello) -> list[Suite]:
    made = []
    for name, origin in (("Own", ""), ("Sample", SAMPLE_ORIGIN), ("Third", "")):
        suite, _taken = take_in(
            SuiteFile(suite=name, scenarios=(scenario(f"{name} one"),)), author=None, origin=origin
        )
        assert suite is not None
        made.append(suite)
    return made


def ticked(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox" name="suites" value="(\w+)"[^>]* checked', page)


def options(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'value="([^"]*)"', select[0]) if select else []


def test_at_first_the_suites_of_the_sample_company_are_ticked(browser, suites):
    assert ticked(browser.get(PAGE).text) == [str(suites[1].pk)]


def test_without_the_sample_company_all_are(browser, suites):
    Suite.objects.filter(pk=suites[1].pk).delete()
    assert set(ticked(browser.get(PAGE).text)) >= {str(suites[0].pk), str(suites[2].pk)}


def test_afterwards_those_that_this_person_ran_last(browser, suites):
    wanted = {"suites": [suites[0].pk, suites[2].pk], "version": "present", "times": "1"}
    browser.post(f"{PAGE}run/", {**wanted, "assistant": Assistant.objects.get().pk})
    assert Run.objects.get().suites == ["Own", "Third"]
    assert ticked(browser.get(PAGE).text) == [str(suites[0].pk), str(suites[2].pk)]
    assert ticked(browser.get(f"{PAGE}?suite={suites[1].pk}").text) == [str(suites[1].pk)]
    client = Client()
    client.force_login(User.objects.create_user("max", role=Role.EDITOR))
    assert ticked(client.get(PAGE).text) == [str(suites[1].pk)]


def test_only_what_there_is_is_offered_and_it_says_where_one_makes_the_rest(browser, suites, settings):
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    publish(Flow.objects.get().pk, author=None)
    page = browser.get(PAGE).text
    assert options(page, "version") == ["present", "settings"]
    assert options(page, "against") == ["", "present", "settings"]
    assert options(page, "customers") == []
    assert "There is no release yet." in page and 'href="/staff/releases/">Make one</a>' in page
    assert "No flow has a draft" in page and "No model can be compared" in page


def test_what_has_been_made_is_offered(browser, suites, settings):
    settings.OPENAI_BASE_URL, settings.ANSWER_MODEL = "http://127.0.0.1:9/v1", "one"
    make(Assistant.objects.get(), by=None)
    page = browser.get(PAGE).text
    assert options(page, "version") == ["present", "settings", "release", "drafts", "model"]
    assert "model" in options(page, "customers") and "Not offered" not in page


def test_a_candidate_is_offered_whatever_is_set_up(browser, suites):
    assert "model" in options(browser.get(f"{PAGE}?model=ft:one").text, "version")
