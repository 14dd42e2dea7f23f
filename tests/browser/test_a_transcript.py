"""The customer keeps what was said: a file, and a mail that a worker sends through a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conversations.models import TranscriptMail
from tests.browser.asking import answer, ask, online
from tests.browser.conftest import QUESTION, NewPage, running_product
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_keyboard import tab_to
from tests.conversations.processes import Child, Count, eventually, running
from tests.conversations.transcripts import somebody
from tests.mailserver import MailServer, mail_server

PATIENCE = 60.0
WORKER = ["-m", "celery", "-A", "chatbot", "worker", "--loglevel", "INFO", "--concurrency", "1"]
WORKER += ["--without-gossip", "--without-mingle"]


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def product(
    django_db_setup: None, post_office: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """With a mail server and a worker."""
    folder = tmp_path_factory.mktemp("transcript")
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}", "DEFAULT_FROM_EMAIL": "help@shop.example"}
    worker = Child(WORKER, log=folder / "worker.log", ready=lambda: True, CELERY_SKIP_CHECKS="1", **mail)
    with running_product(folder, **mail) as address, running(worker):
        ready = Count(folder / "worker.log", " ready.")
        eventually(ready.grown, within=PATIENCE, what=f"the worker: {folder / 'worker.log'}")
        yield address


def asked(page: Page) -> Page:
    ask(page, QUESTION)
    answer(page)
    return page


def opened(page: Page) -> Page:
    page.get_by_role("button", name="Transcript").click()
    expect(page.get_by_role("dialog", name="Transcript")).to_be_visible()
    return page


def test_it_is_offered_once_something_was_said(new_page: NewPage) -> None:
    page = new_page()
    online(page)
    button = page.get_by_role("button", name="Transcript")
    expect(button).to_be_hidden()
    asked(page)
    expect(button).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(button).to_be_hidden()


def test_it_is_downloaded_with_the_times_of_the_page(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(asked(new_page(timezone_id="Asia/Tokyo")))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.startswith("luce-20")
    text = Path(download.value.path()).read_text()
    assert QUESTION in text
    assert "Print the label" in text
    assert "Asia/Tokyo" in text
    assert "/help/en/" in text[text.index("Sources") :]


def test_it_arrives_by_mail_without_a_mouse(new_page: NewPage, post_office: MailServer) -> None:
    page, carla = asked(new_page()), somebody()
    page.locator("#thread-frame").focus()
    tab_to(page, "#transcript")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Transcript")).to_be_visible()
    tab_to(page, "#transcript-email")
    page.keyboard.type(carla)
    page.keyboard.press("Enter")
    done = page.locator("#transcript-done")
    expect(done).to_contain_text(f"We are sending the transcript to {carla} now.")
    expect(done).to_be_focused()
    eventually(
        lambda: any(carla in mail.rcpt_tos for mail in post_office.taken), within=PATIENCE, what="the mail"
    )
    mail = post_office.mails()[-1]
    assert QUESTION in mail.get_body(("plain",)).get_content()
    eventually(lambda: TranscriptMail.objects.get().state == "sent", within=10, what="the note of it")
    assert TranscriptMail.objects.get().email == ""
    page.keyboard.press("Escape")
    expect(page.locator("#transcript")).to_be_focused()


def test_what_goes_wrong_is_said_at_the_field_and_can_be_mended(
    new_page: NewPage, post_office: MailServer
) -> None:
    page = opened(asked(new_page()))
    field, error = page.get_by_label("Or by e-mail, to this address"), page.locator("#transcript-error")
    send = page.get_by_role("button", name="Send", exact=True).last
    send.click()
    expect(error).to_have_text("Please write an e-mail address such as name@example.org.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("root@localhost")
    send.click()
    expect(error).to_have_text("We cannot send mail to this address. Please check it.")
    field.fill(somebody())
    page.context.set_offline(True)
    send.click()
    expect(error).to_contain_text("This could not be sent. Check your connection")
    page.context.set_offline(False)
    send.click()
    expect(page.locator("#transcript-done")).to_be_visible()
    expect(error).to_be_hidden()
    assert TranscriptMail.objects.count() == 1


def test_a_mailbox_that_does_not_exist_is_told_in_the_conversation(
    new_page: NewPage, post_office: MailServer
) -> None:
    post_office.rcpt = ["550 5.1.1 no such user"]
    page = opened(asked(new_page()))
    page.get_by_label("Or by e-mail, to this address").fill(somebody())
    page.keyboard.press("Enter")
    said = "The transcript could not be sent by e-mail. Download it, or try another address."
    expect(page.locator(".thread").get_by_text(said)).to_be_attached(timeout=PATIENCE * 1000)


@pytest.mark.parametrize("look", LOOKS)
def test_everyone_can_read_it(new_page: NewPage, look: str) -> None:
    page = new_page("/", **LOOKS[look])
    page.locator("#say").fill(QUESTION)
    page.keyboard.press("Enter")
    answer(page)
    assert_clean(page)
    page.locator("#transcript").click()
    assert_clean(page)
    page.locator("#transcript-send").click()
    expect(page.locator("#transcript-error")).to_be_visible()
    assert_clean(page)
    page.locator("#transcript-email").fill(somebody())
    page.locator("#transcript-send").click()
    page.locator("#transcript-done").wait_for()
    assert_clean(page)
