from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from django.core.cache import cache
from pytest_django.fixtures import Settings

from llm import dialects, reranking
from llm.breaker import breaker
from llm.choosing import ChatModel
from llm.clients import close_clients
from tests.modelserver.control import ModelServer


@pytest.fixture(autouse=True)
def nothing_learned_before() -> Iterator[None]:
    """What a process learns about its providers must not reach the next test."""
    breaker.reset()
    dialects.forget()
    reranking.forget()
    cache.clear()
    yield


@pytest_asyncio.fixture(autouse=True)
async def connections_closed() -> AsyncIterator[None]:
    yield
    await close_clients()


@pytest.fixture
def impatient(settings: Settings) -> None:
    """Faults that are only noticed by waiting are noticed at once."""
    settings.MODEL_FIRST_TOKEN_SECONDS = settings.MODEL_SILENCE_SECONDS = 0.8


@pytest.fixture
def model(model_server: ModelServer) -> ChatModel:
    return ChatModel("scripted", model_server.url, "scripted-key")
