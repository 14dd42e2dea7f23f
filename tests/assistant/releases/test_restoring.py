"""What a release holds becomes the settings again."""

from __future__ import annotations

import pytest

from assistant.models import Guidance, Welcome
from assistant.releases.contents import Contents, contents_of
from assistant.releases.making import make
from assistant.releases.restoring import bring_back
from flows.models import Flow, KeptDraft
from flows.publishing import archive, create_flow, publish, save_draft
from knowledge.models import Source
from tests.assistant.releases.conftest import hello, refusing, say_instead
from tests.assistant.talking import Talk

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_that_it_holds_is_as_it_was(assistant, greeting, editor):
    source = Source.objects.create(name="Shop")
    assistant.sources.add(source)
    kept, gone = refusing(assistant, "lawyers"), refusing(None, "taxes")
    release = make(assistant, by=editor)
    Guidance.objects.filter(pk=kept.pk).update(text="Changed", enabled=False)
    gone.delete()
    more = refusing(assistant, "cats")
    assistant.name, assistant.tone = "Max", "brisk"
    assistant.save()
    assistant.sources.clear()
    say_instead(greeting, "Good evening!")
    assert bring_back(release, by=editor) == []
    assistant.refresh_from_db()
    assert (assistant.name, assistant.tone) == ("Lucie", "") and list(assistant.sources.all()) == [source]
    on = Guidance.objects.for_assistant(assistant.pk)
    assert [(row.text, row.assistant_id) for row in on] == [
        ("Nothing about lawyers.", assistant.pk),
        ("Nothing about taxes.", None),
    ]
    assert not Guidance.objects.get(pk=more.pk).enabled
    assert Talk(assistant).say("Say hello") == "Good day!"
    now, then = contents_of(assistant), Contents.model_validate(release.contents)
    assert now.objective == then.objective and now.sources == then.sources


def test_a_flow_that_it_does_not_have_is_withdrawn_and_a_draft_that_makes_way_is_kept(
    assistant, greeting, editor
):
    release = make(assistant, by=editor)
    say_instead(greeting, "Good evening!")
    other = create_flow(hello("Bye").model_copy(update={"key": "bye"}), author=None)
    publish(other.pk, author=None)
    bring_back(release, by=editor)
    assert Flow.objects.get(key="bye").published is None
    assert KeptDraft.objects.get(flow=greeting).draft["nodes"][0]["text"] == {"en": "Good evening!"}


def test_what_is_gone_or_archived_is_told_and_the_rest_is_brought_back(assistant, greeting, editor):
    other = create_flow(hello("Bye").model_copy(update={"key": "bye"}), author=None)
    publish(other.pk, author=None)
    release = make(assistant, by=editor)
    other.delete()
    archive(greeting.pk)
    assistant.tone = "brisk"
    assistant.save()
    left = bring_back(release, by=editor)
    assert len(left) == 2 and "“bye” is gone" in left[0] and "archived" in left[1]
    assistant.refresh_from_db()
    assert assistant.tone == ""


def test_a_model_of_the_installation_stays_its_own(assistant, editor, settings, transactional_db):
    settings.OPENAI_BASE_URL, settings.ANSWER_MODEL = "http://127.0.0.1:9/v1", "usual"
    release = make(assistant, by=editor)
    assistant.answer_model = "another"
    assistant.save()
    bring_back(release, by=editor)
    assistant.refresh_from_db()
    assert assistant.answer_model == ""


def test_colour_and_greetings_are_as_they_were(assistant, editor, transactional_db):
    assistant.welcomes.all().delete()
    Welcome.objects.create(assistant=assistant, language="en", greeting="Good day!", suggestions="A\nB")
    assistant.accent = "#1F6F5C"
    assistant.save()
    release = make(assistant, by=editor)
    Welcome.objects.update(greeting="Hi!", suggestions="", people="Daily")
    Welcome.objects.create(assistant=assistant, language="fr", greeting="Bonjour")
    assistant.accent = "#aa3300"
    assistant.save()
    assert bring_back(release, by=editor) == []
    assistant.refresh_from_db()
    row = Welcome.objects.get()
    assert (row.greeting, row.suggestions, row.people) == ("Good day!", "A\nB", "Daily")
    assert assistant.accent == "#1f6f5c"
    assert contents_of(assistant).signature == release.signature


def test_a_greeting_with_which_something_would_be_lost_stays(assistant, editor, transactional_db):
    release = make(assistant, by=editor)
    Welcome.objects.filter(assistant=assistant, language="fr").delete()
    Welcome.objects.create(assistant=assistant, language="fr", greeting="Bonjour", people="En semaine")
    release.contents["greetings"] = []
    release.save()
    left = bring_back(release, by=editor)
    assert len(left) == 1 and "French stays" in left[0]
    assert Welcome.objects.get(assistant=assistant).greeting == "Bonjour"


def test_a_version_that_comes_back_keeps_its_number(assistant, greeting, editor):
    release = make(assistant, by=editor)
    say_instead(greeting, "Good evening!")
    for _time in range(2):
        bring_back(release, by=editor)
        greeting.refresh_from_db()
        assert greeting.published.number == 1 and greeting.versions.count() == 2
        assert contents_of(assistant).signature == release.signature
        save_draft(greeting.pk, hello("Good evening!"), author=None)
        publish(greeting.pk, author=None)
    assert greeting.versions.count() == 2
    save_draft(greeting.pk, hello("Good night!"), author=None)
    assert publish(greeting.pk, author=None).number == 3
