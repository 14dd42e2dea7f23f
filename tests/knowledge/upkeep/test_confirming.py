"""With a model a contradiction is shown when it says so too; without an answer it stays possible."""

from __future__ import annotations

import json

import pytest

from knowledge.models import Finding, Fingerprint
from tests.knowledge.upkeep.test_comparing import FOURTEEN, THIRTY, article, looked

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(model_server, settings):
    """Two articles that contradict each other, and from then on a model."""
    article("Returns", THIRTY)
    article("FAQ: returns", FOURTEEN)
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = "scripted"
    return model_server


def test_what_the_model_confirms_is_shown_with_its_reason(model):
    model.script({"text": json.dumps({"contradict": True, "reason": "30 days or 14."})})
    [found] = looked()
    assert found.confirmed is True and found.reason == "30 days or 14."
    told = model.requests()[0]["body"]["messages"][1]["content"]
    assert THIRTY in told and FOURTEEN in told


def test_what_the_model_denies_is_not_shown_nor_asked_again(model):
    model.script({"text": json.dumps({"contradict": False, "reason": "Other lamps."})})
    assert looked() == []
    assert Finding.objects.get().state == "dismissed"
    asked = len(model.requests())
    Fingerprint.objects.update(compared=False)
    assert looked() == [] and len(model.requests()) == asked


def test_a_model_that_fails_leaves_it_possible(model):
    model.script({"text": "I would rather not say."})
    [found] = looked()
    assert found.confirmed is None and found.state == "open"
