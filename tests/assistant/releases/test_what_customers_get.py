"""What a release holds is what is answered, whatever is edited since."""

from __future__ import annotations

import pytest

from assistant.models import Guidance
from assistant.releases import serving
from assistant.releases.as_served import as_released, as_served, lot
from assistant.releases.contents import Contents, contents_of
from assistant.releases.making import ReleaseError, make
from flows.publishing import archive, withdraw
from knowledge.models import Source
from llm.choosing import answering_models
from tests.assistant.releases.conftest import refusing, say_instead
from tests.assistant.talking import Talk

pytestmark = pytest.mark.django_db(transaction=True)


def said(assistant, words="Say hello", conversation=""):
    return Talk(as_served(assistant, conversation)).say(words)


def test_without_a_release_customers_get_what_stands_in_the_settings(assistant, greeting):
    assert as_served(assistant, "any") is assistant
    say_instead(greeting, "Good evening!")
    assert said(assistant) == "Good evening!"


def test_a_flow_that_is_published_later_waits_for_the_next_release(assistant, greeting, editor):
    serving.publish(make(assistant, by=editor), by=editor)
    say_instead(greeting, "Good evening!")
    assert said(assistant) == "Good day!"
    serving.publish(make(assistant, by=editor), by=editor)
    assert said(assistant) == "Good evening!"
    serving.roll_back(assistant, by=editor)
    assert said(assistant) == "Good day!"


def test_a_flow_is_walked_to_its_end_in_the_version_that_it_was_begun_in(assistant, greeting, editor):
    first = make(assistant, by=editor)
    say_instead(greeting, "Good evening!")
    second = make(assistant, by=editor)
    assert Contents.model_validate(first.contents).flows == {"hello": 1}
    assert Contents.model_validate(second.contents).flows == {"hello": 2}


def test_a_withdrawn_flow_is_still_in_the_release_and_an_archived_one_is_not(assistant, greeting, editor):
    serving.publish(make(assistant, by=editor), by=editor)
    withdraw(greeting.pk)
    assert said(assistant) == "Good day!"
    archive(greeting.pk)
    assert "Good day" not in said(assistant)


def test_guidance_is_that_of_the_release(assistant, articles, editor):
    kept = refusing(assistant, "delivery")
    serving.publish(make(assistant, by=editor), by=editor)
    Guidance.objects.filter(pk=kept.pk).update(enabled=False)
    refusing(None, "returns")
    assert "We do not talk about delivery." in said(assistant, "How long does delivery take?")
    assert "do not talk" not in said(assistant, "How are returns dealt with?")
    serving.serve_settings(assistant, by=editor)
    assert "We do not talk about returns." in said(assistant, "How are returns dealt with?")
    assert "do not talk" not in said(assistant, "How long does delivery take?")


def test_the_objective_the_models_and_the_sources_are_those_of_the_release(
    assistant, articles, editor, settings
):
    settings.OPENAI_BASE_URL, settings.ANSWER_MODEL = "http://127.0.0.1:9/v1", "of-the-installation"
    assistant.sources.set(Source.objects.all()[:1])
    serving.publish(make(assistant, by=editor), by=editor)
    assistant.name, assistant.tone, assistant.redact_prompts = "Max", "brisk", True
    assistant.save()
    assistant.sources.clear()
    settings.ANSWER_MODEL = "a-newer-one"
    served = as_served(assistant)
    assert (served.name, served.tone, served.redact_prompts) == ("Lucie", "", False)
    assert served.released.sources == frozenset(Source.objects.values_list("pk", flat=True)[:1])
    assert [one.name for one in answering_models({"answer": served.answer_model})] == ["of-the-installation"]
    assistant.refresh_from_db()
    assert (assistant.name, assistant.answer_model) == ("Max", "")  # nothing of it is saved


def test_a_release_may_have_another_model_than_the_settings(assistant, editor, settings, transactional_db):
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    release = make(assistant, by=editor, models={"answer": "candidate"})
    assert as_released(assistant, release.pk).answer_model == "candidate" and assistant.answer_model == ""


def test_articles_are_not_held_by_a_release_and_it_says_which_there_were(assistant, articles, editor):
    first = make(assistant, by=editor)
    assert first.knowledge["articles"] == 3
    from tests.knowledge.articles import publish, run_waiting_jobs

    publish("Gift cards", "Gift cards are valid for three years.", external_id="gifts", language="en")
    run_waiting_jobs()
    serving.publish(first, by=editor)
    assert "three years" in said(assistant, "How long are gift cards valid?")


def test_what_is_just_the_same_is_no_new_release(assistant, greeting, editor):
    make(assistant, by=editor)
    with pytest.raises(ReleaseError, match="release 1"):
        make(assistant, by=editor)
    assert contents_of(assistant).signature == assistant.releases.get().signature


def test_line_ends_that_a_browser_sends_are_no_difference(assistant, editor, transactional_db):
    assistant.tasks = "Orders\nReturns"
    assistant.save()
    make(assistant, by=editor)
    assistant.tasks = "Orders\r\nReturns"
    assistant.save()
    with pytest.raises(ReleaseError, match="release 1"):
        make(assistant, by=editor)


def test_a_share_of_conversations_gets_the_trial_and_stays_there_when_it_grows(assistant, greeting, editor):
    serving.publish(make(assistant, by=editor), by=editor)
    say_instead(greeting, "Good evening!")
    second = make(assistant, by=editor)
    names = [f"conversation-{number}" for number in range(400)]

    def who_gets(release):
        return {name for name in names if as_served(assistant, name).released.pk == release.pk}

    serving.try_out(second, 20, by=editor)
    few = who_gets(second)
    assert 40 < len(few) < 120 and few == {name for name in names if lot(name, second.pk) < 20}
    assert said(assistant, conversation=next(iter(few))) == "Good evening!"
    assert as_served(assistant).released.number == 1  # whoever has no conversation gets what most do
    serving.try_out(second, 60, by=editor)
    assert few < who_gets(second)
    serving.end_trial(assistant, by=editor)
    assert who_gets(second) == set()
