"""The examples of a version on trial are learned beside those of the version that is out."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.models import Assistant
from assistant.routing import asking, samples
from flows.publishing import begin_trial, create_flow, publish, save_draft
from tests.assistant.talking import Talk
from tests.assistant.test_examples_of_a_draft import GIFTS, MEANT, gifts
from training import running

pytestmark = [pytest.mark.django_db(transaction=True)]
OUT: dict[str, Any] = {"examples": {"en": ["tell me what surprises there are for birthdays"]}}


@pytest.fixture(autouse=True)
def nothing_believed() -> None:
    asking.read_anew()


def test_words_that_resemble_new_examples_begin_the_flow(assistant: Assistant, flows: None) -> None:
    flow = create_flow(gifts(**OUT), author=None)
    publish(flow.pk, author=None)
    running.train_if_changed()
    assert "Which amount?" not in Talk(assistant).say(MEANT)
    save_draft(flow.pk, gifts(), author=None)
    begin_trial(flow.pk, share=50, author=None)
    assert running.train_if_changed()
    asking.read_anew()
    assert "Which amount?" in Talk(assistant).say(MEANT)
    learned = {sample.text for sample in samples.gather() if sample.label == "gift_card"}
    assert {*GIFTS["examples"]["en"], *OUT["examples"]["en"]} <= learned
    assert not running.train_if_changed()
