"""A shop's assistant with two indexed articles in English and one in French."""

from collections.abc import Iterator

import pytest

from assistant.models import Assistant
from assistant.routing import asking
from llm.breaker import breaker
from tests.assistant.talking import load_sample
from tests.knowledge.articles import DELIVERY, RETURNS, publish, run_waiting_jobs
from tests.remembering import remembered

LIVRAISON = """Les colis quittent notre entrepôt le jour même.

## Combien de temps

La livraison en Europe prend de trois à cinq jours ouvrés, et un coursier sonne à la porte.
"""


@pytest.fixture(autouse=True)
def no_memory_of_failures() -> Iterator[None]:
    """A provider that failed in one test is asked again in the next."""
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def assistant() -> Assistant:
    return Assistant.objects.create(
        name="Lucie", slug="lucie", languages=["en", "fr"], is_default=True, out_of_scope="Legal advice"
    )


@pytest.fixture
def articles(transactional_db: None) -> None:
    remembered("articles", write_articles)


@pytest.fixture
def flows(articles: None) -> None:
    """The sample company's flows, with what they have done, and a router that has learned them."""
    remembered("flows", load_sample)
    asking.forget()  # a test before, within the same seconds, may have had no router


def write_articles() -> None:
    publish("Returns", RETURNS, external_id="returns", language="en")
    publish("Delivery", DELIVERY, external_id="delivery", language="en")
    publish("Livraison", LIVRAISON, external_id="livraison", language="fr")
    run_waiting_jobs(calibrate=True)
