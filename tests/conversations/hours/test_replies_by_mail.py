"""Whoever left an address gets by e-mail what staff answer, once, unless they have come back and read it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from chatbot.mail_queue import MOST_ATTEMPTS
from conversations import handoff
from conversations.leaving.sending import queue
from conversations.models import Conversation, Message, ReplyMail
from conversations.receiving import receive
from tests.conversations.hours.conftest import NEVER, set_hours
from tests.conversations.hours.test_reaching import asked, leave
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(conversation: Conversation, post_office: MailServer) -> Conversation:
    set_hours(NEVER)
    asked(conversation)
    leave(conversation, email="ann@left.example", message="It flickers.")
    return conversation


def reply(conversation: Conversation, marie: User, text: str) -> None:
    handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text=text, client_id=uuid4())


def send_now() -> int:
    """What waits is due; how many were tried."""
    ReplyMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    return sum(queue.send(pk) for pk in ReplyMail.objects.values_list("pk", flat=True))


def test_several_replies_make_one_mail_with_a_way_back(
    left: Conversation, marie: User, post_office: MailServer
) -> None:
    reply(left, marie, "Try **another bulb**.")
    reply(left, marie, "Does it help?")
    assert ReplyMail.objects.get().due_at > timezone.now()
    assert send_now() == 1 and send_now() == 0
    [mail] = post_office.mails()
    assert mail["To"] == "ann@left.example" and "has answered you" in mail["Subject"]
    text = mail.get_body(("plain",)).get_content()
    assert "Marie:" in text and "Does it help?" in text
    [link] = re.findall(r"https?://[^/]+(/chat/link/\S+/)", text)
    assert link in mail.get_body(("html",)).get_content() and "works for 30 days" in text
    browser = Client()
    assert browser.post(link)["Location"] == "/chat/ada/"
    opened = browser.post("/chat/session/", {}, content_type="application/json").json()
    assert opened["conversation"] == str(left.pk)
    assert "<strong>another bulb</strong>" in mail.get_body(("html",)).get_content()
    assert "It flickers" not in text


def test_what_is_said_later_has_a_mail_of_its_own(
    left: Conversation, marie: User, post_office: MailServer
) -> None:
    reply(left, marie, "One.")
    send_now()
    reply(left, marie, "Two.")
    send_now()
    first, second = (mail.get_body(("plain",)).get_content() for mail in post_office.mails())
    assert "One." in first and "Two." in second and "One." not in second


def test_whoever_has_read_it_gets_none(left: Conversation, marie: User, post_office: MailServer) -> None:
    reply(left, marie, "Try another bulb.")
    receive(conversation_id=left.pk, text="That helped", client_id=uuid4())
    assert send_now() == 0
    assert ReplyMail.objects.get().state == "needless" and not post_office.mails()


def test_nobody_is_written_to_who_left_no_address(
    conversation: Conversation, marie: User, post_office: MailServer
) -> None:
    reply(conversation, marie, "Hello")
    assert not ReplyMail.objects.exists()


def test_a_mail_that_cannot_be_sent_is_told_to_staff(
    left: Conversation, marie: User, post_office: MailServer
) -> None:
    reply(left, marie, "Try another bulb.")
    ReplyMail.objects.update(attempts=MOST_ATTEMPTS, due_at=timezone.now() - timedelta(seconds=1))
    queue.sweep()
    assert ReplyMail.objects.get().state == "failed"
    assert Message.objects.get(data__code="reply_mail_failed").kind == "log"
