"""A real Chromium on the real product: Daphne, the real responder, an article that is indexed."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import Role, User
from assistant.models import Assistant, Welcome
from tests.browser.finding import launch
from tests.browser.watching import Watch
from tests.conversations import processes
from tests.conversations.processes import Child, Count
from tests.knowledge.articles import DELIVERY, RETURNS, publish, run_waiting_jobs
from tests.remembering import remembered

PASSWORD = "correct horse battery"
QUESTION = "How do I send a parcel back?"
# BROWSER_SLOWER=8 shows what a page only does in time on a quick machine.
SLOWER = int(os.environ.get("BROWSER_SLOWER", "1"))

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure, what the product has written last: a page only shows that something did not come."""
    report = yield
    if report.failed:
        for child in processes.running_children:
            report.sections.append((child.name, child.log()[-1500:]))
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ended with the package: its event loop would run on in the thread of all other tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def running_product(folder: Path, **environment: str) -> Iterator[str]:
    """Web process and responder; the address. The responder of the package rests meanwhile."""
    web, responder = _children(folder, **environment)
    with processes.responders_paused(), processes.running(web, responder):
        yield _address(web)


def _children(folder: Path, **environment: str) -> tuple[Child, Child]:
    started = Count(folder / "responder.log", "answers up to")
    command = ["manage.py", "responder"]
    responder = Child(command, log=folder / "responder.log", ready=started.grown, **environment)
    return processes.web(folder, **environment), responder


def _address(web: Child) -> str:
    return f"http://127.0.0.1:{web.port}"


@pytest.fixture(scope="package")
def product(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the running product."""
    web, responder = _children(tmp_path_factory.mktemp("browser"))
    with processes.shared(web, responder):
        yield _address(web)


@pytest.fixture(autouse=True)
def _only_where_wanted(request: pytest.FixtureRequest) -> Iterator[None]:
    with processes.paused_unless_wanted("product", request):
        yield


@pytest.fixture
def shop(product: str, transactional_db: None) -> str:
    """The product with an assistant that knows two articles."""
    luce = Assistant.objects.create(
        name="Luce", slug="luce", company="Maison Lampyre", languages=["en", "fr"], is_default=True
    )
    Welcome.objects.create(
        assistant=luce, language="en", greeting="Hello! How can I help?", suggestions=QUESTION
    )
    remembered("shop", _write_articles)
    return product


def _write_articles() -> None:
    publish("Returns", RETURNS)
    publish("Delivery", DELIVERY)
    run_waiting_jobs(calibrate=True)


@pytest.fixture
def marie(shop: str) -> User:
    return User.objects.create_user("marie", first_name="Marie", password=PASSWORD)


@pytest.fixture
def new_page(chromium: Browser, shop: str) -> Iterator[NewPage]:
    """Opens the pages of one more person; at the end nothing may have broken the policy or thrown."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/", *, beside: Page | None = None, **options: object) -> Page:
        if beside is None:
            contexts.append(chromium.new_context(base_url=shop, **{"locale": "en-GB", **options}))
        page = (beside.context if beside else contexts[-1]).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _note(said.text, complaints))
        _slow_down(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def watch(new_page: NewPage) -> Watch:
    """A page that watches from its first moment, on an address that shows nothing."""
    return Watch(new_page("/healthz"))


def _slow_down(page: Page) -> None:
    if SLOWER > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        expect.set_options(timeout=5000 * SLOWER)


def _note(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text or "Refused to" in text:
        complaints.append(text)


def sign_in(page: Page, user: User) -> None:
    """Gives the page's browser the cookie of a session."""
    browser = Client()
    browser.force_login(user)
    session = browser.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])


def signed_in(page: Page, user: User, path: str, heading: str) -> Page:
    """Without the page on which one signs in: more than a hundred tests would begin there."""
    sign_in(page, user)
    page.goto(path)
    page.get_by_role("heading", name=heading, exact=True).wait_for()
    return page


@pytest.fixture
def inbox(new_page: NewPage, marie: User) -> Page:
    """Marie's browser, signed in."""
    return signed_in(new_page("/healthz"), marie, "/staff/", "Inbox")


@pytest.fixture
def admin(new_page: NewPage) -> Page:
    """The browser of somebody who may do everything."""
    grace = User.objects.create_superuser("grace", password=PASSWORD, role=Role.ADMIN)
    return signed_in(new_page("/healthz"), grace, "/staff/", "Inbox")


@pytest.fixture
def lea(new_page: NewPage) -> Page:
    """The browser of an editor, on the list of flows."""
    lea = User.objects.create_user("lea", first_name="Léa", password=PASSWORD, role=Role.EDITOR)
    page = new_page("/healthz", viewport={"width": 1800, "height": 1000})
    return signed_in(page, lea, "/staff/flows/", "Flows")
