"""Over HTTP: a file for whoever has said something, a mail where one can be sent, not too many of either."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from conversations.models import Conversation, TranscriptMail
from conversations.tokens import COOKIE
from tests.access.world import cookie_of
from tests.conversations.transcripts import somebody
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(conversation: Conversation) -> Client:
    """Her browser, on an address of its own: the limits remember."""
    browser = Client(REMOTE_ADDR=f"fd00::{uuid4().hex[:4]}:{uuid4().hex[:4]}")
    browser.cookies[COOKIE] = cookie_of(conversation.customer_id)
    return browser


def place(conversation: Conversation) -> str:
    return f"/chat/transcripts/{conversation.pk}/"


def ask(browser: Client, conversation: Conversation, email: str = "", **more: Any) -> Any:
    wish = {"email": email or somebody(), "client_id": str(uuid4()), **more}
    return browser.post(place(conversation), wish, content_type="application/json")


def test_the_file_is_downloaded_under_a_name_and_never_shown_or_kept(
    carla: Client, talk: Conversation
) -> None:
    answer = carla.get(place(talk), {"time_zone": "Europe/Paris"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="ada-20')
    assert "no-store" in answer["Cache-Control"]
    assert "You, 12:05" in answer.content.decode()


def test_the_page_is_told_where_its_transcript_is(carla: Client, talk: Conversation) -> None:
    opened = carla.post("/chat/session/", {}, content_type="application/json").json()
    assert opened["transcript"] == place(talk)


def test_where_nothing_was_said_there_is_nothing_to_keep(
    carla: Client,
    conversation: Conversation,
    post_office: MailServer,
) -> None:
    assert carla.get(place(conversation)).status_code == 404
    answer = ask(carla, conversation)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_mail_is_promised_in_words_and_written_down(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
) -> None:
    answer = ask(carla, talk, " carla@home.example ", time_zone="Europe/Paris")
    assert answer.status_code == 202
    assert answer.json()["text"].startswith("We are sending the transcript to carla@home.example now.")
    row = TranscriptMail.objects.get()
    assert (row.email, row.language, row.time_zone) == ("carla@home.example", "en", "Europe/Paris")
    assert (row.state, row.attempts) == ("queued", 0)


def test_without_a_mail_server_it_is_refused_and_the_page_does_not_offer_it(
    carla: Client,
    talk: Conversation,
) -> None:
    answer = ask(carla, talk)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert "download the transcript" in answer.json()["text"]
    page = carla.get("/").content.decode()
    assert 'id="transcript-download"' in page
    assert 'id="transcript-form"' not in page


def test_with_a_mail_server_the_page_offers_both(
    carla: Client, talk: Conversation, post_office: MailServer
) -> None:
    page = carla.get("/").content.decode()
    assert 'id="transcript-download"' in page
    assert 'id="transcript-form"' in page


@pytest.mark.parametrize(
    "email", ["nobody", "a@b.example\nBcc: c@d.example", "a@b.example,c@d.example", "root@x"]
)
def test_what_is_no_address_is_refused_with_what_to_do(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
    email: str,
) -> None:
    answer = ask(carla, talk, email)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_address")
    assert answer.json()["text"] == "We cannot send mail to this address. Please check it."
    assert not TranscriptMail.objects.exists()


def statuses(answers: list[Any]) -> list[int]:
    return [answer.status_code for answer in answers]


def test_one_conversation_is_not_sent_again_and_again(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
    settings: Any,
) -> None:
    settings.TRANSCRIPTS_PER_HOUR = 2
    answers = [ask(carla, talk) for _ in range(4)]
    assert statuses(answers) == [202, 202, 429, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert "Try again in an hour" in answers[-1].json()["text"]
    assert TranscriptMail.objects.count() == 2


def test_one_browser_cannot_write_to_many_however_many_conversations_it_begins(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
    settings: Any,
) -> None:
    settings.TRANSCRIPTS_PER_HOUR_PER_ADDRESS = 3
    answers = [ask(carla, another(talk)) for _ in range(5)]
    assert statuses(answers) == [202, 202, 202, 429, 429]


def test_one_mailbox_is_not_filled_from_many_places(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
    settings: Any,
) -> None:
    settings.TRANSCRIPTS_PER_HOUR, victim = 2, somebody()
    answers = [
        carla.post(
            place(another(talk)),
            {"email": email, "client_id": str(uuid4())},
            content_type="application/json",
            REMOTE_ADDR=f"10.0.0.{number}",
        )
        for number, email in enumerate([victim, victim.upper(), victim])
    ]
    assert statuses(answers) == [202, 202, 429]


def another(talk: Conversation) -> Conversation:
    return Conversation.objects.create(
        assistant=talk.assistant, customer=talk.customer, last_message_at=talk.last_message_at
    )


def test_what_is_repeated_is_counted_once_and_promised_again(
    carla: Client,
    talk: Conversation,
    post_office: MailServer,
    settings: Any,
) -> None:
    settings.TRANSCRIPTS_PER_HOUR = 1
    wish, email = str(uuid4()), somebody()
    answers = [ask(carla, talk, email, client_id=wish) for _ in range(3)]
    assert statuses(answers) == [202, 202, 202]
    assert TranscriptMail.objects.count() == 1


def test_files_are_not_written_without_end_either(carla: Client, talk: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE = 2
    answers = [carla.get(place(talk)) for _ in range(3)]
    assert statuses(answers) == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
