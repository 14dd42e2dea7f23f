"""From the button in the admin to the next search, through a real Celery worker and the suite's broker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import Document
from knowledge.search import Query, search
from tests.conversations.processes import Child, Count, eventually, running
from tests.knowledge.articles import ada

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = ["manage.py", "worker", "--concurrency", "1"]
ADD = "/admin/knowledge/document/add/"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[None]:
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    # On a busy machine it may take its time, so the wait for it is our own.
    child = Child(WORKER, log=log, ready=lambda: True, CELERY_SKIP_CHECKS="1")
    with running(child):
        eventually(Count(log, " ready.").grown, within=PATIENCE, what=f"the worker: {log}")
        yield


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(ada())
    return client


def texts(question: str, language: str) -> list[str]:
    return [passage.text for passage in search(Query(question, language=language)).passages]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("language", "title", "question", "before", "after"),
    [
        (
            "en",
            "Opening hours",
            "When does the shop open on Saturday?",
            "The shop opens at nine on Saturday.",
            "On Saturday the shop is closed, but the workshop opens at noon.",
        ),
        (
            "fr",
            "Horaires",
            "À quelle heure ouvre la boutique le samedi ?",
            "La boutique ouvre à neuf heures le samedi.",
            "Le samedi, la boutique est fermée, mais l'atelier ouvre à midi.",
        ),
    ],
)
def test_what_is_published_in_the_admin_is_found_and_the_old_text_is_gone(
    editor: Client, language: str, title: str, question: str, before: str, after: str
) -> None:
    fields = {"title": title, "language": language, "audience": "everyone", "_publish": "1"}
    editor.post(ADD, fields | {"body": before})
    eventually(lambda: texts(question, language) == [before], within=PATIENCE, what="the first text")

    document = Document.objects.get()
    change = reverse("admin:knowledge_document_change", args=[document.pk])
    seen: list[list[str]] = []

    def new_text_is_found() -> bool:
        seen.append(texts(question, language))
        return seen[-1] == [after]

    editor.post(change, fields | {"body": after, "seen_revision": 1})
    eventually(new_text_is_found, within=PATIENCE, what="the new text")
    assert all(found in ([before], [after]) for found in seen), "never both, and never none"
    eventually(lambda: is_ready(document), within=PATIENCE, what="the index state that the editor sees")
    assert texts(question, language) == [after]


def is_ready(document: Document) -> bool:
    document.refresh_from_db()
    return document.index_state == Document.IndexState.READY
