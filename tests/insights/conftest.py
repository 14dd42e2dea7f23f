"""A shop's assistant and somebody of its staff."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from assistant.models import Assistant


@pytest.fixture
def luce(db: None) -> Assistant:
    return Assistant.objects.create(name="Luce", slug="luce", languages=["en", "fr"], is_default=True)


@pytest.fixture
def marie(db: None) -> User:
    return User.objects.create_user("marie", first_name="Marie", role="admin")


@pytest.fixture
def browser(marie: User) -> Client:
    client = Client()
    client.force_login(marie)
    return client
