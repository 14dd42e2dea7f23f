"""A provider that is scripted, datasets that are ready, and an administrator."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Role, User
from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.making import chat_dataset, pair_dataset
from training.models import Dataset


@pytest.fixture
def provider(model_server: ModelServer, settings: Settings) -> ModelServer:
    """The scripted server as the only provider of this installation."""
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.FINE_TUNING_BASE_URL = settings.FINE_TUNING_API_KEY = ""
    settings.FINE_TUNING_EXTRA, settings.FINE_TUNING_PRICES = {}, {"scripted": 25.0}
    settings.FINE_TUNING_WEBHOOK_SECRET = ""
    return model_server


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_user("boss", role=Role.ADMIN)
    client.force_login(boss)
    return boss


@pytest.fixture
def dataset() -> Dataset:
    return chat_dataset()


@pytest.fixture
def pairs() -> Dataset:
    return pair_dataset()
