"""Published articles are compared when they change: what is found, and what was decided of it."""

from __future__ import annotations

import pytest

from knowledge import publishing, sweeping
from knowledge.models import Document, Finding, Fingerprint, Job
from knowledge.upkeep import comparing, deciding
from tests.knowledge.articles import DELIVERY, RETURNS, ada, indexed, run_waiting_jobs

pytestmark = pytest.mark.django_db
THIRTY = "You can return lamps within 30 days of delivery, with the label from your account."
FOURTEEN = "Lamps can be returned within 14 days of delivery, with the label from your account."


def looked() -> list[Finding]:
    """What is open after everything that waits was compared."""
    comparing.work(lambda: True)
    return list(Finding.objects.filter(state="open"))


def article(title: str, body: str, **fields) -> Document:
    return indexed(title, body, **fields)


def change(document: Document, body: str) -> None:
    document.body = body
    publishing.save_document(document, author=ada())
    run_waiting_jobs()


def test_articles_that_say_the_same_are_found_once_and_only_when_published():
    one = article("Returns", RETURNS)
    article("Delivery", DELIVERY)
    draft = article("Returns", RETURNS)
    publishing.unpublish(draft)
    assert looked() == []
    publishing.publish(draft, author=ada())
    run_waiting_jobs()
    [found] = looked()
    assert (found.kind, found.document, found.other) == ("duplicate", one, draft)
    assert found.likeness == 1
    assert looked() == [found] and not comparing.waiting().exists()


def test_passages_that_contradict_each_other_are_found_with_what_differs():
    one = article("Returns", THIRTY)
    other = article("FAQ: returns", FOURTEEN)
    article("Delivery", DELIVERY)
    [found] = looked()
    assert (found.document, found.other, found.about) == (one, other, "time")
    assert (found.value, found.other_value) == ("30 days", "14 days")
    assert found.confirmed is None


def test_languages_are_not_compared():
    article("Returns", RETURNS)
    article("Returns", RETURNS, language="fr")
    assert looked() == []


def test_what_is_put_right_is_listed_no_more():
    article("Returns", THIRTY)
    other = article("FAQ: returns", FOURTEEN)
    assert len(looked()) == 1
    change(other, FOURTEEN.replace("14", "30"))
    assert looked() == []


def test_what_was_dismissed_comes_back_only_when_a_text_changes():
    one = article("Returns", THIRTY)
    article("FAQ: returns", FOURTEEN)
    [found] = looked()
    deciding.dismiss(found, by=ada())
    publishing.index_again(one)
    run_waiting_jobs()
    assert looked() == []
    change(one, THIRTY.replace("30", "60"))
    [found] = looked()
    assert found.value == "60 days"


def test_an_edit_while_it_is_compared_is_compared_again():
    document = article("Returns", RETURNS)
    article("Returns", RETURNS)
    fingerprint = Fingerprint.objects.get(document=document)
    document.body = "Something else."
    publishing.save_document(document, author=ada())
    comparing.compare(fingerprint)
    assert not Fingerprint.objects.get(document=document).compared and not Finding.objects.exists()


def test_the_sweep_asks_for_the_work_and_a_worker_does_it():
    article("Returns", RETURNS)
    article("Returns", RETURNS)
    sweeping.sweep()
    assert Job.objects.filter(kind="upkeep", state="queued").count() == 1
    run_waiting_jobs()
    assert Finding.objects.filter(kind="duplicate").count() == 1
    sweeping.sweep()
    assert not Job.objects.filter(kind="upkeep", state="queued").exists()


def test_one_of_two_duplicates_is_kept_with_the_questions_of_both():
    one = article("Returns", RETURNS, questions=["Can I send it back?"], keywords=["refund"])
    other = article("Returns", RETURNS, questions=["How do I return?"], keywords=["refund", "label"])
    [found] = looked()
    assert deciding.keep(found, other, author=ada()) == "kept"
    one.refresh_from_db()
    other.refresh_from_db()
    found.refresh_from_db()
    assert (one.status, other.status, found.state) == ("draft", "published", "dealt_with")
    assert other.questions == ["How do I return?", "Can I send it back?"]
    assert other.keywords == ["refund", "label"]
    assert deciding.keep(found, one, author=ada()) == "decided"


def test_a_deleted_article_takes_its_findings_along():
    article("Returns", RETURNS)
    other = article("Returns", RETURNS)
    assert len(looked()) == 1
    publishing.delete_documents([other])
    assert not Finding.objects.exists()


def test_the_cost_of_comparing_does_not_grow_with_the_base(django_assert_max_num_queries):
    for number in range(12):
        article(f"Lamp {number}", f"The lamp number {number} of our shop has a shade of glass.")
    looked()
    last = article("Returns", RETURNS)
    fingerprint = Fingerprint.objects.get(document=last)
    with django_assert_max_num_queries(12 + 4 * last.chunks.count()):
        comparing.compare(fingerprint)
