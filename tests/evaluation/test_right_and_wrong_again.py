"""A correction that turns wrong again takes back what it told others; what cannot be run stops no other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conversations.models import Message
from conversations.rendering import render_html
from evaluation.corrections import covering, proving
from evaluation.models import Correction, CorrectionMail, ReviewItem, Scenario
from evaluation.reviews.picking import note
from knowledge.models import Document
from knowledge.publishing import publish
from tests.evaluation.conftest import Ask
from tests.evaluation.correcting import DOG, RIGHT, SAID, corrected, proved
from tests.evaluation.test_corrections_are_told import complain
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
JOBS = "/staff/jobs/"


@pytest.fixture
def again(wrong: Message, ask: Ask) -> Message:
    """Somebody else who asked the very same, and complained."""
    found = ask(DOG.lower())
    complain(found, "dora@winter.example")
    note(found, ["declined"])
    return found


def rewritten(correction: Correction, author: User, body: str, title: str) -> Correction:
    document = Document.objects.get(pk=correction.document_id)
    document.body, document.title, document.questions = body, title, [DOG] if body == RIGHT else []
    publish(document, author=author)
    return proved(correction)


def read_by_customers(answer: Message) -> str:
    answer.refresh_from_db()
    return render_html(answer, assistant=answer.conversation.assistant, audience="customer")


def test_what_others_read_is_taken_back_and_put_back(
    wrong: Message, again: Message, browser: Client, editor: User, post_office: MailServer
) -> None:
    correction = proved(corrected(browser, wrong, publish="1"))
    assert "This is right:" in read_by_customers(again)
    rewritten(correction, editor, "Our lamps are made of glass, and most of them in Nantes.", "Lamps")
    assert correction.state == "wrong"
    assert "This is right:" not in read_by_customers(again) and "corrected" in again.data
    assert ReviewItem.objects.get(pk=again.pk).state == "covered"  # it waits with the correction
    rewritten(correction, editor, RIGHT, "Dogs in our shops")
    assert correction.state == "right" and "This is right:" in read_by_customers(again)
    assert CorrectionMail.objects.count() == 1  # nobody is written to twice
    said = Message.objects.get(pk=again.pk)
    Correction.objects.update(check_due_at=timezone.now())
    assert proved(correction).state == "right"
    assert Message.objects.get(pk=again.pk).changed_seq == said.changed_seq  # still right is no news


def test_withdrawn_the_others_wait_for_a_review_again(
    wrong: Message, again: Message, browser: Client
) -> None:
    correction = proved(corrected(browser, wrong, publish="1"))
    browser.post(f"/staff/review/corrections/{correction.pk}/withdraw/")
    item = ReviewItem.objects.get(pk=again.pk)
    assert (item.state, item.covered_by) == ("open", None)
    again.refresh_from_db()
    assert "corrected" not in again.data


def test_more_than_go_in_one_go_are_covered_all_the_same(
    wrong: Message, ask: Ask, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covering, "MOST", 2)
    for _number in range(5):
        note(ask(DOG), ["declined"])
    correction = proved(corrected(browser, wrong, publish="1"))
    assert correction.covers.count() == 2 and correction.check_due_at
    proved(correction)
    proved(correction)
    assert correction.covers.count() == 5 and not correction.check_due_at


def test_where_nothing_is_said_to_customers_the_others_need_no_review_either(
    wrong: Message, again: Message, browser: Client
) -> None:
    correction = proved(corrected(browser, wrong, outcome="declined", right_answer="", cause="other"))
    assert correction.state == "right" and ReviewItem.objects.get(pk=again.pk).state == "covered"
    assert "This is right:" not in read_by_customers(again) and not CorrectionMail.objects.exists()
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert "one other who asked the same needs no review" in page


def test_what_is_corrected_by_itself_is_no_business_of_the_other_any_more(
    wrong: Message, again: Message, browser: Client, editor: User
) -> None:
    first = proved(corrected(browser, wrong, publish="1"))
    own = corrected(browser, again, right_answer="Dogs are welcome, and get a bowl of water.")
    rewritten(first, editor, "Our lamps are made of glass, and most of them in Nantes.", "Lamps")
    again.refresh_from_db()
    assert first.state == "wrong" and again.data["corrected"]["correction"] == own.pk


def test_only_who_may_publish_accepts_other_words(wrong: Message, client: Client, editor: User) -> None:
    client.force_login(User.objects.create_user("agnes", role="agent"))
    correction = proved(corrected(client, wrong, facts="Guide animals may sleep near the till."))
    address = f"/staff/review/corrections/{correction.pk}/"
    page = client.get(address).content.decode()
    assert "What it says now is right" not in page and "an editor accepts it" in page
    assert client.post(f"{address}accept/").status_code == 403
    client.force_login(editor)
    assert "What it says now is right" in client.get(address).content.decode()
    assert client.post(f"{address}accept/").status_code == 302


def test_what_cannot_be_run_is_said_and_the_others_have_their_turn(
    wrong: Message, ask: Ask, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    broken = corrected(browser, ask("Tractors?"), question="Do you sell tractors?")
    Scenario.objects.filter(pk=broken.scenario_id).update(script={"name": "x"})
    whole = proved(corrected(browser, wrong))
    assert whole.checked_at and not whole.check_error
    broken.refresh_from_db()
    assert broken.check_error.startswith("ValidationError") and broken.check_due_at is None
    assert "could not be checked" in caplog.text
    chain = browser.get(f"/staff/review/corrections/{broken.pk}/").content.decode()
    assert "The question could not be asked" in chain
    listed = browser.get(f"{JOBS}?state=failed").content.decode()
    assert "Check of a correction" in listed and "Do you sell tractors?" in listed
    browser.post(f"{JOBS}correction-check/{broken.pk}/retry/")
    broken.refresh_from_db()
    assert broken.check_due_at and broken.check_due_at <= timezone.now()
    Scenario.objects.filter(pk=broken.scenario_id).update(script=whole.scenario.script)
    assert not proved(broken).check_error


def test_an_answer_of_which_nothing_can_be_looked_for_is_asked_for_more(
    wrong: Message, browser: Client
) -> None:
    said = SAID | {"right_answer": "***", "cause": "guidance", "rule": "Always be kind."}
    page = browser.post(f"/staff/review/{wrong.pk}/correct/", said)
    assert page.status_code == 200 and "Write what must occur in the answer" in page.content.decode()
    assert not Correction.objects.exists()
    corrected(browser, wrong, **said | {"facts": "kind"})


def test_the_chain_says_what_is_looked_for(wrong: Message, browser: Client) -> None:
    correction = corrected(browser, wrong, facts="Dogs are welcome.\nOn a lead.")
    address = f"/staff/review/corrections/{correction.pk}/"
    assert "Dogs are welcome. · On a lead." in browser.get(address).content.decode()
    Correction.objects.update(facts=[])
    assert "once anything is answered" in browser.get(address).content.decode()
    Correction.objects.update(outcome="handoff")
    assert "Right is whatever brings in a person" in browser.get(address).content.decode()


def test_where_scenarios_come_from_is_said_in_words(wrong: Message, browser: Client) -> None:
    corrected(browser, wrong)
    Scenario.objects.create(name="Brought along", language="en", script={"turns": []}, origin="bot.zip")
    listed = browser.get("/admin/evaluation/scenario/").content.decode()
    assert "a correction" in listed and "bot.zip" in listed
    narrowed = browser.get("/admin/evaluation/scenario/?origin=correction").context["cl"]
    assert [one.origin for one in narrowed.result_list] == ["correction"]
    assert proving.check_due() >= 0
