"""Every fault test has a product of its own, on the transactional test database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.models import Assistant
from tests.faults.stage import Stage


@pytest.fixture
def stage(transactional_db: None, tmp_path: Path) -> Callable[..., Stage]:
    Assistant.objects.create(name="Ada", slug="ada", languages=["en"], is_default=True)
    return lambda **wanted: Stage(tmp_path, **wanted)
