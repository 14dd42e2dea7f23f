"""B11, the whole road: whatever the provider does, the customer gets an answer or a retryable failure, soon.

What each fault becomes inside `llm/` is the table of tests/llm/test_every_fault_has_an_outcome.py.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Assistant
from conversations.models import Message, Turn
from tests.conversations import processes
from tests.conversations.client import Client
from tests.conversations.processes import Child, Count
from tests.faults.history import check
from tests.knowledge.articles import DELIVERY, RETURNS, publish, run_waiting_jobs
from tests.modelserver.control import ModelServer
from tests.remembering import remembered

QUESTION = "How long does delivery in Europe take?"
ANSWER = "[ANSWER] Delivery in Europe takes three to five working days [1]."
FAST = {"MODEL_FIRST_TOKEN_SECONDS": "1.5", "MODEL_SILENCE_SECONDS": "1.5"}
LONGEST = 20.0  # seconds until something has come of it, with those limits

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"fault": "status", "status": 429, "retry_after": 0.2},
    "500": {"fault": "status", "status": 500},
    "cut before the headers": {"fault": "cut", "after": -1},
    "cut before the first token": {"fault": "cut", "after": 0},
    "cut in the middle": {"text": ANSWER, "fault": "cut", "after": 9},
    "stall": {"text": ANSWER, "fault": "stall", "after": 6},
    "hang": {"fault": "hang"},
    "split characters": {"text": ANSWER, "fault": "split_utf8"},
    "no [DONE]": {"text": ANSWER, "fault": "no_done"},
    "an HTML page": {"fault": "content_type"},
    "empty choices": {"text": ANSWER, "fault": "empty_choices"},
    "not JSON": {"text": ANSWER, "fault": "bad_json", "after": 5},
    "a line of one megabyte": {"text": ANSWER, "fault": "long_line", "after": 5},
    "cut for length": {"text": ANSWER, "finish": "length"},
    "content filter": {"text": ANSWER, "finish": "content_filter"},
}
IN_EVERY_RUN = {"500", "cut in the middle", "hang"}


@pytest.fixture
def product(
    transactional_db: None, tmp_path: Path, model_server_process: ModelServer
) -> Iterator[tuple[int, ModelServer]]:
    """Web process, and a responder with the real reply, whose only model is the scripted one."""
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], is_default=True)
    remembered("two articles", _write_articles)
    model = {"OPENAI_BASE_URL": model_server_process.url, "OPENAI_API_KEY": "scripted"}
    web = processes.web(tmp_path)
    with processes.running(web, real_responder(tmp_path, ANSWER_MODEL="scripted", **model)):
        yield web.port, model_server_process


def _write_articles() -> None:
    publish("Returns", RETURNS, external_id="returns", language="en")
    publish("Delivery", DELIVERY, external_id="delivery", language="en")
    run_waiting_jobs(calibrate=True)


def real_responder(folder: Path, **environment: str) -> Child:
    log = folder / "responder.log"
    started = Count(log, "answers up to")
    embeddings = {"EMBEDDING_BASE_URL": os.environ["EMBEDDING_BASE_URL"]}
    return Child(
        ["manage.py", "responder"], log=log, ready=started.grown, **(FAST | embeddings | environment)
    )


async def ask(port: int) -> Client:
    async with Client(port) as client:
        await client.connect()
        await client.ask(QUESTION)
        await client.until(lambda: bool(client.failed or client.events("turn.completed")), within=LONGEST)
    return client


def test_a_model_answers_the_customer_with_its_source(product: tuple[int, ModelServer]) -> None:
    port, model = product
    model.script({"text": ANSWER})
    client = asyncio.run(ask(port))
    assert client.said("assistant") == [ANSWER.removeprefix("[ANSWER] ").replace(" [1].", ". [1]")]
    assert [c.external_id for c in Message.objects.get(kind="assistant").citations.all()] == ["delivery"]


@pytest.mark.parametrize(
    "name", [n if n in IN_EVERY_RUN else pytest.param(n, marks=pytest.mark.slow) for n in FAULTS]
)
def test_b11_every_fault_ends_in_an_answer_or_a_retryable_failure(
    product: tuple[int, ModelServer], name: str, tmp_path: Path
) -> None:
    port, model = product
    model.script(FAULTS[name])
    client = asyncio.run(ask(port))
    if client.failed:
        assert client.failed["retryable"]
        assert client.failed["code"] in {"model_unavailable", "timeout", "interrupted"}, tmp_path
    else:
        assert client.said("assistant")[0]
    assert len(model.requests()) <= 2
    assert Turn.objects.get().state in Turn.ENDED
    assert check([client], verbatim=False) == []
