"""Mails of what was not seen: soon when somebody is away, once a day where that was chosen, never twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Http
from django.utils import timezone

from accounts.models import User
from conversations.models import NoticeMail, Notification
from conversations.notifying import telling
from conversations.notifying.choosing import Choice, be_here, choices_of, choose
from conversations.notifying.sending import gather, queue
from conversations.notifying.telling import see, tell
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reachable(marie: User, post_office: MailServer) -> None:
    marie.email = "marie@shop.example"
    marie.save()


def told(user: User, number: int = 1, **more: Any) -> Notification:
    facts = {"kind": "reply", "about": f"x:{number}", "link": "/staff/", "words": f"Thing {number}"}
    tell(user, **facts | more)
    return Notification.objects.get(user=user, about=f"x:{number}", seen_at=None)


def send_now(*, later: timedelta = timedelta(minutes=2)) -> int:
    """As if so much time had gone by."""
    for row in Notification.objects.exclude(mail_due_at=None):
        Notification.objects.filter(pk=row.pk).update(mail_due_at=row.mail_due_at - later)
    gather()
    return sum(queue.send(pk) for pk in NoticeMail.objects.values_list("pk", flat=True))


def test_what_comes_together_makes_one_mail_and_is_told_once(marie: User, post_office: MailServer) -> None:
    told(marie, 1)
    told(marie, 2)
    assert send_now(later=timedelta()) == 0
    assert send_now() == 1 and send_now() == 0
    told(marie, 1)  # news of the same, which they have not seen yet
    assert send_now() == 0
    [mail] = post_office.mails()
    assert (mail["To"], mail["Subject"]) == ("marie@shop.example", "2 things wait for you")
    text = mail.get_body(("plain",)).get_content()
    assert "Thing 1" in text and "Thing 2" in text and "/staff/" in text


def test_whoever_is_here_has_time_to_see_it(marie: User, post_office: MailServer) -> None:
    be_here(marie)
    told(marie)
    assert send_now() == 0
    assert send_now(later=timedelta(minutes=14)) == 1


def test_what_was_seen_needs_no_mail(marie: User, post_office: MailServer) -> None:
    told(marie)
    see(marie)
    assert send_now() == 0
    told(marie, 2)
    Notification.objects.update(mail_due_at=timezone.now())
    gather()
    see(marie)
    assert sum(queue.send(pk) for pk in NoticeMail.objects.values_list("pk", flat=True)) == 0
    assert NoticeMail.objects.get().state == "needless" and not post_office.mails()


def test_once_a_day_is_in_the_morning(marie: User, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Paris"
    timezone.get_default_timezone.cache_clear()  # type: ignore[attr-defined]
    paris = ZoneInfo("Europe/Paris")
    for hour, day in ((7, 29), (9, 30)):
        now = datetime(2026, 11, 29, hour, tzinfo=paris)
        assert telling._next_morning(now) == datetime(2026, 11, day, 8, tzinfo=paris)
    choose(marie, {"reply": Choice(True, "daily")})
    due = told(marie).mail_due_at
    assert due is not None and due.astimezone(paris).hour == 8
    timezone.get_default_timezone.cache_clear()  # type: ignore[attr-defined]


def test_a_refusing_server_is_tried_again(marie: User, post_office: MailServer) -> None:
    post_office.data = ["451 Try again later"]
    told(marie)
    assert send_now() == 1 and not post_office.mails()
    NoticeMail.objects.update(due_at=timezone.now())
    assert queue.send(NoticeMail.objects.get().pk) and len(post_office.mails()) == 1


def test_a_press_in_the_mail_program_stops_them(marie: User, post_office: MailServer) -> None:
    told(marie)
    send_now()
    [mail] = post_office.mails()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    anybody = Http(enforce_csrf_checks=True)
    assert "Send me none" in anybody.get(path).text
    assert choices_of(marie)["reply"].mail == "away"  # looking does nothing
    assert "no more mails" in anybody.post(path, {"List-Unsubscribe": "One-Click"}).text
    assert {choice.mail for choice in choices_of(marie).values()} == {"never"}
    assert choices_of(marie)["reply"].browser
    assert anybody.post(path[:-5] + "AAAA/").status_code == 404


def test_nobody_without_an_address_is_written_to(marie: User, post_office: MailServer) -> None:
    User.objects.update(email="")
    marie.refresh_from_db()
    assert told(marie).mail_due_at is None
