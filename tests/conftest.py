"""Fixtures that every test may use; the private services are started by `tests.services_plugin`."""

from collections.abc import Iterator

import pytest
from django.utils import translation

pytest_plugins = ["tests.services_plugin", "tests.modelserver.fixtures"]


@pytest.fixture(autouse=True)
def nobody_speaks_french_any_more() -> Iterator[None]:
    """A page that a test asks for in French leaves its thread in French, as it does in Django itself."""
    yield
    translation.deactivate()
