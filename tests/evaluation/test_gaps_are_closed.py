"""A gap is assigned, merged, answered in place, and closed only when its questions are answered now."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from conversations.models import Message
from evaluation import checking, deciding
from evaluation.collecting import collect
from evaluation.models import Gap, GapQuestion
from knowledge.models import Document
from tests.evaluation.conftest import Ask, gap_of
from tests.knowledge.articles import run_waiting_jobs

pytestmark = pytest.mark.django_db(transaction=True)

DOG = "Can I bring my dog into the shop?"
DOGS = "Are dogs allowed in your shop?"
VOUCHER = "Where do I enter the code of my gift voucher?"
ANSWER = "Dogs are welcome in all our shops, as long as they are on a lead. Only the café is closed to them."


def page(gap: Gap, name: str = "change") -> str:
    return f"/admin/evaluation/gap/{gap.pk}/{name}/"


def noticed(ask: Ask, *texts: str) -> Gap:
    answers: list[Message] = [ask(text) for text in texts]
    collect()
    return gap_of(answers[0])


def test_the_answer_is_written_in_place_and_checked(articles: None, ask: Ask, browser: Client) -> None:
    gap = noticed(ask, DOG, DOGS)
    shown = browser.get(page(gap)).content.decode()
    assert DOG in shown and DOGS in shown and "/staff/conversations/" in shown
    sent = browser.post(page(gap, "answer"), {"title": "Dogs", "body": ANSWER, "language": "en"})
    assert sent.status_code == 302
    gap.refresh_from_db()
    document = gap.document
    assert document and document.status == "published" and set(document.questions) == {DOG, DOGS}
    assert gap.state == "assigned"
    assert checking.check_due() == 0  # the article is not in the index yet
    run_waiting_jobs()
    assert checking.check_due() == 1
    gap.refresh_from_db()
    assert (gap.state, gap.check_due_at) == ("answered", None)
    assert set(gap.questions.values_list("answered_now", flat=True)) == {True}
    assert "2 of 2 questions are answered now" in browser.get(page(gap)).content.decode()


def test_an_answer_to_something_else_closes_nothing(articles: None, ask: Ask, editor: User) -> None:
    gap = noticed(ask, DOG, DOGS)
    deciding.answer(gap, title="Lamps", body="Our lamps are made of glass.", language="en", author=editor)
    Document.objects.filter(title="Lamps").update(questions=[])
    run_waiting_jobs()
    Gap.objects.filter(pk=gap.pk).update(document=Document.objects.get(title="Returns"))
    checking.check_due()
    gap.refresh_from_db()
    assert gap.state == "assigned" and gap.checked_at
    assert set(gap.questions.values_list("answered_now", flat=True)) == {False}


def test_asked_again_in_vain_it_opens_again(ask: Ask) -> None:
    gap = noticed(ask, DOG)
    Gap.objects.filter(pk=gap.pk).update(state="answered", checked_at=gap.created_at)
    again = ask(DOGS)
    collect()
    assert gap_of(again) == gap
    gap.refresh_from_db()
    assert gap.state == "open" and gap.reopened_at


def test_merging_keeps_whose_it_is_and_every_question(ask: Ask, browser: Client, editor: User) -> None:
    dogs, voucher = noticed(ask, DOG, DOGS), noticed(ask, VOUCHER)
    deciding.assign([voucher], editor)
    action = {"action": "merge_chosen", "_selected_action": [dogs.pk, voucher.pk]}
    assert browser.post("/admin/evaluation/gap/", action)["Location"] == page(voucher)
    assert Gap.objects.get() == voucher and voucher.questions.count() == 3


def test_splitting_makes_a_gap_of_what_is_ticked(ask: Ask, browser: Client) -> None:
    dogs, voucher = noticed(ask, DOG, DOGS), noticed(ask, VOUCHER)
    merged = deciding.merge([dogs, voucher])
    chosen = GapQuestion.objects.get(text=VOUCHER)
    where = browser.post(page(merged, "decide"), {"decision": "split", "question": chosen.pk})["Location"]
    other = Gap.objects.get(title=VOUCHER)
    assert where == page(other) and other.questions.get() == chosen and merged.questions.count() == 2
    everything = list(merged.questions.values_list("pk", flat=True))
    assert browser.post(page(merged, "decide"), {"decision": "split", "question": everything})[
        "Location"
    ] == page(merged)


def test_it_is_named_assigned_and_dismissed(ask: Ask, browser: Client, editor: User) -> None:
    gap = noticed(ask, DOG)
    agent = User.objects.create_user("agent", role="agent")
    assert browser.post(page(gap, "care"), {"title": "Dogs", "assignee": agent.pk}).status_code == 200
    browser.post(page(gap, "care"), {"title": "Dogs", "assignee": editor.pk})
    gap.refresh_from_db()
    assert (gap.title, gap.assignee, gap.state) == ("Dogs", editor, "assigned")
    browser.post(page(gap, "decide"), {"decision": "dismiss"})
    gap.refresh_from_db()
    assert gap.state == "dismissed"
    browser.post(page(gap, "decide"), {"decision": "reopen"})
    gap.refresh_from_db()
    assert gap.state == "assigned"


def test_the_list_shows_examples_and_filters(ask: Ask, browser: Client) -> None:
    noticed(ask, DOG, DOGS)
    noticed(ask, VOUCHER)
    everything = browser.get("/admin/evaluation/gap/").content.decode()
    assert everything.index(DOG) < everything.index(VOUCHER) and DOGS in everything
    none = browser.get("/admin/evaluation/gap/?state__exact=answered").content.decode()
    assert DOG not in none
    found = browser.get("/admin/evaluation/gap/?q=voucher&questions__reason__exact=declined").content.decode()
    assert VOUCHER in found and DOG not in found


def test_what_was_started_by_a_process_that_died_is_done_by_another(ask: Ask, monkeypatch: object) -> None:
    gap = noticed(ask, DOG)
    deciding.check_again(gap)
    gap.refresh_from_db()
    due = gap.check_due_at
    assert checking.check_due() == 1 and checking.check_due() == 0
    Gap.objects.filter(pk=gap.pk).update(check_due_at=due)
    assert checking.check_due() == 1
