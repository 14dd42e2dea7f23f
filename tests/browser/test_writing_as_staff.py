"""Where staff write: replies kept ready, and notes that call colleagues; by keyboard and by mouse."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from conversations import handoff
from conversations.models import CannedReply, Conversation, Desk, Mention, Message
from tests.browser.conftest import PASSWORD, NewPage
from tests.browser.test_everyone_can_read_it import ARRIVED, LOOKS, assert_clean
from tests.browser.test_working_in_the_inbox import talk

STORED = ".message--person[data-message]:not([data-message=''])"
GREETING = "Hello {first_name}, I am {agent}."


def answered() -> list[str]:
    return list(Message.objects.filter(kind="person").values_list("text", flat=True))


@pytest.fixture
def replies(shop: str) -> None:
    texts = {"en": GREETING, "fr": "Bonjour {first_name}"}
    CannedReply.objects.create(key="hello", title="A greeting", texts=texts, used=3)
    CannedReply.objects.create(key="order", title="Where it is", texts={"en": "Order {order} is on its way."})
    CannedReply.objects.create(key="bye", title="Au revoir", texts={"fr": "Bonne journée"})


@pytest.fixture
def carla(inbox: Page, replies: None) -> Page:
    """Carla's conversation, open."""
    opened(inbox, talk("Carla Bianchi"))
    return inbox


def opened(page: Page, conversation: Conversation) -> None:
    page.goto(f"/staff/conversations/{conversation.pk}/")
    page.locator("article[data-message]").first.wait_for()


def options(page: Page) -> list[str]:
    page.locator("#ready-list [role=option]:not([hidden])").first.wait_for()
    return page.locator("#ready-list [role=option]:visible .ready__title").all_inner_texts()


def test_a_reply_is_chosen_by_keyboard_and_sent(carla: Page) -> None:
    say = carla.locator("#say")
    say.focus()
    carla.keyboard.type("/")
    expect(carla.locator("#ready-search")).to_be_focused()
    assert options(carla) == ["A greeting", "Au revoir", "Where it is"]
    expect(carla.get_by_text("only in French")).to_be_visible()
    carla.keyboard.press("ArrowUp")
    expect(carla.locator("[aria-selected=true] .ready__title")).to_have_text("Where it is")
    carla.keyboard.type("Gréet")
    expect(carla.locator("#ready-search")).to_have_attribute(
        "aria-activedescendant", f"ready-{CannedReply.objects.get(key='hello').pk}"
    )
    carla.keyboard.press("Enter")
    expect(say).to_have_value("Hello Carla, I am Marie.")
    expect(say).to_be_focused()
    expect(carla.locator("#left")).to_be_hidden()
    carla.keyboard.press("Enter")
    expect(carla.locator(f"{STORED} .message__body")).to_have_text("Hello Carla, I am Marie.")
    assert answered() == ["Hello Carla, I am Marie."]
    assert CannedReply.objects.get(key="hello").used == 4


def test_a_slash_is_written_where_none_is_chosen(carla: Page) -> None:
    say = carla.locator("#say")
    say.focus()
    carla.keyboard.type("/nothing like it")
    expect(carla.locator("#ready-none")).to_contain_text("No reply has these words.")
    carla.keyboard.press("Enter")
    expect(carla.locator("#ready")).to_be_visible()
    carla.keyboard.press("Escape")
    expect(carla.locator("#ready")).to_be_hidden()
    carla.keyboard.type("7 days, and/or 8")
    expect(say).to_have_value("/7 days, and/or 8")
    assert answered() == []


def test_by_mouse_it_is_put_at_the_caret(carla: Page) -> None:
    say = carla.locator("#say")
    say.fill("Well: !")
    say.press("ArrowLeft")
    carla.get_by_role("button", name="Replies kept ready").click()
    carla.locator("#ready-list [role=option]", has_text="Au revoir").click()
    expect(say).to_have_value("Well: Bonne journée!")
    carla.get_by_role("button", name="Replies kept ready").click()
    carla.locator("#thread").click()
    expect(carla.locator("#ready")).to_be_hidden()
    carla.get_by_role("radio", name="Note").check(force=True)
    expect(carla.locator("#open-ready")).to_be_hidden()


def test_what_is_not_filled_in_is_shown_and_asked_about(carla: Page) -> None:
    say = carla.locator("#say")
    say.focus()
    carla.keyboard.type("/order")
    options(carla)
    carla.keyboard.press("Enter")
    expect(carla.locator("#left")).to_contain_text("Still to fill in: {order}")
    assert say.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == "{order}"
    carla.keyboard.press("Enter")
    asks = carla.get_by_role("dialog", name="Send it as it is?")
    expect(asks).to_contain_text("{order}")
    carla.keyboard.press("Enter")  # the button that does no harm has the focus
    expect(asks).to_be_hidden()
    assert answered() == []
    carla.keyboard.type("1234")
    expect(say).to_have_value("Order 1234 is on its way.")
    expect(carla.locator("#left")).to_be_hidden()
    carla.keyboard.press("Enter")
    expect(carla.locator(STORED)).to_have_count(1)
    say.fill("Write {name} there")
    carla.keyboard.press("Enter")
    carla.get_by_role("button", name="Send as it is").click()
    expect(carla.locator(STORED)).to_have_count(2)
    expect(say).to_have_value("")
    assert answered() == ["Order 1234 is on its way.", "Write {name} there"]


def test_nothing_of_a_long_text_is_lost(carla: Page) -> None:
    say = carla.locator("#say")
    say.fill("x" * 4_002)
    expect(carla.locator("#count")).to_have_text("-2")
    say.press("Enter")
    expect(carla.locator("#trouble")).to_contain_text("longer than it may be, by 2 letters")
    assert len(say.input_value()) == 4_002
    carla.get_by_role("radio", name="Note").check(force=True)
    say.press("Enter")
    expect(carla.locator(".message--note")).to_have_count(1)
    say.fill("y" * 10_001)
    say.press("Enter")
    expect(carla.locator("#trouble")).to_contain_text("by 1 letter.")
    assert len(say.input_value()) == 10_001
    assert answered() == []


@pytest.fixture
def paul(shop: str) -> User:
    return User.objects.create_user("paul", first_name="Paul", last_name="Lefèvre", password=PASSWORD)


def signed_in(new_page: NewPage, name: str) -> Page:
    page = new_page("/staff/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Inbox").wait_for()
    return page


def test_a_colleague_is_called_and_sees_it(carla: Page, paul: User, new_page: NewPage) -> None:
    other = signed_in(new_page, "paul")
    expect(other.locator("#mentions-count")).to_be_hidden()
    carla.reload()
    carla.locator("article[data-message]").first.wait_for()
    carla.get_by_role("radio", name="Note").check(force=True)
    carla.locator("#say").focus()
    carla.keyboard.type("Ask @lefe")
    expect(carla.locator("#mention-list")).to_be_visible()
    carla.keyboard.press("Enter")
    expect(carla.locator("#say")).to_have_value("Ask @paul ")
    carla.keyboard.type("or a@b, @")
    expect(carla.locator("#mention-list")).to_be_visible()
    carla.keyboard.press("Escape")
    carla.keyboard.press("Enter")
    expect(carla.locator(".mention")).to_have_text("@Paul Lefèvre")
    expect(other.locator("#mentions-count")).to_contain_text("@1")
    other.locator("#more-views summary").click()
    other.get_by_role("link", name="Mentions 1").click()
    expect(other.get_by_text("@ mentions you")).to_be_visible()
    other.locator(".row").first.click()
    expect(other.locator(".mention--me")).to_have_text("@Paul Lefèvre")
    expect(other.locator("#mentions-count")).to_be_hidden()
    # While he has it open, he sees it as it comes.
    carla.keyboard.type("@paul again")
    carla.keyboard.press("Escape")
    carla.keyboard.press("Enter")
    expect(other.locator(".mention--me")).to_have_count(2)
    expect(other.locator("#mentions-count")).to_be_hidden()
    other.wait_for_timeout(500)
    assert not Mention.objects.filter(seen_at=None).exists()


def test_customers_see_no_note(carla: Page, paul: User) -> None:
    found = Conversation.objects.get(customer__name="Carla Bianchi")
    handoff.add_note(conversation_id=found.pk, user=paul, text="@marie <img src=x>", client_id=uuid4())
    expect(carla.locator(".mention--me")).to_have_text("@Marie")
    assert carla.locator(".message--note img").count() == 0


def test_a_reply_is_written_tried_and_deleted(inbox: Page) -> None:
    inbox.goto("/staff/replies/")
    inbox.get_by_role("link", name="New reply").click()
    inbox.get_by_label("Title").fill("Café hours")
    inbox.get_by_label("Text in English").fill("Dear ")
    expect(inbox.locator("#preview-en")).to_contain_text("Dear")  # the page's scripts have run
    inbox.get_by_role("button", name="{first_name}").click()
    inbox.keyboard.type(", we open at **9**. {order}")
    expect(inbox.locator("#preview-en strong")).to_have_text("9")
    expect(inbox.locator("#preview-en")).to_contain_text("Dear Camille")
    expect(inbox.locator("#preview-en .notice")).to_contain_text("{order}")
    inbox.get_by_role("button", name="Save").click()
    inbox.get_by_text("The reply “Café hours” is saved.").wait_for()
    assert CannedReply.objects.get().key == "cafe-hours"
    inbox.get_by_role("link", name="Café hours").click()
    inbox.get_by_role("button", name="Delete").click()
    inbox.get_by_role("button", name="Keep it").click()
    inbox.get_by_role("button", name="Delete").click()
    inbox.get_by_role("dialog").get_by_role("button", name="Delete").click()
    inbox.get_by_text("is deleted.").wait_for()
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_everyone_can_read_it(carla: Page, paul: User, new_page: NewPage, look: dict[str, object]) -> None:
    found = Conversation.objects.get(customer__name="Carla Bianchi")
    text = "@marie and @paul: look"
    handoff.add_note(conversation_id=found.pk, user=paul, text=text, client_id=uuid4())
    mine = CannedReply.objects.create(
        key="m", title="M" * 120, texts={"en": "x" * 300}, owner=User.objects.get(username="marie")
    )
    page = new_page("/staff/?show=mentions", storage_state=carla.context.storage_state(), **look)
    assert_clean(page)
    opened(page, found)
    page.locator("#say").focus()
    page.keyboard.type("/")
    options(page)
    assert_clean(page)
    page.keyboard.type("order")
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_be_visible()
    assert_clean(page)
    page.keyboard.press("Enter")
    page.locator("#unfilled[open]").wait_for()
    assert_clean(page)
    page.keyboard.press("Enter")
    page.locator("[name=mode][value=note]").check(force=True)
    page.locator("#say").fill("@")
    expect(page.locator("#mention-list")).to_be_visible()
    assert_clean(page)
    for address in ("", "new/", f"{mine.pk}/"):
        page.goto(f"/staff/replies/{address}")
        assert_clean(page)
    page.locator("[data-opens=delete-reply]").click()
    assert_clean(page)


def test_one_says_that_one_takes_none(inbox: Page, marie: User) -> None:
    inbox.wait_for_load_state("load")  # before, nothing hears that the menu is opened
    inbox.locator("#account-menu summary").click()
    switch = inbox.get_by_role("switch", name="I take conversations")
    expect(switch).to_be_checked()
    inbox.evaluate(ARRIVED)  # what was put there is only then listened to
    switch.focus()
    inbox.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    inbox.get_by_text("No team gives you a conversation in turn.").wait_for()
    assert_clean(inbox)
    inbox.reload()
    inbox.wait_for_load_state("load")  # before, nothing hears that the menu is opened
    inbox.locator("#account-menu summary").click()
    expect(switch).not_to_be_checked()
    assert not Desk.objects.get(user=marie).available
