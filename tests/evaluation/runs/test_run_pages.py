"""The pages of runs: one is begun, watched, stopped, gone on with and read, word by word."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant, Release
from assistant.releases.making import make
from evaluation.models import Run, Scenario, Suite
from evaluation.runs import asking
from evaluation.runs.working import Worker, work_on
from evaluation.suites.keeping import take_in
from evaluation.suites.yaml_form import SuiteFile, from_yaml
from flows.models import Flow
from flows.publishing import publish
from knowledge.models import Job
from tests.evaluation.runs.conftest import scenario

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/staff/evaluation/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    return client


@pytest.fixture
def greetings(hello) -> Suite:
    scripts = (scenario(), scenario("Evening", "Good evening"))
    suite, _taken = take_in(
        SuiteFile(suite="Greetings", about="How it greets", scenarios=scripts), author=None
    )
    assert suite is not None
    return suite


def wanted(suite: Suite, **more: str) -> dict[str, str]:
    assistant = str(Assistant.objects.get().pk)
    return {"suites": str(suite.pk), "assistant": assistant, "version": "present", "times": "1", **more}


def test_a_run_is_begun_and_shown_as_it_goes(editor, greetings):
    answer = editor.post(f"{PAGE}run/", wanted(greetings, against="drafts"))
    run = Run.objects.get()
    assert answer.url == f"{PAGE}{run.pk}/" and run.by.username == "edith" and run.suites == ["Greetings"]
    page = editor.get(answer.url).text
    assert "Under way" in page and "0 of 4 conversations" in page and "not run yet" in page
    work_on(run.pk)
    page = editor.get(answer.url).text
    assert "Too few to tell: only 2 of 2 scenarios came out differently" in page
    assert "drafts of hello" in page and "50.0 % (1 of 2)" in page
    assert "hello</a>: 1 of 1" in page  # the steps of its flow that were taken
    assert "Under way" not in editor.get(PAGE).text


def test_a_release_leads_to_a_run_beside_what_customers_get(editor, greetings):
    release = make(Assistant.objects.get(), by=User.objects.get())
    assert f'href="{PAGE}?release={release.pk}"' in editor.get(f"/staff/releases/{release.pk}/").text
    page = editor.get(f"{PAGE}?release={release.pk}").text
    assert '<option value="release" selected>' in page and '<option value="present" selected>' in page
    for other in ("99", "x", "٣"):
        assert '<option value="release" selected>' not in editor.get(f"{PAGE}?release={other}").text


def test_while_articles_are_being_indexed_it_says_so(editor, greetings):
    said = "Articles are being indexed. Until that is done, answers may rest on other passages"
    Job.objects.all().delete()
    Job.objects.create(kind=Job.Kind.UPKEEP)  # this moves no answer
    assert said not in editor.get(PAGE).text
    Job.objects.create(kind=Job.Kind.CALIBRATION)
    assert said in editor.get(PAGE).text


def test_a_release_is_run_beside_another_and_beside_the_settings(editor, greetings):
    ada = Assistant.objects.get()
    make(ada, by=None)
    publish(Flow.objects.get().pk, author=None)  # “Good evening!”
    make(ada, by=None)
    editor.post(
        f"{PAGE}run/",
        wanted(greetings, version="release", release="2", against="release", other_release="1"),
    )
    run = Run.objects.get()
    work_on(run.pk)
    page = editor.get(f"{PAGE}{run.pk}/").text
    assert "release 1" in page and "release 2" in page and "2 of 2 scenarios came out differently" in page
    refused = editor.post(
        f"{PAGE}run/", wanted(greetings, version="release", release="2", against="release", other_release="2")
    )
    assert "Both are the same" in refused.text
    Release.objects.filter(number=1).delete()
    refused = editor.post(f"{PAGE}run/", wanted(greetings, version="release", release="1"))
    assert refused.status_code == 422


def test_a_release_that_there_is_not_cannot_be_chosen(editor, greetings):
    refused = editor.post(f"{PAGE}run/", wanted(greetings, version="release"))
    assert "There is no release yet." in refused.text


def test_what_is_different_and_what_is_missed_can_be_looked_at_alone(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings))
    run = Run.objects.get()
    work_on(run.pk)
    rows = editor.get(f"{PAGE}{run.pk}/?which=missed").context["lines"]
    assert [row.name for row in rows] == ["Evening"]
    part = editor.get(f"{PAGE}{run.pk}/?which=all", headers={"HX-Request": "true"})
    assert "<html" not in part.text and len(part.context["lines"]) == 2


def test_a_scenario_is_read_word_by_word(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings))
    run = Run.objects.get()
    work_on(run.pk)
    page = editor.get(f"{PAGE}{run.pk}/scenario/1/").text
    assert "Good day!" in page and "Say hello" in page and "<b>Good evening</b>" in page
    assert 'data-met="no"' in page and "hello@1/say" in page and 'rel="prev"' in page
    assert editor.get(f"{PAGE}{run.pk}/scenario/9/").status_code == 404


def test_one_is_stopped_gone_on_with_and_begun_anew(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings))
    run = Run.objects.get()
    Worker(run).one()
    editor.post(f"{PAGE}{run.pk}/stop/")
    assert "1 of 2 conversations" in editor.get(f"{PAGE}{run.pk}/").text
    assert "It was over already" in editor.post(f"{PAGE}{run.pk}/stop/", follow=True).text
    editor.post(f"{PAGE}{run.pk}/go-on/")
    work_on(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert "All of it was run already" in editor.post(f"{PAGE}{run.pk}/go-on/", follow=True).text
    editor.post(f"{PAGE}{run.pk}/again/")
    new = Run.objects.first()
    assert (new.total, new.suites, new.pk != run.pk) == (2, ["Greetings"], True)
    assert new.cases.first().scenario is not None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"suites": []}, "Choose a suite."),
        ({"version": "model"}, "Name the model."),
        ({"against": "present"}, "Both are the same"),
        ({"version": "drafts", "against": "model", "other_model": ""}, "Name the model."),
    ],
)
def test_what_cannot_be_run_is_said_beside_it(editor, greetings, given, words):
    answer = editor.post(f"{PAGE}run/", {**wanted(greetings), **given})
    assert answer.status_code == 422 and words in answer.text and not Run.objects.exists()


def test_with_no_draft_there_is_nothing_to_try(editor, greetings):
    from flows.models import Flow, FlowVersion

    Flow.objects.update(draft=FlowVersion.objects.get().graph)
    answer = editor.post(f"{PAGE}run/", wanted(greetings, version="drafts"))
    assert answer.status_code == 422 and "there is nothing to try" in answer.text


def test_models_are_compared_by_name(editor, greetings):
    editor.post(
        f"{PAGE}run/", wanted(greetings, version="model", model="new", against="model", other_model="old")
    )
    assert Run.objects.get().sides == [{"kind": "model", "model": "old"}, {"kind": "model", "model": "new"}]


def test_a_run_is_compared_with_an_earlier_one(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings))
    first = Run.objects.get()
    nothing_yet = editor.post(f"{PAGE}run/", wanted(greetings, against="run"))
    assert nothing_yet.status_code == 422 and "no run yet that is over" in nothing_yet.text
    work_on(first.pk)
    editor.post(f"{PAGE}run/", wanted(greetings, against="run", run=str(first.pk)))
    second = Run.objects.first()
    assert second.sides[0] == {"kind": "run", "run": first.pk} and second.sides[1]["kind"] == "present"
    work_on(second.pk)
    assert "All 2 scenarios came out the same" in editor.get(f"{PAGE}{second.pk}/").text
    assert "Good day!" in editor.get(f"{PAGE}{second.pk}/scenario/0/").text


def test_scenarios_in_no_suite_can_be_run(editor, hello):
    take_in(from_yaml("name: Alone\nturns:\n  - customer: Say hello\n"), author=None)
    editor.post(f"{PAGE}run/", {**wanted(Suite(pk=0)), "suites": "rest"})
    assert Run.objects.get().total == 1


def test_suites_are_brought_in_and_handed_out(editor, hello):
    text = "suite: Mine\nscenarios:\n  - name: One\n    turns:\n      - customer: Hello\n"
    files = [SimpleUploadedFile("mine.yaml", text.encode()), SimpleUploadedFile("bad.yaml", b"suite: x\n")]
    answer = editor.post(f"{PAGE}suites/take-in/", {"files": files})
    assert answer.status_code == 422 and "bad.yaml: Line 1" in answer.text and "1 new" in answer.text
    suite = Suite.objects.get()
    handed = editor.get(f"{PAGE}suites/{suite.pk}.yaml")
    assert handed["Content-Disposition"] == 'attachment; filename="mine.yaml"'
    assert from_yaml(handed.text) == from_yaml(text)


def test_tests_of_rasa_are_brought_in(editor, hello):
    text = (
        "test_cases:\n- test_case: user greets\n  steps:\n  - user: hello there\n  - bot: Good day\n"
        "  - user: bye\n  - utter: utter_bye\n"
    )
    answer = editor.post(
        f"{PAGE}suites/take-in/", {"files": [SimpleUploadedFile("e2e_tests.yml", text.encode())]}, follow=True
    )
    assert "1 new" in answer.text
    one = Scenario.objects.get()
    assert one.suite.name == "e2e_tests" and one.script["turns"][0]["expects"] == {"says": ["Good day"]}


def test_a_suite_is_renamed_and_deleted_with_or_without_its_scenarios(editor, greetings):
    page = f"{PAGE}suites/{greetings.pk}/"
    assert "How it greets" in editor.get(page).text
    editor.post(page, {"name": "Hellos", "about": ""})
    assert Suite.objects.get().name == "Hellos"
    editor.post(f"{page}delete/")
    assert Scenario.objects.filter(suite=None).count() == 2 and not Suite.objects.exists()
    other, _taken = take_in(SuiteFile(suite="Others", scenarios=(scenario("Third"),)), author=None)
    editor.post(f"{PAGE}suites/{other.pk}/delete/", {"scenarios": "too"})
    assert Scenario.objects.count() == 2


def test_a_scenario_whose_run_is_over_may_be_deleted(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings))
    run = Run.objects.get()
    work_on(run.pk)
    Scenario.objects.all().delete()
    assert "Good day!" in editor.get(f"{PAGE}{run.pk}/scenario/0/").text
    assert asking.reopen(run.pk) is None


def test_agents_do_not_get_there(client, greetings):
    client.force_login(User.objects.create_user("ann", role=Role.AGENT))
    assert client.get(PAGE).status_code == 403


def test_the_next_scenario_is_the_next_of_those_that_are_looked_at(editor, hello):
    scripts = [
        scenario(),
        scenario("Evening", "Good evening"),
        scenario("Hi"),
        scenario("Night", "Good night"),
    ]
    suite, _taken = take_in(SuiteFile(suite="Greetings", scenarios=tuple(scripts)), author=None)
    editor.post(f"{PAGE}run/", wanted(suite))
    run = Run.objects.get()
    work_on(run.pk)
    first = run.cases.filter(passed=False).order_by("place").first()
    page = editor.get(f"{PAGE}{run.pk}/scenario/{first.place}/?which=missed")
    behind = run.cases.filter(passed=False, place__gt=first.place).get().place
    assert (page.context["before"], page.context["behind"]) == (None, behind)
    assert f'href="{PAGE}{run.pk}/scenario/{behind}/?which=missed"' in page.text
    assert f'href="{PAGE}{run.pk}/?which=missed#scenarios-title"' in page.text
    page = editor.get(f"{PAGE}{run.pk}/scenario/2/")
    assert (page.context["before"], page.context["behind"]) == (1, 3) and ">Previous" in page.text


def test_a_side_is_called_as_in_the_form(editor, greetings):
    editor.post(f"{PAGE}run/", wanted(greetings, against="settings"))
    page = editor.get(f"{PAGE}{Run.objects.get().pk}/").text
    assert ">What customers get</th>" in page and ">What stands in the settings</th>" in page
