"""What changes something is done when the customer has said yes to it, once, and not before."""

from __future__ import annotations

import json

import pytest

from actions.models import Call
from assistant.events import Outcome, Said
from assistant.models import Assistant
from tests.actions.conftest import as_json
from tests.assistant.talking import Talk
from tests.assistant.tools.conftest import RETURN, calls

pytestmark = [pytest.mark.django_db(transaction=True)]
WISH = "Please send my order LP-1 back, it is too big"


@pytest.fixture
def asked(assistant: Assistant, model, returns) -> Talk:
    """A customer who has been asked whether the return shall be registered."""
    talk = Talk(assistant)
    model.script(calls(RETURN))
    talk.say(WISH)
    model.script()
    return talk


def test_the_customer_is_asked_with_all_that_would_be_sent(asked: Talk, web) -> None:
    assert "Shall I do this for you?" in asked.last.text
    assert "**Register a return**" in asked.last.text
    assert "- order: `LP-1`" in asked.last.text and "- reason: `too big`" in asked.last.text
    assert asked.options == ["Yes", "No"]
    assert asked.last.route.calls[0]["waits"] == "customer"
    assert not web.asked and not Call.objects.exists()


def test_a_yes_has_it_done_and_tells_what_came_of_it(asked: Talk, web, model) -> None:
    answer = asked.say("Yes")
    assert answer.startswith("Done: Register a return. [1]") and "- number: `RT-77`" in answer
    assert json.loads(web.asked[0].body) == {"order": "LP-1", "reason": "too big"}
    assert asked.last.citations[0].heading.startswith("register_return · ")
    assert asked.last.outcome is Outcome.ANSWERED
    requests = len(model.requests())
    assert asked.say("yes") == answer
    assert len(web.asked) == 1 and len(model.requests()) == requests


def test_in_french(assistant: Assistant, model, returns, web) -> None:
    talk = Talk(assistant, "fr")
    model.script(calls(RETURN))
    asked = talk.say("Je voudrais renvoyer ma commande LP-1, elle est trop grande")
    assert "Enregistrer un retour" in asked and talk.options == ["Oui", "Non"]
    model.script()
    assert "Enregistrer un retour" in talk.say("oui, vas-y") and len(web.asked) == 1


def test_a_no_leaves_it(asked: Talk, web) -> None:
    assert "nothing was done" in asked.say("no thanks")
    assert not web.asked
    asked.say("yes please, I want it after all, do send LP-1 back")
    assert not web.asked


def test_another_question_is_answered_and_the_question_put_again(asked: Talk, web, model) -> None:
    model.script({"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."})
    answer = asked.say("How long does delivery in Europe take?")
    assert "three to five" in answer and answer.endswith("- reason: `too big`")
    assert "There is still my question" in answer and asked.options == ["Yes", "No"]
    assert not web.asked
    assert "Done" in asked.say("ok, go ahead") and len(web.asked) == 1


def test_after_the_second_time_it_is_let_go_and_said_so(asked: Talk, web) -> None:
    for _time in range(2):
        assert "There is still my question" in asked.say("Thank you")
    assert "I have left this undone: Register a return" in asked.say("Thank you")
    asked.say("yes")
    assert not web.asked


def test_who_wants_a_person_gets_one_and_nothing_is_done(asked: Talk, web) -> None:
    assert "left this undone" in asked.say("I want to talk to a person")
    assert asked.last.outcome is Outcome.HANDOFF and not web.asked


def test_a_yes_that_asks_something_besides_is_none_yet(asked: Talk, web) -> None:
    assert "There is still my question" in asked.say("Yes, but how long does delivery in Europe take?")
    assert not web.asked


def test_a_yes_to_a_person_is_none(asked: Talk, web) -> None:
    asked.said += [Said("customer", "Hello?"), Said("person", "Marie here. Shall I call you?")]
    assert "There is still my question" in asked.say("Yes")
    assert not web.asked


def test_a_reply_that_is_begun_anew_does_it_once_and_tells_the_same(asked: Talk, web) -> None:
    state, said = asked.state, list(asked.said)
    first = asked.say("Yes")
    asked.state, asked.said = state, said  # its process was killed before it was stored
    assert asked.say("Yes") == first
    assert len(web.asked) == 1


def test_a_no_that_comes_too_late_is_told_what_was_done(asked: Talk, web) -> None:
    state, said = asked.state, list(asked.said)
    asked.say("Yes")
    asked.state, asked.said = state, said
    assert "Done: Register a return" in asked.say("no, wait")


def test_what_would_be_sent_is_kept_sealed(assistant: Assistant, model, shop, web) -> None:
    shop(key="subscribe", path="/subscribe", method="POST", changes="writes", takes={},
         parameters={"phone": {"place": "body", "private": True}})  # fmt: skip
    web.pages["/subscribe"] = as_json({})
    talk = Talk(assistant)
    model.script(calls(("subscribe", {"phone": "+33612345678"})))
    assert "•••" in talk.say("Subscribe me to news, my phone is in your files")
    assert "33612345678" not in json.dumps(talk.state)
    assert "Done" in talk.say("yes")
    assert json.loads(web.asked[0].body) == {"phone": "+33612345678"}


@pytest.mark.parametrize(("status", "words"), [(422, "Nothing was changed"), (500, "cannot tell whether")])
def test_a_server_that_fails_is_told_honestly(asked: Talk, web, status: int, words: str) -> None:
    web.pages["/returns"] = as_json({}, status=status)
    assert words in asked.say("Yes")
    assert "Talk to a person" in asked.options


def test_what_staff_decide_about_waits_for_them(assistant: Assistant, model, shop, web) -> None:
    shop(key="refund", path="/refunds", method="POST", changes="approval", takes={},
         words={"en": "Refund your order", "fr": "Rembourser votre commande"},
         parameters={"number": {"place": "body"}})  # fmt: skip
    talk = Talk(assistant)
    model.script(calls("refund"))
    assert "passed this on to our team" in talk.say("Refund my order LP-1 please, it never came")
    assert Call.objects.get().state == "waiting" and not web.asked
    assert talk.last.route.calls[0]["waits"] == "staff"


def test_the_same_message_answered_again_asks_staff_once(assistant: Assistant, model, shop) -> None:
    shop(key="refund", path="/refunds", method="POST", changes="approval", parameters={})
    talk = Talk(assistant)
    model.script(calls(("refund", {})))
    said = talk.say("Refund my order LP-1 please, it never came")
    talk.said = []
    assert talk.say("Refund my order LP-1 please, it never came") == said
    assert Call.objects.count() == 1


def test_a_settled_question_answered_again_tells_the_same(asked: Talk, web) -> None:
    said = list(asked.said)
    first = asked.say("Yes")
    asked.said = said
    assert asked.say("Yes") == first and len(web.asked) == 1
    assert "three to five" in asked.say("How long does delivery in Europe take?")


def test_only_one_change_is_asked_about_at_a_time(assistant: Assistant, model, returns, web) -> None:
    talk = Talk(assistant)
    model.script(calls(RETURN, ("register_return", {"order": "LP-9"})))
    talk.say(WISH)
    talk.say("Yes")
    assert [json.loads(one.body)["order"] for one in web.asked] == ["LP-1"]
