"""A few named people, and the running product they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client as Browser

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Turn
from tests.conversations import processes


@pytest.fixture
def assistant(db: None) -> Assistant:
    return Assistant.objects.create(name="Ada", slug="ada", languages=["en", "fr"], is_default=True)


@pytest.fixture
def conversation(assistant: Assistant) -> Conversation:
    """Carla's, with nothing said yet."""
    carla = Customer.objects.create(name="Carla")
    return Conversation.objects.create(assistant=assistant, customer=carla)


@pytest.fixture
def marie(db: None) -> User:
    return User.objects.create_user("marie", first_name="Marie", password="correct horse battery")


@pytest.fixture
def session(marie: User) -> str:
    """The key of the session with which Marie is signed in."""
    browser = Browser()
    browser.force_login(marie)
    return str(browser.cookies["sessionid"].value)


@pytest.fixture(scope="module")
def running_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("running")


@pytest.fixture(scope="module")
def running_product(django_db_setup: None, django_db_blocker: object, running_folder: Path) -> Iterator[int]:
    """Web process and responder of a module; its port. Tests that harm processes start their own.

    Ended with the module: it would answer what other modules, on the same database, ask of another one.
    """
    web, responder = processes.web(running_folder), processes.responder(running_folder)
    with processes.running(web, responder):
        processes.running_responders.append(responder)
        yield web.port  # type: ignore[attr-defined]
        processes.running_responders.clear()


@pytest.fixture
def nobody_answers(transactional_db: None) -> Iterator[None]:
    """The running responder, if there is one, does not take this test's turns; nor what is left of them while
    the tables are emptied afterwards."""
    with processes.responders_paused():
        yield
        Turn.objects.filter(state__in=Turn.LIVE).update(state=Turn.State.CANCELLED)


@pytest.fixture
def port(running_product: int, transactional_db: None, assistant: Assistant) -> int:
    """Where the running product answers; an assistant is there, nothing else."""
    return running_product
