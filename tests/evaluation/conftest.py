"""A shop's assistant, and customers whose questions came to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from evaluation.models import Gap
from tests.assistant.conftest import write_articles
from tests.conversations.transcripts import send_through
from tests.evaluation.correcting import DOG
from tests.mailserver import MailServer, mail_server
from tests.remembering import remembered

Ask = Callable[..., Message]


@pytest.fixture
def ada(db: None) -> Assistant:
    return Assistant.objects.create(name="Ada", slug="ada", languages=["en", "fr"], is_default=True)


@pytest.fixture
def articles(transactional_db: None) -> None:
    """Two articles and a measured floor: what all questions share is known."""
    remembered("articles", write_articles)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("edith", first_name="Edith", role="editor")


@pytest.fixture
def browser(editor: User, client: Client) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    """A mail server that the product sends through."""
    with mail_server() as running:
        send_through(settings, running)
        yield running


@pytest.fixture
def ask(ada: Assistant) -> Ask:
    """A question and the assistant's answer, which by itself declines; gives the answer."""

    def asked(text: str, *, outcome: str = "declined", days_ago: int = 0, **facts: Any) -> Message:
        customer = Customer.objects.create(name=facts.get("name", "Carla Winter"))
        language = facts.get("language", "en")
        begun = Conversation.objects.create(assistant=ada, customer=customer, language=language)
        with record(begun.pk) as writing:
            if before := facts.get("before"):
                writing.post(kind=Message.Kind.ASSISTANT, text="Which one?", outcome=before)
            question = writing.post(kind=Message.Kind.CUSTOMER, text=text)
            turn = Turn.objects.create(conversation=begun, question=question, state="done")
            answer = writing.post(
                kind=Message.Kind.ASSISTANT, text="Sorry.", turn=turn, outcome=outcome, language=language
            )
        route = {"query": facts.get("query", text), "reasons": facts.get("reasons", ["below_floor"])}
        Trace.objects.create(message=answer, route=route)
        when = timezone.now() - timedelta(days=days_ago)
        Message.objects.filter(conversation=begun).update(created_at=when)
        answer.refresh_from_db()
        return answer

    return asked


def gap_of(answer: Message) -> Gap:
    assert answer.turn is not None
    return answer.turn.question.gap.gap


@pytest.fixture
def wrong(articles: None, ask: Ask) -> Message:
    """An answer that found nothing where staff know one."""
    return ask(DOG)
