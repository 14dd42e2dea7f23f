"""The floor: what is not in the knowledge is not answered from it."""

from __future__ import annotations

import pytest

from knowledge import jobs, publishing, working
from knowledge.calibration import LANGUAGES, own_titles, stock_questions
from knowledge.floors import floor_for, floor_of
from knowledge.models import Calibration, ChunkVector, EmbeddingSpace, Job, Source
from knowledge.search import Query, search
from tests.knowledge.articles import DELIVERY, RETURNS, calibrated, indexed, publish, run_waiting_jobs

pytestmark = pytest.mark.django_db


def test_each_language_has_the_same_stock_questions():
    lists = [stock_questions(language) for language in LANGUAGES]
    assert {len(questions) for questions in lists} == {60}
    assert all(len(set(questions)) == 60 for questions in lists)


def test_a_question_about_the_shop_is_above_the_floor_and_one_about_the_world_below():
    indexed("Delivery", DELIVERY)
    calibrated(indexed("Returns", RETURNS))
    assert search(Query("How do I send something back?", language="en")).above_floor
    assert search(Query("Comment renvoyer un article ?", language="fr")).above_floor
    assert not search(Query("Who won the elections in Brazil?", language="en")).above_floor
    assert not search(Query("Qui a inventé le téléphone ?", language="fr")).above_floor


def test_indexing_measures_the_floor_for_each_language():
    document = publish()
    run_waiting_jobs(calibrate=True)
    rows = Calibration.objects.filter(source=document.source)
    assert {row.language for row in rows} == set(LANGUAGES)
    assert all(len(row.scores) == len(row.word_scores) == 60 for row in rows)


def test_measuring_again_replaces_what_was_measured():
    document = indexed()
    calibrated(document)
    calibrated(document)
    assert Calibration.objects.filter(source=document.source).count() == len(LANGUAGES)


def test_before_anything_was_measured_only_the_words_of_the_question_are_an_answer():
    indexed("Delivery", DELIVERY)
    indexed("Returns", RETURNS)
    assert not search(Query("Who won the elections in Brazil?", language="en")).above_floor
    assert not search(Query("How tall is the Eiffel tower?", language="en")).above_floor
    found = search(Query("How long does delivery in Europe take?", language="en"))
    assert found.above_floor and found.best.title == "Delivery"
    assert found.degraded == "not_measured"


def test_a_new_source_beside_a_measured_one_answers_by_words_until_it_is_measured():
    calibrated(indexed("Delivery", DELIVERY))
    new = Source.objects.create(name="News", kind="imported")
    body = "Parcels are handed over by a courier who rings twice. The weather stays dry."
    indexed("Couriers", body, source=new)
    assert not search(Query("Will it rain tomorrow in Paris?", language="en")).above_floor
    found = search(Query("Does the courier ring twice?", language="en"))
    assert found.above_floor and found.best.source_id == new.pk
    assert search(Query("How long does delivery in Europe take?", language="en")).best.title == "Delivery"


def test_a_source_that_lost_its_passages_has_no_floor_any_more():
    document = indexed()
    publishing.unpublish(document)
    calibrated(document)
    assert not Calibration.objects.exists()


def test_several_sources_have_the_highest_floor_of_each_question():
    assert floor_of([[0.1, 0.5, 0.2], [0.3, 0.1, 0.2]]) == floor_of([[0.3, 0.5, 0.2]])


def test_what_the_own_titles_reach_lifts_the_floor_where_it_is_far_above():
    usual = [0.2 + number / 1000 for number in range(60)]
    low, spread = floor_of([usual])
    assert floor_of([usual], own=0.25) == (low, spread)
    assert floor_of([usual], own=0.9)[0] > low


def test_own_titles_are_those_of_the_language():
    source = (first := indexed("Returns", RETURNS)).source_id
    indexed("Renvoyer un article", RETURNS, language="fr")
    assert own_titles(source, "en") == ["Returns"]
    calibrated(first)
    own = dict(Calibration.objects.values_list("language", "own_score"))
    assert own["en"] > floor_for(None, "en", EmbeddingSpace.objects.get(live=True)).value
    assert own["fr"] is not None


def test_a_few_questions_that_are_on_topic_after_all_do_not_lift_the_floor():
    usual = [0.2 + number / 1000 for number in range(58)]
    floor, _ = floor_of([[*usual, 0.9, 0.9]])
    assert floor < 0.3


def test_a_language_without_stock_questions_takes_the_lowest_floor():
    document = indexed()
    calibrated(document)
    space = EmbeddingSpace.objects.get(live=True)
    sources = frozenset({document.source_id})
    floors = [floor_for(sources, language, space).value for language in LANGUAGES]
    assert floor_for(sources, "de", space).value == min(floors)


def test_a_source_is_measured_while_its_import_is_still_under_way():
    items = [f"## Part {n}\n\n{DELIVERY} {n}" for n in range(6)]
    source = indexed("Long", "\n\n".join(items)).source
    ChunkVector.objects.filter(chunk__ordinal__gt=2).delete()
    jobs.request("source", source=source)
    working.run_job(Job.objects.get(kind="source").pk, seconds=0)
    assert Job.objects.filter(kind="source", state="queued").exists()
    assert Job.objects.filter(kind="calibration", source=source, state="queued").exists()
