"""The sample company's flows, learned once; whoever looks after flows."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.routing import asking
from tests.assistant.conftest import articles, assistant, flows, no_memory_of_failures

__all__ = ["articles", "assistant", "flows", "no_memory_of_failures"]


@pytest.fixture(autouse=True)
def nothing_believed() -> None:
    """What a process has read a moment ago is another test's."""
    asking.read_anew()


@pytest.fixture
def editor(client: Client) -> User:
    editor = User.objects.create_user("erin", role=Role.EDITOR)
    client.force_login(editor)
    return editor
