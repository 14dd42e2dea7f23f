"""Customers attach files: by the paper clip, by dropping, by pasting; with what goes wrong on the way."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.models import Assistant
from conversations.models import Attachment, Message
from flows import publishing
from tests.browser.asking import answer, ask, look_at, online
from tests.browser.conftest import NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from tests.browser.test_keyboard import tab_to
from tests.conversations.files import PAGE, PDF, photo, picture
from tests.flows.test_files_for_slots import CLAIM

ARRIVED = 20_000
DROP = """([data, name, type]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  const told = { dataTransfer: transfer, bubbles: true, cancelable: true };
  const tell = (kind, target) => target.dispatchEvent(new DragEvent(kind, told));
  tell("dragenter", document.body);
  const shown = !document.getElementById("drop").hidden;
  tell("dragover", document.body);
  tell("drop", document.getElementById("thread-frame"));
  return shown && document.getElementById("drop").hidden;
}"""
PASTE = """([data, name, type]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  return !document.getElementById("say").dispatchEvent(pasted);
}"""


def attach(page: Page, name: str, data: bytes, kind: str = "image/jpeg") -> None:
    page.locator("#files").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def arrived(page: Page, count: int = 1) -> None:
    expect(page.locator('.tray__file[data-state="done"]')).to_have_count(count, timeout=ARRIVED)


def handed(data: bytes, name: str, kind: str) -> list[str]:
    return [base64.b64encode(data).decode(), name, kind]


@pytest.fixture
def carla(new_page: NewPage) -> Page:
    page = new_page()
    online(page)
    return page


def test_a_picture_and_a_document_go_with_words(carla: Page) -> None:
    attach(carla, "lamp.jpg", photo())
    attach(carla, "invoice.pdf", PDF, "application/pdf")
    arrived(carla, 2)
    expect(carla.locator(".tray__picture canvas")).to_have_count(1)
    ask(carla, "It arrived like this")
    sent = carla.locator("article.message--customer[data-message]")
    expect(sent).to_contain_text("It arrived like this", timeout=ARRIVED)
    shown = sent.locator("img.file__picture")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(image) => image.naturalWidth") == 360
    expect(carla.locator("#tray")).to_be_hidden()
    with carla.expect_download() as download:
        sent.get_by_role("link", name="invoice.pdf").click()
    assert download.value.suggested_filename == "invoice.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    expect(answer(carla)).to_contain_text("I cannot look into what you sent")


def test_a_file_alone_can_be_sent_and_staff_see_it(carla: Page, inbox: Page) -> None:
    attach(carla, "lamp.jpg", picture())
    arrived(carla)
    carla.get_by_role("button", name="Send", exact=True).click()
    expect(answer(carla)).to_contain_text("I have received lamp.jpg.")
    inbox.reload()
    look_at(inbox)
    shown = inbox.locator("img.file__picture")
    expect(shown).to_have_js_property("naturalWidth", 480, timeout=ARRIVED)


def test_it_is_dropped_or_pasted(carla: Page) -> None:
    assert carla.evaluate(DROP, handed(picture(), "dropped.jpg", "image/jpeg"))
    assert carla.evaluate(PASTE, handed(picture("PNG"), "image.png", "image/png"))
    arrived(carla, 2)
    expect(carla.locator("#tray")).to_contain_text("dropped.jpg")
    expect(carla.locator("#tray")).to_contain_text("image.png")


def test_it_is_taken_out_again_without_a_mouse(carla: Page) -> None:
    attach(carla, "lamp.jpg", picture())
    arrived(carla)
    carla.locator("#thread-frame").focus()
    tab_to(carla, "[data-remove]")
    carla.keyboard.press("Enter")
    expect(carla.locator(".tray__file")).to_have_count(0)
    expect(carla.get_by_label("Your message")).to_be_focused()
    expect(carla.locator("#announcer")).to_have_text("lamp.jpg is removed")
    expect(carla.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    carla.wait_for_timeout(500)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "kind", "said"),
    [
        ("empty.png", b"", "image/png", "empty.png: The file is empty. Choose another one."),
        ("huge.jpg", bytes(10_000_001), "image/jpeg", "The file is larger than 10 MB. Send a smaller one."),
        ("letter.docx", b"PK", "application/x", "This kind of file cannot be sent. Send a picture, a PDF or"),
        ("page.png", PAGE, "image/png", "page.png: This kind of file cannot be sent."),
        ("torn.jpg", picture()[:3000], "image/jpeg", "torn.jpg: The file could not be read."),
    ],
)
def test_what_cannot_be_sent_is_said_with_what_to_do(
    carla: Page, name: str, data: bytes, kind: str, said: str
) -> None:
    attach(carla, name, data, kind)
    expect(carla.get_by_role("alert").filter(has_text=said)).to_be_visible(timeout=ARRIVED)
    expect(carla.locator(".tray__file")).to_have_count(0)


def test_no_more_files_than_fit(carla: Page) -> None:
    Assistant.objects.update(most_files=1)
    carla.reload()
    online(carla)
    attach(carla, "a.jpg", picture())
    attach(carla, "b.jpg", picture())
    expect(carla.locator("#tray-trouble")).to_have_text("b.jpg: No more than 1 file fits into one message.")
    arrived(carla)


def test_the_limits_are_told_before(carla: Page) -> None:
    button = carla.get_by_role("button", name="Attach a file")
    limits = "Pictures, PDF and text, up to 10 MB each, 5 files at once"
    expect(button).to_have_accessible_description(limits)
    button.hover()
    expect(carla.get_by_text(limits).first).to_be_visible()


def test_it_comes_back_after_a_lost_connection(carla: Page) -> None:
    cut = {"times": 1}

    def lose(route: Route) -> None:
        if route.request.method == "POST" and cut["times"]:
            cut["times"] -= 1
            route.abort()
        else:
            route.continue_()

    carla.route("**/chat/files/", lose)
    attach(carla, "lamp.jpg", picture())
    arrived(carla)
    assert Attachment.objects.count() == 1


def test_one_that_stays_lost_waits_to_be_tried_again(carla: Page) -> None:
    carla.clock.install()
    carla.route("**/chat/files/", lambda route: route.abort())
    attach(carla, "lamp.jpg", picture())
    lost = carla.locator('.tray__file[data-state="lost"]')
    for _attempt in range(60):  # each fails in its own time, and is followed by a pause on the page's clock
        carla.clock.run_for(20_000)
        if lost.count():
            break
        carla.wait_for_timeout(20)
    expect(lost).to_contain_text("Not sent: no connection")
    carla.unroute("**/chat/files/")
    lost.get_by_role("button", name="Try again").click()
    arrived(carla)


def test_what_was_uploaded_survives_a_reload(carla: Page) -> None:
    attach(carla, "lamp.jpg", picture())
    arrived(carla)
    carla.reload()
    online(carla)
    arrived(carla)
    expect(carla.locator(".tray__picture img")).to_have_js_property("naturalWidth", 480)
    carla.get_by_role("button", name="Send", exact=True).click()
    expect(carla.locator("article.message--customer[data-message] .file")).to_be_visible(timeout=ARRIVED)


def test_a_token_that_has_expired_is_renewed(carla: Page) -> None:
    refused = {"times": 1}

    def expire(route: Route) -> None:
        if refused["times"]:
            refused["times"] -= 1
            route.fulfill(status=401, json={"code": "expired", "text": "x"})
        else:
            route.continue_()

    carla.route("**/chat/files/", expire)
    attach(carla, "lamp.jpg", picture())
    arrived(carla)


def test_without_files_there_is_no_button(carla: Page) -> None:
    Assistant.objects.update(takes_pictures=False, takes_documents=False)
    carla.reload()
    online(carla)
    expect(carla.locator("#attach")).to_have_count(0)
    ask(carla, "How do I send a parcel back?")
    answer(carla)


def test_a_flow_asks_for_a_picture_and_gets_it(carla: Page) -> None:
    publishing.publish(publishing.create_flow(CLAIM, author=None).pk, author=None)
    ask(carla, "Something arrived broken")
    chip = answer(carla).get_by_role("button", name="Send a picture")
    expect(chip).to_be_visible()
    with carla.expect_file_chooser() as choosing:
        chip.click()
    choosing.value.set_files({"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    arrived(carla)
    carla.get_by_role("button", name="Send", exact=True).click()
    expect(answer(carla)).to_contain_text("Which order?", timeout=ARRIVED)
    expect(carla.get_by_role("button", name="Send a picture")).to_be_hidden()
    assert Message.objects.filter(kind="customer").count() == 2


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_use_it(new_page: NewPage, look: dict[str, object]) -> None:
    page = new_page(**look)
    page.locator("#state-dot[data-state=online]").wait_for()
    attach(page, "a photo of a lamp with quite a long name.jpg", photo())
    arrived(page)
    attach(page, "empty.png", b"", "image/png")
    expect(page.locator("#tray-trouble")).to_be_visible()
    assert_clean(page)
    page.locator("#send").click()
    answer(page)
    assert_clean(page)
