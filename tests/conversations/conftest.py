"""A few named people, and the running product they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Turn
from conversations.posting import record
from tests.conversations import processes
from tests.conversations.transcripts import NOON, cite, send_through
from tests.mailserver import MailServer, mail_server


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


@pytest.fixture(scope="package")
def running_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("running")


@pytest.fixture(scope="package")
def running_product(django_db_setup: None, django_db_blocker: object, running_folder: Path) -> Iterator[int]:
    """Web process and responder of the package; its port. Tests that harm processes start their own.

    Ended with the package: it would answer what others, on the same database, ask of another one.
    """
    web, responder = processes.web(running_folder), processes.responder(running_folder)
    with processes.shared(web, responder):
        yield web.port


@pytest.fixture(autouse=True)
def _only_where_wanted(request: pytest.FixtureRequest) -> Iterator[None]:
    with processes.paused_unless_wanted("running_product", request):
        yield


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


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    """A mail server that the product sends through."""
    with mail_server() as running:
        send_through(settings, running)
        yield running


@pytest.fixture
def talk(conversation: Conversation, marie: User) -> Conversation:
    """A question, an answer that was replaced, its successor with two sources, a note, a line, and Marie."""
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="May I send <b>it</b> back?\nhttps://evil.example")
        writing.post(
            kind=Message.Kind.ASSISTANT, text="No idea.", outcome="declined", data={"replaced": True}
        )
        answer = writing.post(
            kind=Message.Kind.ASSISTANT, outcome="answered", language="en",
            text="Within **thirty days** [1]:\n\n1. Pack it\n2. Send it [3]\n\n![x](https://evil.example/x.png)",
        )  # fmt: skip
        writing.post(kind=Message.Kind.NOTE, text="note-among-staff", author=marie)
        writing.post_event("joined", author=marie, name="marie")
        writing.post(kind=Message.Kind.PERSON, text="I have *sent* you a label.", author=marie)
    cite(answer, 1, "Returns", "/help/en/1-returns/#how", heading="How to send it back")
    cite(answer, 3, "Parcels", "https://post.example/parcels")
    Message.objects.filter(conversation=conversation).update(created_at=NOON)
    conversation.refresh_from_db()
    return conversation
