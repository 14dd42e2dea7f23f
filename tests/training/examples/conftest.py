"""A shop with articles in two languages, customers whose questions were answered, and a reviewer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Role, User
from assistant.asking import ask
from assistant.models import Assistant
from conversations.answering import Pace, store
from conversations.leases import Claim
from conversations.models import Conversation, Customer, Message, Turn
from conversations.receiving import receive
from evaluation.corrections.correcting import Put, correct
from evaluation.models import Correction
from evaluation.reviews import reviewing
from tests.assistant.conftest import no_memory_of_failures, write_articles
from tests.remembering import remembered
from training.examples import making
from training.examples.asked import Asked
from training.examples.rows import Dataset, Form

__all__ = ["no_memory_of_failures"]

ENGLISH = (
    "How long does delivery in Europe take?", "When do I get my money back?", "Who pays for the postage?",
    "How do I send it back?", "How many days do I have to return what I bought?",
    "Does a courier ring at the door?", "When do parcels leave your warehouse?",
    "Where do I find the label for my parcel?", "How do you refund what I have paid?",
    "Can I bring the parcel to a post office?",
)  # fmt: skip
FRENCH = (
    "Combien de temps prend la livraison en Europe ?", "Quand les colis quittent-ils votre entrepôt ?",
    "Est-ce qu’un coursier sonne à la porte ?", "La livraison prend combien de jours ouvrés ?",
)  # fmt: skip
DECLINED = ("Do you sell used tractors?", "Which wine goes with oysters?")


@pytest.fixture(autouse=True)
def articles(transactional_db: None) -> None:
    remembered("articles", write_articles)


@pytest.fixture
def assistant(articles: None) -> Assistant:
    return Assistant.objects.create(
        name="Lucie", slug="lucie", company="Lumen", languages=["en", "fr"], is_default=True
    )


@pytest.fixture
def reviewer(articles: None) -> User:
    return User.objects.create_user("rita", first_name="Rita", last_name="Okafor", role=Role.EDITOR)


def begin(assistant: Assistant, *, name: str = "Carla Winter", language: str = "en") -> Conversation:
    customer = Customer.objects.create(name=name, language=language)
    return Conversation.objects.create(assistant=assistant, customer=customer, language=language)


def say(talk: Conversation, text: str, *, answered_to: str = "") -> Message:
    """A question and the reply of the assistant, stored as a responder does. `answered_to`: what it
    hears in its place."""
    question = receive(conversation_id=talk.pk, text=text, client_id=uuid4()).message
    answer = ask(talk.assistant, answered_to or text, language=talk.language).answer
    turn = Turn.objects.get(question=question)
    Turn.objects.filter(pk=turn.pk).update(state="running", attempt=1, worker="test")
    store(Claim(turn.pk, 1, talk.pk, "test"), answer=answer, pace=Pace(timezone.now(), timezone.now()))
    return Message.objects.get(turn=turn)


def right(answer: Message, reviewer: User) -> Message:
    reviewing.judge(reviewing.item_of(answer), reviewer=reviewer, verdict="right")
    return answer


def put_right(answer: Message, author: User, text: str, **facts: str) -> Correction:
    assert answer.turn
    said = {"outcome": "answered", "cause": "other", "verdict": "incorrect", **facts}
    question = said.pop("question", answer.turn.question.text)
    put = Put(question, text, (), language=answer.language, **said)
    return correct(answer, put, author=author)


@pytest.fixture
def reviewed(assistant: Assistant, reviewer: User) -> list[Message]:
    """Fourteen answers in two languages and two refusals, each in a conversation of its own."""
    answers = [say(begin(assistant), text) for text in (*ENGLISH, *DECLINED)]
    answers += [say(begin(assistant, language="fr"), text) for text in FRENCH]
    return [right(answer, reviewer) for answer in answers]


def made(assistant: Assistant, form: str = Form.CHAT, *, by: User | None = None, **asked: Any) -> Dataset:
    """As the workers make it."""
    dataset = making.ask("Autumn", form, assistant, Asked(**asked), by=by)
    making.make(dataset.pk)
    dataset.refresh_from_db()
    return dataset


def left_out(dataset: Dataset) -> dict[str, int]:
    return dict(dataset.figures["left_out"])
