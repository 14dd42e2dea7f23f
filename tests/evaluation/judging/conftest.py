"""Passages and answers as judges read them; a model that judges by a script."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from conversations.models import Citation, Message
from evaluation.judging.grounded import Held, Known
from evaluation.reviews import reviewing
from evaluation.reviews.picking import note
from evaluation.turned import Source, Turned
from tests.evaluation.conftest import Ask
from tests.modelserver.control import ModelServer

RETURNS = (
    "You have **30 days** from delivery to return a lamp. Sale items have 14 days.\n\n"
    "| From | Cost |\n|---|---|\n| our shops | free |\n| France | €4.90 |\n| Belgium | €8.90 |\n\n"
    "We do not accept lamps without their label."
)
RETOURS = (
    "Vous avez **30 jours** à compter de la livraison pour rendre une lampe. Les soldes ont 14 jours.\n\n"
    "| Depuis | Coût |\n|---|---|\n| nos boutiques | gratuit |\n| France | 4,90 € |\n"
    "| Belgique | 8,90 € |\n\n"
    "Nous ne reprenons pas les lampes sans étiquette."
)
TEXTS = {"en": RETURNS, "fr": RETOURS}
TITLES = {"en": "Returning a lamp", "fr": "Rendre une lampe"}


def held(language: str = "en") -> list[Held]:
    return [Held(1, TITLES[language], TEXTS[language], language)]


def known() -> Known:
    """Every word counts alike, and nothing is known of meaning."""
    return Known()


def turned(said: str, words: str = "How long may I return a lamp?", **more: Any) -> Turned:
    language = more.setdefault("language", "en")
    source = Source(1, "returns", TITLES[language], TEXTS[language])
    return Turned(**{"said": said, "outcome": "answered", "words": words, "sources": (source,), **more})


@pytest.fixture
def judge(settings: Settings, model_server: ModelServer) -> ModelServer:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.JUDGE_MODEL = "judge"
    return model_server


@pytest.fixture
def answered(ask: Ask) -> Any:
    """An answer that cites the page on returns, and is reviewed."""

    def answered(said: str, verdict: str, by: User, words: str = "How long may I return it?") -> Message:
        answer = ask(words)
        Message.objects.filter(pk=answer.pk).update(text=said, outcome="answered")
        Citation.objects.create(
            message=answer, number=1, title="Returning a lamp", url="/help/returns", language="en",
            passage=RETURNS,
        )  # fmt: skip
        note(answer, ["sample"])
        answer.refresh_from_db()
        reviewing.judge(reviewing.item_of(answer), reviewer=by, verdict=verdict)
        return answer

    return answered
