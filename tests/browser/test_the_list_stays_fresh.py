"""The list of conversations in a browser: nothing is missed, whatever comes late or not at all."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, Label
from conversations.receiving import receive
from tests.browser.test_working_in_the_inbox import talk

LIST = "**/staff/list/?*"


@pytest.fixture
def shown(inbox: Page) -> Page:
    """Carla's conversation alone, and the page listens."""
    talk("Carla")
    inbox.goto("/staff/")
    expect(inbox.locator(".row")).to_have_count(1)
    talk("Bruno")
    expect(inbox.locator(".row")).to_have_count(2)
    return inbox


def test_what_happens_before_the_page_listens_is_not_missed(inbox: Page) -> None:
    began: list[object] = []

    def late(socket: WebSocketRoute) -> None:
        if not began:  # a page on a slow machine may listen anew
            began.append(talk("Carla"))
        socket.connect_to_server()

    inbox.route_web_socket("**/ws/staff/inbox/**", late)
    inbox.goto("/staff/")
    expect(inbox.locator(".row__who")).to_have_text(["Carla"])


def test_a_fetch_that_fails_is_made_again(shown: Page) -> None:
    """Its row may be told ahead; the list is what else there is to know."""
    tried: list[str] = []

    def fail_once(route: Route) -> None:
        tried.append(route.request.url)
        return route.abort() if len(tried) == 1 else route.fallback()

    shown.route(LIST, fail_once)
    talk("Ada")
    expect(shown.locator(".row")).to_have_count(3)
    for _ in range(150):
        if len(tried) > 1:
            break
        shown.wait_for_timeout(100)
    assert len(tried) > 1


def test_what_was_asked_before_the_list_was_narrowed_does_not_take_its_place(shown: Page) -> None:
    """The fetch for a change comes after the answer to what somebody has typed meanwhile."""
    waiting: list[Callable[[], None]] = []

    def hold(route: Route) -> None:
        if "q=" in route.request.url or waiting:
            return route.fallback()
        return waiting.append(route.fallback)

    shown.route(LIST, hold)
    talk("Ada")
    for _ in range(50):
        shown.wait_for_timeout(100)
        if waiting:
            break
    shown.locator("#q").fill("nobodysaidthis")
    expect(shown.locator(".blank__title", has_text="Nothing found")).to_be_visible()
    waiting[0]()
    shown.wait_for_timeout(2_500)
    expect(shown.locator(".blank__title", has_text="Nothing found")).to_be_visible()
    assert shown.locator("#list").get_attribute("data-query") == "q=nobodysaidthis"


def test_a_label_that_is_called_otherwise_is_so_in_the_list(shown: Page) -> None:
    label = Label.objects.create(name="Urgent")
    talk("Ada").labels.add(label)
    expect(shown.locator(".row .label")).to_have_text(["Urgent"], timeout=15_000)
    label.name = "Very urgent"
    label.save()
    expect(shown.locator(".row .label")).to_have_text(["Very urgent"])


def test_rows_come_ahead_of_the_list(shown: Page) -> None:
    """The list cannot be fetched: rows are told all the same, and what the page alone knows of them stays."""
    shown.route(LIST, lambda route: route.abort())
    bruno = shown.locator(".rows__row", has_text="Bruno")
    bruno.locator("[name=conversation]").check()
    bruno.locator("[name=conversation]").focus()
    carla = Conversation.objects.get(customer__name="Carla")
    receive(conversation_id=carla.pk, text="And one thing more", client_id=uuid4())
    expect(shown.locator(".rows__row", has_text="Carla")).to_contain_text("And one thing more")
    talk("Ada")
    expect(shown.locator(".row__who")).to_contain_text(["Ada"])
    expect(shown.locator(".rows__row")).to_have_count(3)
    expect(bruno.locator("[name=conversation]")).to_be_checked()
    expect(bruno.locator("[name=conversation]")).to_be_focused()
    handoff.resolve(conversation_id=carla.pk, user=User.objects.get(username="marie"))
    expect(shown.locator(".row__who")).to_have_count(2)
    assert_same_as_fetched(shown)


def assert_same_as_fetched(page: Page) -> None:
    page.unroute(LIST)
    there = page.locator(".row__who").all_text_contents()
    page.reload()
    expect(page.locator(".row__who")).to_have_text(there)
