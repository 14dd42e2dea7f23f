"""Meaning as vectors: passages in the background, questions while somebody waits.

All vectors have length 1 and `EMBEDDING_DIMENSIONS` numbers. Every failure is a `ModelError`; a search goes
on with words alone then.
"""

import asyncio
import time
from asyncio import AbstractEventLoop
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from . import query_cache
from .attempts import ATTEMPTS, delay_before_retry
from .breaker import breaker
from .clients import async_client, sync_client, timeout
from .embedding_model import EmbeddingModel, Kind, configured_model, embedding_model
from .errors import ModelError, provider_errors
from .vectors import batches, read_vectors

QUERY_BUDGET = 10.0  # seconds for a question, waiting for its turn and one retry included
PASSAGE_READ = 60.0  # seconds for one batch of passages
PASSAGE_PATIENCE = 30.0  # seconds to wait when the provider asks for it

_turns: WeakKeyDictionary[AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def embedding_identity() -> str:
    """Provider, model and dimension in one string: vectors of different identities cannot be compared."""
    return configured_model().identity


def embed_passages(texts: Sequence[str], model: EmbeddingModel | None = None) -> list[list[float]]:
    """One vector for each text, in order. Slow: 100–300 ms of CPU a passage with the embedded model."""
    model = model or embedding_model()
    return [
        vector
        for batch in batches(texts, model.batch)
        for vector in _embed(model, batch, "passage", patience=PASSAGE_PATIENCE)
    ]


def embed_query(text: str, model: EmbeddingModel | None = None) -> list[float]:
    """The vector of a question, by the configured model or by the one that made what it is compared with."""
    model = model or embedding_model()
    known = query_cache.recall(model.identity, [text])
    if text not in known:
        known = {text: _embed(model, [text], "query", patience=QUERY_BUDGET)[0]}
        query_cache.remember(model.identity, known)
    return known[text]


async def aembed_queries(texts: Sequence[str], model: EmbeddingModel | None = None) -> list[list[float]]:
    """One vector for each text, in order, all that are new in one request."""
    model = model or embedding_model()
    # The cache's client is synchronous, and must not stop the other replies.
    known = await asyncio.to_thread(query_cache.recall, model.identity, texts)
    new = list(dict.fromkeys(text for text in texts if text not in known))
    if new:
        made = dict(zip(new, await _aembed(model, new), strict=True))
        await asyncio.to_thread(query_cache.remember, model.identity, made)
        known |= made
    return [known[text] for text in texts]


def _embed(model: EmbeddingModel, texts: list[str], kind: Kind, *, patience: float) -> list[list[float]]:
    until = time.monotonic() + patience
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with breaker.asking((model.address(kind), model.name)):
                return _request(model, texts, kind)
        except ModelError as error:
            time.sleep(_after_failure(error, attempt, until - time.monotonic()))
    raise AssertionError("the last attempt raises")


def _request(model: EmbeddingModel, texts: list[str], kind: Kind) -> list[list[float]]:
    read = QUERY_BUDGET if kind == "query" else PASSAGE_READ
    with provider_errors():
        embeddings = sync_client(model.address(kind), model.api_key, read).embeddings
        answer = embeddings.with_raw_response.create(**model.request(texts, kind))
    return read_vectors(answer.content, count=len(texts), dimensions=model.dimensions)


async def _aembed(model: EmbeddingModel, texts: list[str]) -> list[list[float]]:
    clock = asyncio.get_running_loop().time
    until = clock() + QUERY_BUDGET
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with breaker.asking((model.address("query"), model.name)):
                return await _arequest(model, texts, until)
        except ModelError as error:
            await asyncio.sleep(_after_failure(error, attempt, until - clock()))
    raise AssertionError("the last attempt raises")


async def _arequest(model: EmbeddingModel, texts: list[str], until: float) -> list[list[float]]:
    with provider_errors():
        async with asyncio.timeout_at(until), _turn(model):
            embeddings = async_client(model.base_url, model.api_key).embeddings
            answer = await embeddings.with_raw_response.create(
                **model.request(texts, "query"), timeout=timeout(QUERY_BUDGET)
            )
    return read_vectors(answer.content, count=len(texts), dimensions=model.dimensions)


def _turn(model: EmbeddingModel) -> asyncio.Semaphore:
    """A crowd of questions waits here, in order, and not in the server's short queue of connections."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(model.concurrency))


def _after_failure(error: ModelError, attempt: int, left: float) -> float:
    """Seconds to wait before the next attempt; raises `error` when there is none."""
    delay = delay_before_retry(error, attempt=attempt, left=left)
    if delay is None:
        raise error
    return delay
