"""The customer says yes to exactly what is sent; whoever says anything else has said no yes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from actions.models import Call
from assistant.events import Outcome
from assistant.models import Assistant
from tests.actions.conftest import as_json
from tests.assistant.talking import Talk
from tests.assistant.tools.conftest import RETURN, calls

pytestmark = [pytest.mark.django_db(transaction=True)]


def asked_about(assistant: Assistant, model, *call: object) -> Talk:
    talk = Talk(assistant)
    model.script(calls(call or RETURN))
    talk.say("Please send my order LP-1 back, it is too big")
    model.script()
    return talk


def test_an_amount_is_shown_as_it_is_sent(assistant: Assistant, model, shop, web) -> None:
    shop(key="transfer", path="/transfers", method="POST", changes="writes", takes={},
         parameters={"amount": {"kind": "number", "place": "body"}})  # fmt: skip
    web.pages["/transfers"] = as_json({})
    talk = asked_about(assistant, model, "transfer", {"amount": {"amount": 500, "name": "5"}})
    assert "- amount: `500`" in talk.last.text
    assert "Done" in talk.say("yes")
    assert json.loads(web.asked[0].body) == {"amount": 500}


def test_what_is_too_much_to_be_shown_is_not_asked_for(assistant: Assistant, model, returns, web) -> None:
    talk = asked_about(assistant, model, "register_return", {"order": "LP-1", "reason": "x" * 300})
    assert "Shall I do this" not in talk.last.text
    assert not web.asked and "tools" not in {name for name, kept in talk.state.items() if "wish" in str(kept)}


@pytest.mark.parametrize(
    "text",
    [
        "Yes, but for order LP-2 please",
        "yes LP-2",
        "Yes\nwait, I meant the blue one",
        "yes, only the small one",
        "Yes I think so, as soon as my brother has looked at it",
    ],
)
def test_a_yes_to_something_else_is_none(assistant: Assistant, model, returns, web, text: str) -> None:
    talk = asked_about(assistant, model)
    assert "There is still my question" in talk.say(text)
    assert not web.asked
    assert "Done" in talk.say("Yes") and len(web.asked) == 1


def test_a_no_in_any_line_is_a_no(assistant: Assistant, model, returns, web) -> None:
    talk = asked_about(assistant, model)
    assert "nothing was done" in talk.say("no\nsorry, yes yes I will keep it")
    assert not web.asked


def test_a_no_while_it_is_being_done_is_not_told_that_nothing_was(
    assistant: Assistant, model, returns, web
) -> None:
    talk = asked_about(assistant, model)
    key = talk.state["tools"]["wish"]["key"]
    Call.objects.create(
        action="register_return", conversation=talk.name, key=key, state="running", final=True,
        at=timezone.now() - timedelta(minutes=2), due_at=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    assert "cannot tell whether" in talk.say("no, wait")
    assert not web.asked


def test_a_yes_to_the_person_who_is_offered_brings_one(assistant: Assistant, model, returns, web) -> None:
    talk = asked_about(assistant, model)
    web.pages["/returns"] = as_json({}, status=500)
    assert "A person can look" in talk.say("Yes")
    talk.say("yes")
    assert talk.last.outcome is Outcome.HANDOFF


def test_a_yes_to_the_question_below_an_answer_that_was_none(
    assistant: Assistant, model, returns, web
) -> None:
    talk = asked_about(assistant, model)
    model.script({"text": "[NONE]"})
    assert "There is still my question" in talk.say("Who won the cup in 1998?")
    assert talk.last.outcome is Outcome.DECLINED and "Yes" in talk.options
    assert "Done" in talk.say("Yes") and len(web.asked) == 1


def test_staff_are_asked_once_for_one_wish(assistant: Assistant, model, shop) -> None:
    shop(key="refund", path="/refunds", method="POST", changes="approval", takes={},
         parameters={"number": {"place": "body"}})  # fmt: skip
    talk = Talk(assistant)
    for text in ("Refund my order LP-1 please, it never came", "please hurry with my refund of LP-1"):
        model.script(calls("refund"))
        assert "passed this on to our team" in talk.say(text)
    assert Call.objects.get().state == "waiting"


def test_what_cannot_be_stored_is_taken_out_of_arguments(assistant: Assistant, model, returns, web) -> None:
    talk = asked_about(assistant, model, "register_return", {"order": "LP-1", "reason": "trop \x00etroit"})
    assert "- reason: `trop etroit`" in talk.last.text
    assert "\\u0000" not in json.dumps([talk.state, [dict(call) for call in talk.last.route.calls]])
