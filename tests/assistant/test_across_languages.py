"""An answer in one language from articles in another: what they do not say is not said, in any language."""

import pytest
from pytest_django.fixtures import Settings

from assistant import meaning
from assistant.asking import ask
from assistant.events import Answer
from assistant.evidence import Claim, Evidence
from assistant.meaning import borne_out
from assistant.models import Assistant
from llm.clients import close_clients
from tests.knowledge.articles import searchable
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Comment renvoyer un article et quand serai-je remboursé ?"
RETURNS = Evidence(
    "You may return any item within thirty days of delivery. The lamp must be complete and in its own box."
    "\n\n## Refund\n\nThe refund is paid within five working days of the parcel's arrival.",
    "en",
    "Returns",
)
FAITHFUL = [
    "Vous pouvez renvoyer tout article dans les trente jours suivant la livraison.",
    "La lampe doit être complète et dans sa boîte d'origine.",
    "Vous avez trente jours après la livraison pour la renvoyer, complète et dans sa boîte.",
    "Le remboursement est versé dans les cinq jours ouvrés suivant l'arrivée du colis.",
]
INVENTED = [
    "Les articles soldés ne sont jamais repris.",
    "Un conseiller vous rappelle pour confirmer votre rendez-vous.",
    "La livraison est offerte dans toute l'Europe.",
    "Votre chat peut dormir sous la lampe sans danger.",
    "Le remboursement est versé en carte cadeau.",
]


@pytest.fixture
def model(model_server: ModelServer, settings: Settings) -> ModelServer:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    return model_server


def answered(assistant: Assistant, model: ModelServer, words: str) -> Answer:
    searchable("Returns", external_id="returns", language="en")
    model.script({"text": f"[ANSWER] {words}"})
    return ask(assistant, QUESTION).answer


async def test_what_the_passage_says_is_told_from_what_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "BUDGET_SECONDS", 60.0)  # it is not speed that is looked at
    claims = [Claim(sentence, 1) for sentence in [*FAITHFUL, *INVENTED]]
    found = {claim.sentence for claim in await borne_out(claims, [RETURNS])}
    await close_clients()
    assert found == set(FAITHFUL)


async def test_without_vectors_nothing_is_borne_out(settings: Settings) -> None:
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:9/v1"
    assert await borne_out([Claim("Une phrase jamais lue.", 1)], [RETURNS]) == frozenset()
    await close_clients()


def test_a_faithful_sentence_in_another_language_stays(assistant: Assistant, model: ModelServer) -> None:
    said = "Le remboursement est versé dans les cinq jours ouvrés suivant l'arrivée du colis"
    answer = answered(assistant, model, f"{said} [1].")
    assert answer.route is not None
    assert (answer.route.kind, answer.text) == ("knowledge", f"{said}. [1]")


def test_an_invented_sentence_in_another_language_is_dropped(
    assistant: Assistant, model: ModelServer
) -> None:
    said = "Le remboursement est versé dans les cinq jours ouvrés suivant l'arrivée du colis [1]."
    answer = answered(assistant, model, f"{said} {INVENTED[0][:-1]} [1].")
    assert "soldés" not in answer.text and "remboursement" in answer.text
    assert answer.route is not None and "dropped_1" in answer.route.reasons


def test_an_answer_of_nothing_but_inventions_is_quoted_instead(
    assistant: Assistant, model: ModelServer
) -> None:
    answer = answered(assistant, model, "Votre chat peut dormir sous la lampe [1].")
    assert answer.route is not None
    assert (answer.route.kind, answer.route.degraded) == ("extract", "unsupported")
