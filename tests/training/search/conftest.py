"""A shop with a dozen articles, and saved questions about them and about nothing that stands there."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from evaluation.models import Scenario
from evaluation.scenarios import keep
from evaluation.scripted import Expected, Script, Turn
from knowledge.models import EmbeddingSpace
from tests.assistant.conftest import assistant, no_memory_of_failures
from tests.knowledge.articles import publish, run_waiting_jobs
from tests.remembering import remembered

__all__ = ["assistant", "no_memory_of_failures"]

ARTICLES = {
    "returns": (
        "Returning a lamp",
        "Print the label from your account and take it to a post office.",
    ),
    "delivery": ("Delivery times", "Delivery in Europe takes three to five working days."),
    "payment": ("Ways to pay", "We take cards, bank transfer and PayPal. Cheques are not accepted."),
    "invoice": ("Where is my invoice?", "The invoice comes by e-mail, and stands in your account."),
    "warranty": ("Warranty", "Every lamp has a warranty of two years from the day of the purchase."),
    "bulbs": ("Which bulbs fit", "All lamps take bulbs with an E27 thread, up to sixty watts."),
    "cleaning": ("Cleaning a lampshade", "Wipe the shade with a dry cloth. Water leaves stains on linen."),
    "account": ("Forgotten password", "Ask for a link on the page where you sign in, and choose a new one."),
    "gift": ("Gift cards", "A gift card is valid for three years and can be used in parts."),
    "address": ("Change the address of an order", "Until the parcel is packed you can change the address."),
}
ASKED = {
    "returns": (
        "How do I send a lamp back?",
        "Where do I print the return label?",
        "I want to return it",
    ),
    "delivery": ("How long does delivery take?", "When will my parcel arrive?", "Delivery time to Spain?"),
    "payment": ("Can I pay with PayPal?", "Do you take cheques?", "Which cards do you accept?"),
    "invoice": ("I need an invoice", "Where do I find my bill?", "Can you send the invoice again?"),
    "warranty": ("How long is the warranty?", "My lamp broke after a year", "Is there a guarantee on lamps?"),
    "bulbs": ("Which bulb fits my lamp?", "Can I use a bulb of 100 watts?", "Is the thread E27?"),
    "cleaning": ("How do I clean the shade?", "Stain on my lampshade", "May I wash linen shades?"),
    "account": ("I forgot my password", "How can I sign in again?", "Reset my password please"),
    "gift": ("How long is a gift card valid?", "Can I use half of a gift card?", "Do you sell gift cards?"),
    "address": ("I gave the wrong address", "Can I change where it is sent?", "Change delivery address"),
}
NOWHERE = (
    "Who won the elections in Brazil?", "How tall is the Eiffel tower?", "What is the capital of Peru?",
    "Tell me a recipe for pancakes", "Who wrote Hamlet?", "How far is the moon?",
    "Is it going to rain tomorrow?", "What is the square root of nine?", "Who painted the Mona Lisa?",
    "When did the war end?", "How do bees make honey?", "What is a black hole?",
)  # fmt: skip


def write_articles() -> None:
    for key, (title, body) in ARTICLES.items():
        publish(title, body, external_id=key, language="en")
    run_waiting_jobs(calibrate=True)


@pytest.fixture
def shop(transactional_db: None, assistant: Assistant) -> EmbeddingSpace:
    remembered("search", write_articles)
    return EmbeddingSpace.objects.get(live=True)


def scenario(text: str, *, before: tuple[str, ...] = (), language: str = "en", **expects: object) -> Scenario:
    turns = [Turn(customer=one) for one in before]
    script = Script(
        name=text[:100], language=language,
        turns=(*turns, Turn(customer=text, expects=Expected.model_validate(expects))),
    )  # fmt: skip
    return keep(Scenario(), script, author=None)


@pytest.fixture
def questions(shop: EmbeddingSpace) -> EmbeddingSpace:
    for article, texts in ASKED.items():
        for text in texts:
            scenario(text, cites_one=[article])
    for text in NOWHERE:
        scenario(text, outcome="declined")
    return shop


@pytest.fixture
def editor(client: Client) -> User:
    editor = User.objects.create_user("erin", role=Role.EDITOR)
    client.force_login(editor)
    return editor
