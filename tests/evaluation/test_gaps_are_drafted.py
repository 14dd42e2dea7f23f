"""What a gap's answer begins with, when somebody asks for a draft."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from conversations.models import Message
from conversations.posting import record
from evaluation.collecting import collect
from evaluation.drafting import draft_for
from evaluation.models import Gap
from tests.evaluation.conftest import Ask, gap_of

pytestmark = pytest.mark.django_db(transaction=True)

DOG = "Can I bring my dog into the shop?"
DOGS = "Are dogs allowed in your shop?"
SAID = "Dogs are welcome in all our shops, as long as they are on a lead."


def told(answer: Message, text: str, author: User) -> None:
    with record(answer.conversation_id) as writing:
        writing.change(owner="person")
        writing.post(kind=Message.Kind.PERSON, text=text, author=author)


def noticed(*answers: Message) -> Gap:
    collect()
    return gap_of(answers[0])


def shown(browser: Client, gap: Gap, query: str = "") -> str:
    return browser.get(f"/admin/evaluation/gap/{gap.pk}/change/{query}").content.decode()


def test_what_colleagues_answered_stands_in_the_form_marked_as_a_draft(
    ask: Ask, browser: Client, editor: User
) -> None:
    asked = ask(DOG)
    told(asked, f"Hello, I am Edith. {SAID} Write to me: edith@shop.example", editor)
    gap = noticed(asked)
    page = shown(browser, gap)
    assert SAID not in page and "Begin with a draft" in page
    page = shown(browser, gap, "?draft=1")
    assert SAID in page and "This is a draft." in page
    assert f"/staff/conversations/{asked.conversation_id}/" in page
    assert "edith@shop.example" not in page and "I am Edith" not in page


def test_an_answer_stands_there_once_and_one_about_an_order_comes_last(ask: Ask, editor: User) -> None:
    one, two, three = ask(DOG), ask(DOGS), ask(DOG)
    told(one, SAID, editor)
    told(two, SAID, editor)
    told(three, "I can see your order was sent to the shop that has a dog.", editor)
    draft = draft_for(noticed(one, two, three), "en")
    assert [candidate.answer for candidate, _ in draft.answers][0] == SAID
    assert len(draft.answers) == 2 and draft.is_specific


def test_without_an_answer_the_nearest_passages_stand_there(
    articles: None, ask: Ask, browser: Client
) -> None:
    gap = noticed(ask("Can I return a lamp that I have painted?"))
    draft = draft_for(gap, "en")
    assert draft.answers == [] and "Returns" in [passage.title for passage in draft.passages]
    page = shown(browser, gap, "?draft=1")
    assert draft.passages[0].text.split("\n")[0] in page and "Nobody has answered this yet." in page


def test_where_there_is_nothing_that_is_said(ask: Ask, browser: Client) -> None:
    gap = noticed(ask(DOG))
    assert "There is nothing to begin with" in shown(browser, gap, "?draft=1")


def test_a_draft_costs_the_same_however_many_asked(ask: Ask, browser: Client, editor: User) -> None:
    def queries(gap: Gap) -> int:
        with CaptureQueriesContext(connection) as caught:
            draft_for(gap, "en")
        return len(caught)

    told(first := ask(DOG), SAID, editor)
    gap = noticed(first)
    before = queries(gap)
    for _ in range(4):
        told(ask(DOGS), f"{SAID} Really.", editor)
    collect()
    assert gap.questions.count() == 5 and queries(gap) == before
