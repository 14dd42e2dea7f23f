from __future__ import annotations

import pytest

from tests.knowledge.articles import ada


@pytest.fixture
def editor(client):
    client.force_login(ada())
    return client
