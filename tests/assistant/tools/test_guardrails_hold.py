"""Guardrails and tools: what was withheld is not done, and what a tool brings is held against them too."""

from __future__ import annotations

import pytest

from actions.models import Call
from assistant.models import Assistant
from tests.assistant.guidance.rows import SORRY, notes, row
from tests.assistant.talking import Talk
from tests.assistant.tools.conftest import RETURN, calls

pytestmark = [pytest.mark.django_db(transaction=True)]
WISH = "Please send my order LP-1 back, it is too big"


def test_a_question_that_was_withheld_is_not_put_again_and_a_yes_does_nothing(
    assistant: Assistant, model, returns, web
) -> None:
    row("guardrail", forbidden="too big", words=SORRY)
    talk = Talk(assistant)
    model.script(calls(RETURN))
    assert talk.say(WISH) == SORRY["en"]
    model.script()
    assert "Shall I do this" not in talk.say("Thank you") and "still my question" not in talk.last.text
    talk.say("yes")
    assert not web.asked and not Call.objects.exists()


def test_a_call_after_one_that_was_withheld_has_a_key_of_its_own(
    assistant: Assistant, model, returns, web
) -> None:
    talk = Talk(assistant)
    model.script(calls(RETURN))
    talk.say(WISH)
    talk.say("no")
    guardrail = row("guardrail", forbidden="too big", words=SORRY)
    assert talk.say(WISH) == SORRY["en"]
    guardrail.delete()
    talk.say(WISH)
    assert talk.state["tools"]["wish"]["key"].startswith("free/2/")


def test_what_a_confirmed_tool_brings_is_withheld_and_that_it_was_done_is_told(
    assistant: Assistant, model, returns, web
) -> None:
    row("guardrail", forbidden="RT-77", words=SORRY)
    row("rule", words={"en": "Mind the holidays."})
    talk = Talk(assistant)
    model.script(calls(RETURN))
    talk.say(WISH)
    model.script()
    assert talk.say("Yes") == "Done: Register a return." and len(web.asked) == 1
    assert talk.last.citations == () and notes(talk.last) == [("guardrail", "replaced")]
    assert "RT-77" in talk.last.route.guidance[0]["withheld"]
    assert talk.say("yes") == "Done: Register a return." and len(web.asked) == 1


def test_that_staff_were_asked_to_decide_is_told_whatever_must_not_be_talked_about(
    assistant: Assistant, model, shop, web
) -> None:
    """They have it before them by then."""
    row("guardrail", forbidden="refund*", words=SORRY)
    shop(key="refund", path="/refunds", method="POST", changes="approval", takes={},
         words={"en": "Refund your order"}, parameters={"number": {"place": "body"}})  # fmt: skip
    talk = Talk(assistant)
    model.script(calls("refund"))
    assert "passed this on to our team" in talk.say("Refund my order LP-1 please, it never came")
    assert Call.objects.get().state == "waiting"
