"""The pages of releases: one is made, compared, tested, published, tried and rolled back."""

from __future__ import annotations

import pytest
from django.test import Client

from assistant.models import Release, Serving, Welcome
from assistant.releases import serving
from evaluation.models import ReleasePolicy, Run, Scenario, Suite
from evaluation.runs.working import work_on
from evaluation.scenarios import keep
from tests.assistant.releases.conftest import refusing
from tests.evaluation.releases.test_watching import rated
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/releases/"


@pytest.fixture
def browser(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


def test_without_an_assistant_it_says_what_to_do_first(browser):
    assert "There is no assistant yet" in browser.get(PAGE).text


def test_the_first_release_is_made_and_given_to_all(browser, ada):
    page = browser.get(PAGE).text
    assert "Customers get what stands in the settings" in page and "No release was made yet" in page
    made = browser.post(f"{PAGE}of/{ada.pk}/make/", {"note": "To begin with"}, follow=True).text
    assert "Release 1 is made. Customers do not get it yet." in made and "To begin with" in made
    assert "there is nothing before it to compare it with" in made
    done = browser.post(f"{PAGE}{Release.objects.get().pk}/publish/", {"to": "all"}, follow=True).text
    assert "Customers get release 1" in done and "Back to the settings as they are edited" in done


def test_what_is_the_same_is_not_released_again(browser, two):
    page = browser.post(f"{PAGE}of/{two[0].assistant_id}/make/", {}, follow=True).text
    assert "Nothing differs from release 2" in page
    assert Release.objects.count() == 2


def test_what_differs_is_shown_line_by_line(browser, two, editor):
    ada = two[0].assistant
    page = browser.get(f"{PAGE}{two[1].pk}/").text
    assert "Say hello" in page and "version <del>1</del>" in page and "version <ins>2</ins>" in page
    refusing(ada, "lawyers")
    ada.tone, ada.accent = "Brisk", "#aa3300"
    ada.save()
    Welcome.objects.create(assistant=ada, language="fr", greeting="Bonjour", suggestions="Ma commande ?")
    page = browser.get(f"{PAGE}{two[1].pk}/?with=settings").text
    assert "Nothing about lawyers." in page and "Brisk" in page and "Guidance" in page
    assert "aa3300" in page and "Bonjour" in page and "Suggested questions: Ma commande ?" in page
    assert "Say hello" not in page
    assert "What differs from release 2" in browser.get(PAGE).text


def test_a_release_with_another_model_is_made_for_a_trial(browser, two):
    page = browser.get(f"{PAGE}?model=ft:candidate").text
    assert 'value="ft:candidate"' in page
    browser.post(f"{PAGE}of/{two[0].assistant_id}/make/", {"model": "ft:candidate"})
    release = Release.objects.order_by("-number").first()
    page = browser.get(f"{PAGE}{release.pk}/").text
    assert "ft:candidate" in page and "no model: quotes" in page


def test_a_share_gets_it_and_how_both_fare_stands_side_by_side(browser, two, editor):
    serving.publish(two[0], by=editor)
    browser.post(f"{PAGE}{two[1].pk}/publish/", {"to": "share", "share": "20"})
    rated(two[0], 9, 10)
    rated(two[1], 3, 4)
    assert "20 of 100 conversations get release 2, the others release 1" in browser.get(PAGE).text
    page = browser.get(f"{PAGE}of/{two[0].assistant_id}/live/").text
    assert "90 % (9 of 10;" in page and "75 % (3 of 4;" in page
    browser.post(f"{PAGE}{two[1].pk}/publish/", {"to": "share", "share": "50"})
    assert serving.now(two[0].assistant).share == 50
    assert (
        "Customers get release 1"
        in browser.post(f"{PAGE}of/{two[0].assistant_id}/end-trial/", follow=True).text
    )


@pytest.mark.parametrize("share", ["", "0", "100", "many"])
def test_a_share_that_is_none_is_told_and_nothing_changes(browser, two, share):
    page = browser.post(f"{PAGE}{two[1].pk}/publish/", {"to": "share", "share": share}, follow=True).text
    assert "Share:" in page and not Serving.objects.exists()


def test_a_gate_is_set_run_and_passed(browser, two):
    suite = Suite.objects.create(name="Greetings")
    keep(Scenario(suite=suite), scenario(), author=None)
    ada = two[0].assistant
    browser.post(f"{PAGE}of/{ada.pk}/policy/", {"suites": [suite.pk], "at_least": "100", "rolls_back": "on"})
    assert ReleasePolicy.objects.get().suites.get() == suite
    page = browser.get(f"{PAGE}{two[0].pk}/").text
    assert "not run yet" in page and "Publish it nevertheless" in page
    page = browser.post(f"{PAGE}{two[0].pk}/publish/", {"to": "all"}, follow=True).text
    assert "has to be run on Greetings" in page and not Serving.objects.exists()
    went = browser.post(f"{PAGE}{two[0].pk}/run/")
    work_on(Run.objects.get().pk)
    assert went.url == f"/staff/evaluation/{Run.objects.get().pk}/"
    page = browser.get(f"{PAGE}{two[0].pk}/").text
    assert "1 of 1 as expected" in page and "Publish it nevertheless" not in page
    browser.post(f"{PAGE}{two[0].pk}/publish/", {"to": "all"})
    assert serving.now(ada).release == two[0]


def test_publishing_despite_the_gate_is_written_down(browser, two):
    suite = Suite.objects.create(name="Greetings")
    ReleasePolicy.objects.create(assistant=two[0].assistant).suites.add(suite)
    browser.post(f"{PAGE}{two[0].pk}/publish/", {"to": "all", "despite": "The shop is on fire"})
    page = browser.get(PAGE).text
    assert "although its suites had not passed: “The shop is on fire”" in page


def test_a_roll_back_says_where_it_led(browser, two, editor):
    serving.publish(two[0], by=editor)
    serving.publish(two[1], by=editor)
    page = browser.post(f"{PAGE}of/{two[0].assistant_id}/roll-back/", follow=True).text
    assert "Customers get release 1" in page
    page = browser.post(f"{PAGE}of/{two[0].assistant_id}/settings/", follow=True).text
    assert "Customers get what stands in the settings" in page
    assert "already" in browser.post(f"{PAGE}of/{two[0].assistant_id}/settings/", follow=True).text


def test_before_the_settings_are_given_out_it_stands_there_what_changes(browser, two, editor):
    suite = Suite.objects.create(name="Greetings")
    keep(Scenario(suite=suite), scenario(), author=None)
    ada = two[0].assistant
    ReleasePolicy.objects.create(assistant=ada).suites.add(suite)
    serving.publish(two[0], by=editor, despite="To see")
    path = f"{PAGE}of/{ada.pk}/settings/"
    assert path in browser.get(PAGE).text
    page = browser.get(path)
    assert "version <ins>2</ins>" in page.text and "not run yet" in page.text
    seen = page.context["signature"]
    page = browser.post(path, {"seen": seen}, follow=True).text
    assert "have to be run on Greetings" in page and serving.now(ada).release == two[0]
    ada.tone = "Brisk"
    ada.save()
    page = browser.post(path, {"seen": seen, "despite": "At once"}, follow=True).text
    assert "have changed meanwhile" in page and "Brisk" in page and serving.now(ada).release == two[0]
    browser.post(f"{path}run/")
    work_on(Run.objects.get().pk)
    page = browser.get(path)
    assert "0 of 1 as expected" in page.text
    seen = page.context["signature"]
    page = browser.post(path, {"seen": seen, "despite": "At once"}, follow=True).text
    assert "although the settings had not passed the suites: “At once”" in page
    assert serving.now(ada).why == "back"
    assert "already" in browser.get(path).text


def test_where_things_are_edited_it_says_that_customers_get_a_release(browser, two, editor):
    serving.publish(two[0], by=editor)
    said = "Customers get release 1 of Ada"
    for page in (
        "/staff/flows/",
        "/staff/flows/hello/",
        "/admin/assistant/guidance/",
        f"/admin/assistant/assistant/{two[0].assistant_id}/change/",
    ):
        assert said in browser.get(page).text, page
    serving.serve_settings(two[0].assistant, by=editor)
    assert said not in browser.get("/staff/flows/").text


def test_the_pages_speak_french(browser, two, editor):
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 10, by=editor)
    browser.cookies["django_language"] = "fr"
    for page in (PAGE, f"{PAGE}{two[1].pk}/"):
        text = browser.get(page).text
        assert "Éditions" in text and "Releases" not in text and "release 1" not in text
