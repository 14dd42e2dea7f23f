"""A flow that says nothing in the customer's language is not begun, unless somebody wants it in its own."""

from __future__ import annotations

import pytest

from assistant.models import Assistant
from flows.publishing import create_flow, publish
from tests.assistant.talking import Talk
from tests.assistant.test_examples_of_a_draft import gifts

pytestmark = [pytest.mark.django_db(transaction=True)]
SAID = {"en": ["I want to give a voucher away"], "fr": ["je voudrais offrir un bon cadeau"]}


@pytest.mark.parametrize(("anywhere", "begins"), [(False, False), (True, True)])
def test_an_english_flow_in_a_french_conversation(
    assistant: Assistant, flows: None, anywhere: bool, begins: bool
) -> None:
    flow = create_flow(
        gifts(examples=SAID, name={"en": "Gifts", "fr": "Cadeaux"}, any_language=anywhere), author=None
    )
    publish(flow.pk, author=None)
    for text in (SAID["fr"][0], "Cadeaux"):
        talk = Talk(assistant, "fr")
        assert ("Which amount?" in talk.say(text)) is begins
    assert "Which amount?" in Talk(assistant).say(SAID["en"][0])
