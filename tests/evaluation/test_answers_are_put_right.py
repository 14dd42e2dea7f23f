"""An answer is corrected once: a red scenario, a draft, green when it is published, and whoever is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.models import Guidance
from conversations.models import Citation, Message
from evaluation.collecting import collect
from evaluation.corrections import deciding, proving
from evaluation.corrections.correcting import facts_of
from evaluation.models import Correction, Gap, ReviewItem, Scenario
from knowledge.models import Document
from knowledge.publishing import publish
from tests.evaluation.conftest import Ask
from tests.evaluation.correcting import DOG, RIGHT, SAID, corrected, proved

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_chain(wrong: Message, browser: Client, editor: User) -> None:
    correction = proved(corrected(browser, wrong))
    assert correction.document and correction.document.status == "draft"
    assert correction.document.questions == [DOG] and correction.document.body == RIGHT
    assert correction.state == "wrong" and correction.scenario and correction.scenario.passed is False
    wrong.refresh_from_db()
    assert wrong.data["corrected"] == {"correction": correction.pk}
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert "The article is a draft" in page and "does not answer it right yet" in page
    browser.post(f"/staff/review/corrections/{correction.pk}/publish/")
    assert proving.check_due() == 0  # not before it is in the index
    proved(correction)
    assert correction.state == "right" and Scenario.objects.get().passed is True
    assert "lead" in correction.says_now and correction.right_at
    wrong.refresh_from_db()
    assert wrong.data["corrected"]["answer"] == RIGHT
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert "The article is published" in page and "The assistant answers it right" in page
    log = wrong.conversation.messages.filter(kind="log").values_list("data__code", flat=True)
    assert list(log) == ["put_right"]


def test_saved_and_published_in_one_go(wrong: Message, browser: Client) -> None:
    correction = proved(corrected(browser, wrong, publish="1"))
    assert correction.document and correction.document.status == "published"
    assert correction.state == "right"


def test_it_is_a_review_too(wrong: Message, browser: Client, editor: User) -> None:
    corrected(browser, wrong, verdict="outdated", remark="Since March.")
    item = ReviewItem.objects.get(message=wrong)
    review = item.reviews.get()
    assert (review.reviewer, review.verdict, review.note) == (editor, "outdated", "Since March.")
    assert item.state == "done"


def test_an_agent_corrects_and_an_editor_publishes(wrong: Message, client: Client, editor: User) -> None:
    agent = User.objects.create_user("agnes", role="agent")
    client.force_login(agent)
    correction = corrected(client, wrong, publish="1")  # they may not: it stays a draft
    assert correction.document and correction.document.status == "draft"
    assert client.post(f"/staff/review/corrections/{correction.pk}/publish/").status_code == 403
    assert deciding.publish(correction, by=editor)
    assert proved(correction).state == "right"


def test_published_elsewhere_it_turns_green_too(wrong: Message, browser: Client, editor: User) -> None:
    correction = proved(corrected(browser, wrong))
    assert correction.check_due_at is None
    document = Document.objects.get(pk=correction.document_id)
    publish(document, author=editor)
    assert proved(correction).state == "right"


def test_another_article_that_the_answer_cites_is_mended(
    wrong: Message, browser: Client, editor: User
) -> None:
    """Not the one that was named as the cause: two say it, and each is changed by itself."""
    document = Document.objects.get(title="Returns")
    Citation.objects.create(
        message=wrong, number=1, document=document, title="Returns", url="/", language="en", passage="x"
    )
    correction = proved(corrected(browser, wrong, cause="other"))
    assert correction.state == "wrong" and proving.check_due() == 0
    document.body = RIGHT
    publish(document, author=editor)
    assert proved(correction).state == "right"


def test_what_it_says_beside_the_right_thing_stands_in_the_chain(wrong: Message, browser: Client) -> None:
    said = "You chose Switzerland. Delivery costs 19.90 €."
    correction = corrected(browser, wrong, facts="Delivery to Switzerland costs 24.90 €.")
    Correction.objects.update(says_now=said, checked_at=timezone.now(), check_due_at=None)
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert "also gives another figure" in page and "Delivery costs 19.90 €." in page


def test_what_is_missing_in_it_stands_in_the_chain(wrong: Message, browser: Client) -> None:
    correction = corrected(
        browser, wrong, facts="Delivery to Switzerland costs €24.90 and takes 5 to 8 days."
    )
    said = "| Country | Price |\n|---|---|\n| Switzerland | €24.90 |\n\nIt takes five days."
    Correction.objects.update(says_now=said, checked_at=timezone.now(), check_due_at=None)
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert re.search(r"Not right yet: the answer lacks 8\s", page)


def test_a_right_answer_in_another_language_than_the_customers_is_sent_back(
    wrong: Message, browser: Client
) -> None:
    form = SAID | {
        "right_answer": "Les chiens sont les bienvenus dans nos boutiques, s’ils sont tenus en laisse."
    }
    page = browser.post(f"/staff/review/{wrong.pk}/correct/", form).content.decode()
    assert "The customer wrote in English, and this reads as French." in page
    assert "Les chiens sont les bienvenus" in page
    french = browser.post(f"/staff/review/{wrong.pk}/correct/", form, headers={"accept-language": "fr"})
    assert "Le client a écrit en anglais, et ceci se lit comme du français." in french.content.decode()
    corrected(browser, wrong, right_answer="Oui, bien sûr !")  # too short to tell


def test_what_was_right_and_is_wrong_again_is_said(wrong: Message, browser: Client, editor: User) -> None:
    correction = proved(corrected(browser, wrong, publish="1"))
    document = Document.objects.get(pk=correction.document_id)
    document.body, document.questions = "Our lamps are made of glass, and most of them in Nantes.", []
    document.title = "Lamps"
    publish(document, author=editor)
    assert proved(correction).state == "wrong"
    wrong.refresh_from_db()
    assert wrong.data["corrected"] == {"correction": correction.pk}
    codes = wrong.conversation.messages.filter(kind="log").values_list("data__code", flat=True)
    assert list(codes) == ["put_right", "wrong_again"]


def test_the_gap_of_the_question_is_checked_along(wrong: Message, browser: Client) -> None:
    collect()
    gap = Gap.objects.get()
    correction = corrected(browser, wrong, publish="1")
    gap.refresh_from_db()
    assert gap.document == correction.document and gap.check_due_at


def test_a_rule_is_drafted_off_and_watched_by_the_scenario(wrong: Message, browser: Client) -> None:
    correction = corrected(browser, wrong, cause="guidance", rule="Always name the café.")
    row = Guidance.objects.get()
    assert (row.text, row.enabled, correction.guidance) == ("Always name the café.", False, row)
    assert list(row.scenarios.all()) == [correction.scenario]
    page = browser.get(f"/staff/review/corrections/{correction.pk}/").content.decode()
    assert "still off" in page


def test_an_article_is_linked_and_a_step_too(wrong: Message, browser: Client) -> None:
    document = Document.objects.get(title="Returns")
    Citation.objects.create(
        message=wrong, number=1, document=document, title="Returns", url="/", language="en", passage="x"
    )
    form = browser.get(f"/staff/review/{wrong.pk}/correct/").content.decode()
    assert f'<option value="{document.pk}"' in form
    correction = corrected(browser, wrong, cause="article", document=str(document.pk))
    assert correction.document == document and not correction.wrote_document


def test_what_is_missing_is_said_and_nothing_is_lost(wrong: Message, browser: Client) -> None:
    for said, words in (
        ({"right_answer": ""}, "Write what would have been right."),
        ({"cause": "article"}, "Choose the article that is to be changed."),
        ({"cause": "guidance"}, "Write the rule"),
        ({"cause": "flow"}, "Choose the step that is to be changed."),
        ({"question": " "}, "This field is required."),
        ({"verdict": "right"}, "Something is missing"),
    ):
        page = browser.post(f"/staff/review/{wrong.pk}/correct/", SAID | said)
        assert page.status_code == 200 and words in page.content.decode()
    assert not Correction.objects.exists() and not Scenario.objects.exists()


def test_a_handoff_or_a_refusal_may_be_what_is_right(wrong: Message, browser: Client) -> None:
    correction = proved(corrected(browser, wrong, outcome="declined", right_answer="", cause="other"))
    assert correction.state == "right"  # it declines already
    wrong.refresh_from_db()
    assert "answer" not in wrong.data["corrected"]  # nothing to show to the customer
    deciding.withdraw(correction, by=correction.author)
    other = proved(corrected(browser, wrong, outcome="handoff", right_answer="", cause="other"))
    assert other.state == "wrong" and other.outcome_now == "declined"


def test_said_twice_the_first_one_stands(wrong: Message, browser: Client) -> None:
    first = corrected(browser, wrong)
    again = browser.post(f"/staff/review/{wrong.pk}/correct/", SAID)
    assert again["Location"] == f"/staff/review/corrections/{first.pk}/"
    assert Correction.objects.count() == 1


def test_withdrawn_it_counts_no_more(wrong: Message, browser: Client) -> None:
    correction = corrected(browser, wrong)
    browser.post(f"/staff/review/corrections/{correction.pk}/withdraw/")
    correction.refresh_from_db()
    assert correction.state == "withdrawn" and not Scenario.objects.get().enabled
    wrong.refresh_from_db()
    assert "corrected" not in wrong.data
    assert proving.check_due() == 0
    corrected(browser, wrong)  # it may be corrected again


def test_staff_accept_what_is_right_in_other_words(wrong: Message, browser: Client) -> None:
    correction = proved(corrected(browser, wrong, facts="Guide animals may sleep near the till."))
    assert correction.state == "wrong"
    deciding.publish(correction, by=correction.author)
    assert proved(correction).state == "wrong" and "lead" in correction.says_now
    browser.post(f"/staff/review/corrections/{correction.pk}/accept/")
    assert proved(correction).state == "right"
    assert Scenario.objects.get().passed is True


def test_with_what_was_said_before(articles: None, ask: Ask, browser: Client) -> None:
    answer = ask("And a big one?", query=DOG)
    first = answer.conversation.messages.get(kind="customer")
    assert first.seq  # nothing was said before it
    form = browser.get(f"/staff/review/{answer.pk}/correct/").content.decode()
    assert DOG in form  # the question as it was read


def test_the_form_holds_no_name_of_the_customer(articles: None, ask: Ask, browser: Client) -> None:
    answer = ask("I am Carla Winter, carla@winter.example: may my dog come in?")
    form = browser.get(f"/staff/review/{answer.pk}/correct/").content.decode()
    said = form.split('name="question"')[1].split("</textarea>")[0]
    assert "Winter" not in said and "winter.example" not in said and "dog" in said


def test_a_model_that_fails_is_asked_again_later(
    wrong: Message, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    correction = corrected(browser, wrong)
    Correction.objects.update(check_due_at=timezone.now() + timedelta(minutes=5))
    assert proving.check_due() == 0  # somebody else is at it
    Correction.objects.update(check_due_at=timezone.now())
    assert proved(correction).checked_at


def test_what_is_looked_for_is_a_sentence_and_no_heading() -> None:
    assert facts_of("## Dogs\n\nDogs are welcome. Cats are not.", []) == ("Dogs are welcome.",)
    assert facts_of("Yes. " * 3, ["They are.", " "]) == ("They are.",)
    assert len(facts_of("x" * 20_000, [])[0]) < 4_000  # what a scenario's line may hold
    assert facts_of("", []) == ()


def test_those_without_a_scenario_hold_up_no_other(wrong: Message, ask: Ask, browser: Client) -> None:
    for number in range(proving.AT_ONCE):
        corrected(browser, ask(f"Number {number}?"))
    Scenario.objects.all().delete()
    assert proved(corrected(browser, wrong)).checked_at


def test_a_deleted_scenario_is_said(wrong: Message, browser: Client) -> None:
    correction = corrected(browser, wrong)
    Scenario.objects.all().delete()
    assert proving.check_due() == 0
    page: Any = browser.get(f"/staff/review/corrections/{correction.pk}/")
    assert "Its scenario was deleted" in page.content.decode()
