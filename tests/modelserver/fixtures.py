"""Fixtures for `tests/conftest.py`: `model_server`, and `scripted_model`, to which the settings point."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from .control import ModelServer
from .running import running_as_process, running_in_thread


@pytest.fixture(scope="session")
def _model_server_thread() -> Iterator[ModelServer]:
    with running_in_thread() as server:
        yield server


@pytest.fixture(scope="session")
def _model_server_process() -> Iterator[ModelServer]:
    with running_as_process() as server:
        yield server


@pytest.fixture
def model_server(_model_server_thread: ModelServer) -> ModelServer:
    """Runs in a thread of this process; script and requests are empty."""
    _model_server_thread.reset()
    return _model_server_thread


@pytest.fixture
def model_server_process(_model_server_process: ModelServer) -> ModelServer:
    """Runs as a process of its own, for load and for tests of several processes."""
    _model_server_process.reset()
    return _model_server_process


@pytest.fixture
def scripted_model(model_server: ModelServer, settings: Settings) -> ModelServer:
    """The scripted server as the only model of this installation, chat and embeddings."""
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    settings.FALLBACK_MODEL = ""
    settings.EMBEDDING_BASE_URL, settings.EMBEDDING_API_KEY = model_server.url, ""
    settings.EMBEDDING_MODEL, settings.EMBEDDING_DIMENSIONS = "scripted-embedding", 384
    return model_server
