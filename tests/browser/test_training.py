"""The pages of training, by keyboard: a training is followed, compared, used; a message is approved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message
from conversations.posting import record
from tests.access.rows import drawn
from tests.browser.conftest import PASSWORD, NewPage
from tests.browser.test_everyone_can_read_it import LOOKS, assert_clean
from training.customers.rows import CustomerExample
from training.models import Training

PAGE = "/staff/training/"
WRONG = {"text": "bring it back to you", "label": "hello", "began": ""}
EACH = {"examples": 12, "right": 9, "missed": 3, "taken_for": {}}


@pytest.fixture
def candidate(shop: str) -> Training:
    """Beside one that is in use; it is worse."""
    drawn()
    each = {"hello": EACH, "bye": {**EACH, "right": 12, "missed": 0}}
    figures = {"right": 0.75, "begun": 0.8, "left_alone": 0.98, "samples": 60, "flows": 2, "each": each}
    report = {
        "mistakes": [{**WRONG, "text": f"{WRONG['text']} {at}"} for at in range(3)],
        "mixed": [["hello", "", 3]],
        "held_out": [WRONG],
        "curve": {"folds": [[0.3, 0.5], [0.4, 0.6], [0.6, 0.7], [0.7, 0.8], [0.7, 0.9]],
                  "flows": {"hello": [3, 5, 6, 8, 9], "bye": [8, 9, 10, 12, 12]}},
        "calibration": {"error": 0.1, "mended": 0.02, "temperature": 0.6,
                        "parts": [{"likely": 0.5, "right": 10, "asked": 20},
                                  {"likely": 0.9, "right": 38, "asked": 40}]},
    }  # fmt: skip
    facts = {"learned_from": {"hello": {"en": 12}, "bye": {"en": 12}}, "figures": figures}
    present = Training.objects.create(state="in_use", why="first", report=report, **facts)
    compared = {"number": present.pk, "pairs": {"both": 30, "present": 5}, "left_out": 1, "better": [],
                "worse": [{**WRONG, "before": "hello"}]}  # fmt: skip
    return Training.objects.create(
        state="candidate",
        why="worse",
        facts={"number": present.pk},
        report={**report, "compared": compared},
        **facts,
    )


def test_a_training_is_asked_for_and_followed(lea: Page, candidate: Training) -> None:
    lea.goto(PAGE)
    lea.get_by_role("button", name="Train now").focus()
    lea.keyboard.press("Enter")
    running = lea.locator("[data-running]")
    expect(running).to_contain_text("waits")
    Training.objects.open().update(state="running", done=30, total=60)
    expect(running).to_contain_text("50%", timeout=15_000)
    running.get_by_role("button", name="Cancel").focus()
    lea.keyboard.press("Enter")
    expect(lea.get_by_text("It is cancelled.")).to_be_visible()
    expect(running).to_have_count(0)


def test_a_candidate_is_looked_at_and_set_aside(lea: Page, candidate: Training) -> None:
    lea.goto(PAGE)
    lea.get_by_role("link", name="Compare, and decide").focus()
    lea.keyboard.press("Enter")
    expect(lea.get_by_role("heading", name="The new one is worse")).to_be_visible()
    expect(lea.locator(".training__texts")).to_contain_text("bring it back to you")
    lea.locator(".matrix__wrong").first.click()
    expect(lea.get_by_role("heading", name="that begin “No flow”")).to_be_visible()
    expect(lea.locator("main")).to_contain_text("bring it back to you 2")
    lea.go_back()
    lea.get_by_role("button", name="Set it aside").focus()
    lea.keyboard.press("Enter")
    expect(lea.get_by_text("stays in the register")).to_be_visible()


def test_a_message_is_approved_in_one_click(lea: Page, candidate: Training) -> None:
    example = _waiting()
    lea.goto(PAGE)
    lea.get_by_role("link", name="Customers’ messages 1").click()
    lea.get_by_role("button", name="Hello").focus()
    lea.keyboard.press("Enter")
    expect(lea.get_by_text("Approved: it is learned within a minute.")).to_be_visible()
    example.refresh_from_db()
    assert (example.state, example.label) == ("approved", "hello")


def _waiting() -> CustomerExample:
    carla = Customer.objects.create(name="Carla")
    talk = Conversation.objects.create(assistant=Assistant.objects.all()[0], customer=carla)
    with record(talk.pk) as writing:
        said = writing.post(kind=Message.Kind.CUSTOMER, text="hi you there")
    return CustomerExample.objects.create(
        message=said, text="hi you there", language="en", reason="taken", suggested="hello", close=["hello"]
    )


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(new_page: NewPage, candidate: Training, look: dict[str, object]) -> None:
    _waiting()
    User.objects.create_user("lea", password=PASSWORD, role=Role.EDITOR)
    page = new_page(PAGE, **look)
    page.locator("[name=username]").fill("lea")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".training__register").wait_for()
    assert_clean(page)
    for path in (f"{candidate.pk}/", f"{candidate.pk}/mixed/", "messages/"):
        page.goto(PAGE + path)
        page.locator("h1").wait_for()
        assert_clean(page)
