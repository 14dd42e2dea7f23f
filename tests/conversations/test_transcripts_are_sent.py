"""A transcript that was asked for arrives once, through a real mail server, or is given up aloud."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from django.utils import timezone
from django.utils.translation import override

from chatbot import mail_queue, mailing
from chatbot.celery import app
from chatbot.mail_queue import MOST_ATTEMPTS, PAUSES
from conversations.models import Conversation, Message, TranscriptMail
from conversations.transcripts.sending import queue
from conversations.transcripts.writing import mail_of
from conversations.viewing import look
from tests.conversations.processes import free_port
from tests.conversations.transcripts import ADDRESS, SHOP, asked, somebody
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def now(mail: TranscriptMail) -> TranscriptMail:
    mail.refresh_from_db()
    return mail


def wait(mail: TranscriptMail) -> None:
    """Until it may be tried again."""
    TranscriptMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())


def told(conversation: Conversation) -> list[str]:
    """The lines that say that a transcript could not be sent."""
    lines = Message.objects.filter(conversation=conversation, data__code="transcript_failed")
    return [message.kind for message in lines]


def only(post_office: MailServer) -> EmailMessage:
    (mail,) = post_office.mails()
    return mail


def test_it_arrives_as_text_and_html_and_the_address_is_forgotten(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    carla = somebody()
    row = asked(talk, carla, time_zone="Europe/Paris")
    assert queue.send(row.pk)
    assert post_office.taken[0].rcpt_tos == [carla]
    assert post_office.taken[0].mail_from == "help@shop.example"
    mail = only(post_office)
    assert (mail["To"], mail["From"], mail["Subject"]) == (carla, SHOP, "Your conversation with Ada")
    text, html = (part.get_content() for part in mail.iter_parts())
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "You, 12:05" in text
    source = f"[1] Returns · How to send it back\n    {ADDRESS}/help/en/1-returns/#how"
    assert source in text.replace("\r\n", "\n")
    assert "the address has not been kept" in text
    assert "<strong>thirty days</strong>" in html
    assert (now(row).state, row.email, row.attempts, row.error) == ("sent", "", 1, "")
    assert row.ended_at is not None


def test_its_headers_are_those_of_a_machine_that_wants_no_answer(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    row = asked(talk)
    queue.send(row.pk)
    mail = only(post_office)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<transcript-{row.pk}@shop.example>"
    assert abs(mail["Date"].datetime.replace(tzinfo=UTC) - timezone.now()) < timedelta(minutes=1)
    assert mail["Content-Language"] == "en"
    raw = bytes(post_office.taken[0].content or b"")
    assert raw.isascii(), "seven bits pass every server"
    assert max(map(len, raw.splitlines())) <= 998


def test_it_speaks_the_language_in_which_it_was_asked_for(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    with override("fr"):
        row = asked(talk)
    queue.send(row.pk)
    mail = only(post_office)
    assert mail["Subject"] == "Votre conversation avec Ada"
    assert mail["Content-Language"] == "fr"
    assert '<html lang="fr"' in mail.get_body(("html",)).get_content()


def test_a_name_with_line_breaks_makes_no_header(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    talk.assistant.name = "Ada\r\nBcc: victim@example.org"
    talk.assistant.save()
    queue.send(asked(talk).pk)
    assert only(post_office)["Bcc"] is None
    assert only(post_office)["Subject"] == "Your conversation with Ada Bcc: victim@example.org"


def test_a_task_that_is_delivered_twice_sends_one_mail(talk: Conversation, post_office: MailServer) -> None:
    row = asked(talk)
    assert [queue.send(row.pk), queue.send(row.pk)] == [True, False]
    assert len(post_office.taken) == 1


def test_while_one_worker_sends_it_no_other_does(talk: Conversation, post_office: MailServer) -> None:
    row = asked(talk)
    assert queue.take(row.pk) is not None
    assert not queue.send(row.pk)
    assert post_office.taken == []


def test_repeating_the_wish_sends_one_mail(talk: Conversation, post_office: MailServer) -> None:
    wish, carla = uuid4(), somebody()
    rows = {asked(talk, carla, client_id=wish).pk for _ in range(9)}
    assert len(rows) == 1
    assert TranscriptMail.objects.count() == 1


def test_a_server_that_asks_for_patience_is_asked_again_later(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    post_office.rcpt, carla = ["451 4.7.1 greylisted, come back later"], somebody()
    row = asked(talk, carla)
    queue.send(row.pk)
    assert (now(row).state, row.email, row.error) == ("queued", carla, "recipient_refused 451")
    assert row.due_at > timezone.now() + PAUSES[0] - timedelta(seconds=20)
    assert not queue.send(row.pk), "not before it is due"
    wait(row)
    assert queue.send(row.pk)
    assert (now(row).state, row.email, row.attempts) == ("sent", "", 2)
    assert len(post_office.taken) == 1
    assert told(talk) == []


@pytest.mark.parametrize(
    ("rcpt", "data", "error"),
    [
        (["550 5.1.1 no such user"], [], "recipient_refused 550"),
        ([], ["554 5.7.1 this is spam"], "message_refused 554"),
    ],
)
def test_what_is_refused_for_good_is_given_up_and_the_customer_is_told(
    talk: Conversation,
    post_office: MailServer,
    rcpt: list[str],
    data: list[str],
    error: str,
) -> None:
    post_office.rcpt, post_office.data = rcpt, data
    row = asked(talk)
    queue.send(row.pk)
    assert (now(row).state, row.email, row.error, row.attempts) == ("failed", "", error, 1)
    assert told(talk) == ["event"]
    assert not queue.send(row.pk)
    assert post_office.asked == 1


def test_a_server_that_is_not_there_is_tried_for_half_a_day_and_then_given_up(
    talk: Conversation,
    post_office: MailServer,
    settings: Any,
) -> None:
    settings.EMAIL_PORT = free_port()
    row = asked(talk)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        wait(row)
        assert queue.send(row.pk)
        assert (now(row).attempts, row.error) == (attempt, "unreachable")
        assert row.state == ("failed" if attempt == MOST_ATTEMPTS else "queued")
    assert row.email == ""
    assert told(talk) == ["event"]
    assert timedelta(hours=6) < sum(PAUSES, timedelta()) < timedelta(days=1)


def test_no_log_says_to_whom_it_was_sent(
    talk: Conversation,
    post_office: MailServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    carla = somebody()
    post_office.rcpt = [f"450 <{carla}> is busy", f"550 <{carla}> is unknown"]
    row = asked(talk, carla)
    for _ in range(2):
        wait(row)
        queue.send(row.pk)
    ours = [line.getMessage() for line in caplog.records if line.name == "chatbot.mail_queue"]
    assert len(ours) == 2
    assert carla not in "".join(ours)
    assert carla not in now(row).error


def test_a_mail_whose_worker_died_is_due_again_and_has_the_same_id(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    row = asked(talk)
    dead = queue.take(row.pk)
    mailing.send(mail_of(dead))  # and then it died, before it could say so
    wait(row)
    assert queue.send(row.pk)
    first, second = post_office.mails()
    assert first["Message-ID"] == second["Message-ID"]
    assert not queue.end(dead, "failed"), "whoever was thought dead changes nothing any more"
    assert now(row).state == "sent"


def test_what_kills_every_worker_is_given_up_by_the_sweep(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    row = asked(talk)
    TranscriptMail.objects.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS)
    assert not queue.send(row.pk)
    queue.sweep()
    assert (now(row).state, row.email, row.error) == ("failed", "", "worker_stopped")
    assert told(talk) == ["event"]


def test_the_sweep_rings_for_what_is_due_and_only_now_and_then(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    row = asked(talk)
    assert queue.ring_waiting() == 0, "it was rung for when it was asked for"
    TranscriptMail.objects.filter(pk=row.pk).update(rung_at=timezone.now() - timedelta(minutes=2))
    assert queue.ring_waiting() == 1
    assert queue.ring_waiting() == 0
    TranscriptMail.objects.filter(pk=row.pk).update(rung_at=None, due_at=timezone.now() + timedelta(hours=1))
    assert queue.ring_waiting() == 0


def test_without_a_broker_it_is_written_down_and_waits(
    talk: Conversation,
    post_office: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    nowhere = Celery(broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False)
    monkeypatch.setattr(mail_queue, "current_app", nowhere)
    row = asked(talk)
    assert "The broker is away" in caplog.text
    assert now(row).state == "queued"


def test_everything_on_beats_schedule_is_a_task() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "conversations.tasks.sweep_transcripts" in scheduled
    assert scheduled <= set(app.tasks)


def test_a_conversation_that_is_deleted_takes_its_mails_along(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    row = asked(talk)
    Conversation.objects.filter(pk=talk.pk).delete()
    assert not queue.send(row.pk)


def test_the_line_of_a_failure_names_no_address_and_says_what_to_do(
    talk: Conversation,
    post_office: MailServer,
) -> None:
    post_office.rcpt = ["550 no"]
    queue.send(asked(talk).pk)
    shown = {
        audience: look(talk.pk, audience=audience, language="en").messages[-1]["text"]
        for audience in ("customer", "staff")
    }
    assert shown == {
        "customer": "The transcript could not be sent by e-mail. Download it, or try another address.",
        "staff": "The transcript could not be sent to the customer by e-mail",
    }
    assert not re.search("@", "".join(shown.values()))
