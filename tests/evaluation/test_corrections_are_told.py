"""Who hears that an answer was put right: staff, its customer, and others who asked the same."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conversations.models import Message, Notification, Rating
from conversations.ratings.giving import rate
from conversations.rendering import render_html
from evaluation.corrections.mails import queue
from evaluation.models import Correction, CorrectionMail, ReviewItem
from evaluation.reviews.picking import note
from evaluation.reviews.reviewing import item_of, judge
from tests.evaluation.conftest import Ask
from tests.evaluation.correcting import DOG, RIGHT, corrected, proved
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_found_it_wrong_is_told(wrong: Message, browser: Client, editor: User) -> None:
    agent = User.objects.create_user("agnes", role="agent", language="fr")
    judge(item_of(wrong), reviewer=agent, verdict="incorrect")
    proved(corrected(browser, wrong, publish="1"))
    told = {one.user: one for one in Notification.objects.all()}
    assert set(told) == {agent, editor} and DOG in told[editor].words
    assert told[editor].link == f"/staff/review/corrections/{Correction.objects.get().pk}/"


def complain(answer: Message, email: str = "carla@winter.example") -> None:
    rate(conversation_id=answer.conversation_id, message_id=answer.pk, score=-1, email=email)


def test_the_customer_who_left_an_address_is_told_once(
    wrong: Message, browser: Client, post_office: MailServer
) -> None:
    complain(wrong)
    correction = proved(corrected(browser, wrong, publish="1"))
    mail = CorrectionMail.objects.get()
    assert queue.send(mail.pk)
    [sent] = post_office.mails()
    text = sent.get_body(("plain",)).get_content()
    assert sent["To"] == "carla@winter.example" and RIGHT.split(",")[0] in text and DOG in text
    mail.refresh_from_db()
    assert (mail.state, mail.email) == ("sent", "") and Rating.objects.get().email == ""
    Correction.objects.update(check_due_at=timezone.now())
    proved(correction)
    assert CorrectionMail.objects.count() == 1


def test_who_left_none_reads_it_under_the_answer(wrong: Message, browser: Client) -> None:
    complain(wrong, "")
    proved(corrected(browser, wrong, publish="1"))
    assert not CorrectionMail.objects.exists()
    wrong.refresh_from_db()
    shown = render_html(wrong, assistant=wrong.conversation.assistant, audience="customer")
    assert "This is right:" in shown and "on a lead" in shown
    staff = render_html(wrong, assistant=wrong.conversation.assistant, audience="staff")
    assert "Put right" in staff


def test_others_who_asked_the_same_are_helped_too(
    wrong: Message, ask: Ask, browser: Client, post_office: MailServer
) -> None:
    again, other = ask(DOG.lower()), ask("Where do I enter the code of my gift voucher?")
    complain(again, "dora@winter.example")
    for answer in (again, other):
        note(answer, ["declined"])
    proved(corrected(browser, wrong, publish="1"))
    states = dict(ReviewItem.objects.values_list("message", "state"))
    assert (states[again.pk], states[other.pk]) == ("covered", "open")
    again.refresh_from_db()
    assert again.data["corrected"]["answer"] == RIGHT
    mail = CorrectionMail.objects.get()
    assert (mail.message, mail.email) == (again, "dora@winter.example") and queue.send(mail.pk)
    assert post_office.mails()[0]["To"] == "dora@winter.example"
    page = browser.get(f"/staff/review/corrections/{Correction.objects.get().pk}/").content.decode()
    assert "One other who asked the same reads it too" in page and "told by e-mail" in page
