"""Whoever may decide is told by mail that actions wait: not of each, and not too often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from actions.models import Call, Notice
from actions.notices.sending import mail_what_waits


@pytest.fixture
def otto(db) -> User:
    return User.objects.create_user("otto", "otto@shop.example", role="editor", language="fr")


def waits(action: str = "refund") -> Call:
    return Call.objects.create(action=action, state="waiting", at=timezone.now(), given={"email": "l@x.org"})


def test_those_who_may_decide_are_told_where(otto, marie, post_office) -> None:
    User.objects.create_user("gone", "gone@shop.example", role="admin", is_active=False)
    User.objects.create_user("mute", "", role="admin")
    User.objects.filter(pk=marie.pk).update(email="marie@shop.example")  # an agent decides nothing
    waits(), waits(), waits("erase")
    assert mail_what_waits() == 1
    (mail,) = post_office.mails()
    assert mail["To"] == "otto@shop.example" and "3 actions" in mail["Subject"]
    text = mail.get_body(("plain",)).get_content()
    assert "refund (2)" in text and "/admin/actions/call/approvals/" in text and "l@x.org" not in text


def test_the_next_mail_waits_and_tells_only_of_something_new(otto, post_office) -> None:
    waits()
    assert mail_what_waits() == 1
    waits()
    assert mail_what_waits() == 0
    Notice.objects.update(due_at=timezone.now())
    assert mail_what_waits() == 1
    Notice.objects.update(due_at=timezone.now())
    assert mail_what_waits() == 0
    assert len(post_office.taken) == 2


def test_what_was_decided_meanwhile_is_not_told(otto, post_office) -> None:
    Call.objects.filter(pk=waits().pk).update(state="done")
    assert mail_what_waits() == 0 and not post_office.taken


def test_it_can_be_switched_off(otto, post_office, settings) -> None:
    settings.APPROVAL_MAILS = False
    waits()
    assert mail_what_waits() == 0


def test_a_mail_server_that_fails_is_tried_again_later(otto, post_office) -> None:
    post_office.data.append("451 later")
    waits()
    assert mail_what_waits() == 0
    assert Notice.objects.get().error.startswith("message_refused")
    Notice.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert mail_what_waits() == 1


def test_a_worker_that_writes_it_keeps_others_off(otto, post_office) -> None:
    waits()
    mail_what_waits()
    Notice.objects.update(upto=0, due_at=timezone.now() + timedelta(minutes=5))  # another one is at it
    assert mail_what_waits() == 0 and len(post_office.taken) == 1
