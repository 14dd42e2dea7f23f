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


# Seen to pass in seconds on a busy machine too; the others run in `make faults` until they are as steady.
STEADY = (
    *("test_b1_", "test_b2_", "test_b3_", "test_b10_", "test_b12_", "test_b17_", "test_more_questions"),
    "test_a_few_questions",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent and not item.name.startswith(STEADY):
            item.add_marker(pytest.mark.slow)
