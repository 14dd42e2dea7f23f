"""Whatever anybody writes is text: in the customer's page, in the staff's, in articles and in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from assistant.cards import options_of
from assistant.events import Answer, Option, Outcome
from assistant.models import Assistant
from conversations import cards
from conversations.models import Citation, Conversation, ConversationRating, Customer, Message, Rating, Trace
from conversations.posting import Record, record
from conversations.tokens import COOKIE, remember_customer
from flows.links import link_to
from flows.shown_cards import ShownButton, ShownCard
from knowledge.models import Category, Document
from tests.browser.asking import ask
from tests.browser.conftest import sign_in
from tests.browser.hostile import HOSTILE, WITH_NUL, bundles, short
from tests.browser.watching import FIND_WRONG, Watch
from tests.knowledge.articles import indexed, publish

BUNDLES = bundles(8)
WORDS: Iterator[str] = cycle(short(60))
SHOWN = 20_000
OUTSIDE = "https://ok.example/'\"><script>alert(1)</script>"


def hostile_people() -> tuple[Customer, User]:
    customer = Customer.objects.create(
        name="<img src=x onerror=alert(1)>", email='"><svg/onload=alert(1)>@b.example'
    )
    staff = User.objects.create_user(
        "eve", first_name="<script>alert(1)</script>", last_name="<x onclick=alert(1)>"
    )
    return customer, staff


@pytest.fixture
def conversation(shop: str) -> Conversation:
    """One in which everybody has said the whole corpus, the sources hold it, and so do the traces."""
    customer, staff = hostile_people()
    luce = Assistant.objects.get()
    luce.name, luce.company = "<svg onload=alert(1)>", "</title><script>alert(1)</script>"
    luce.save()
    greeting = {"greeting": BUNDLES[0], "suggestions": "\n".join(short(200)[:30])}
    luce.welcomes.update(**greeting)
    begun = Conversation.objects.create(assistant=luce, customer=customer)
    with record(begun.pk) as writing:
        for text in BUNDLES:
            say(writing, text, staff)
    begun.refresh_from_db()
    return begun


def say(writing: Record, text: str, staff: User) -> None:
    """As a customer, as the assistant with sources, options, a card and a trace, as a person, in a note."""
    writing.post(kind=Message.Kind.CUSTOMER, text=text, client_id=uuid4())
    told = hostile_answer(text)
    answer = writing.post(
        kind=Message.Kind.ASSISTANT, text=told.text, outcome="answered", language="en",
        options=cards.as_options(told), data=cards.as_data(told),
    )  # fmt: skip
    quote = text.splitlines()[0]
    Citation.objects.create(
        message=answer, number=1, title=next(WORDS), heading=next(WORDS), passage=text, quote=quote,
        url="/help/en/1-x/?q=" + next(WORDS), language="en",
    )  # fmt: skip
    Trace.objects.create(message=answer, route=hostile_route(text), model=next(WORDS))
    Rating.objects.create(message=answer, score=-1, reason="other", comment=text[:1000])
    writing.post(kind=Message.Kind.PERSON, text=text, author=staff)
    writing.post(kind=Message.Kind.NOTE, text=text, author=staff)
    writing.post_event("joined", author=staff, name=next(WORDS))
    end = writing.post_event("resolved", author=staff, name=next(WORDS))
    ConversationRating.objects.create(message=end, score=3, comment=text[:1000])


def hostile_answer(text: str) -> Answer:
    value = {"slots": {"x": next(WORDS)}}
    links = filter(None, (link_to(one, value) for one in ("https://ok.example/{x}?{x}", "{x}", "/help/{x}")))
    buttons = (
        *(ShownButton(next(WORDS), link) for link in links),
        ShownButton(next(WORDS), says=next(WORDS)),
    )
    card = ShownCard(next(WORDS), text, buttons)
    options = (Option(next(WORDS), next(WORDS)), *options_of([card]))
    return Answer(f"[1] {text}", Outcome.ANSWERED, "en", options=options, cards=(card,))


def hostile_route(text: str) -> dict[str, Any]:
    passage = {"title": next(WORDS), "heading": next(WORDS), "text": text, "language": "en", "url": "/",
               "score": 0.4, "dense": 0.8, "words": 0.1}  # fmt: skip
    told = {
        "kind": next(WORDS),
        "query": text,
        "reasons": [next(WORDS)],
        "degraded": next(WORDS),
        "floor": 0.5,
    }
    prompt = [{"role": next(WORDS), "content": text}]
    return told | {"passages": [passage], "timings": {next(WORDS): 1.0}, "prompt": prompt}


def signed_in(page: Page, role: str) -> None:
    sign_in(page, User.objects.create_user(role, role=role))


def known_as(page: Page, customer: Customer) -> None:
    response = HttpResponse()
    remember_customer(response, customer.pk)
    page.context.add_cookies([{"name": COOKIE, "value": response.cookies[COOKIE].value, "url": page.url}])


def show_all(page: Page, count: int) -> None:
    """Scroll up until every message is there."""
    shown = page.locator(".thread article[data-message]")
    expect(shown.first).to_be_visible(timeout=SHOWN)
    while shown.count() < count:
        before = shown.count()
        page.locator("#thread-frame").evaluate("frame => frame.scrollTop = 0")
        page.wait_for_function(
            "n => document.querySelectorAll('.thread article[data-message]').length > n", arg=before
        )


def test_the_watch_sees_what_does_run_and_what_should_not_be_there(chromium: Browser, product: str) -> None:
    with chromium.new_context(base_url=product) as context:
        watch = Watch(context.new_page())
        watch.page.goto("/healthz")
        for html in (
            "<img src=x onerror=alert(1)>",
            "<a href=javascript:alert(1)>",
            "<img src=//evil.example/a>",
        ):
            watch.page.evaluate("html => document.body.innerHTML += html", html)
        watch.page.evaluate("alert(1)")
        watch.page.wait_for_timeout(150)
        assert "RAN alert" in watch.told
        assert {told.split()[2] for told in watch.told if "into" in told} == {"script-src-attr", "img-src"}
        assert len(watch.page.evaluate(FIND_WRONG, watch.page.url)) == 3


def test_nothing_runs_in_the_customers_page(watch: Watch, conversation: Conversation) -> None:
    page = watch.page
    known_as(page, conversation.customer)
    page.goto("/")
    show_all(page, 3 * len(BUNDLES))
    page.evaluate("for (const chip of document.querySelectorAll('.source-chip')) chip.click()")
    expect(page.locator("#sources .source__passage")).to_be_visible()
    for text in WITH_NUL:
        ask(page, text)
    expect(page.locator(".message--customer", has_text="<script>alert(1)</script>").last).to_be_visible()
    expect(page.locator(".thread__item--pending")).to_have_count(0, timeout=SHOWN)
    watch.assert_nothing_ran()


def test_nothing_runs_in_the_staffs_page(watch: Watch, conversation: Conversation) -> None:
    page = watch.page
    signed_in(page, "agent")
    page.goto(f"/staff/conversations/{conversation.pk}/")
    show_all(page, 4 * len(BUNDLES))
    page.evaluate("for (const trace of document.querySelectorAll('details.trace')) trace.open = true")
    expect(page.locator(".trace .facts")).to_have_count(len(BUNDLES), timeout=SHOWN)
    page.evaluate("for (const fold of document.querySelectorAll('.trace__body details')) fold.open = true")
    page.evaluate("for (const chip of document.querySelectorAll('.source-chip')) chip.click()")
    watch.assert_nothing_ran()


def test_nothing_runs_in_the_list_whatever_customers_are_called(
    watch: Watch, conversation: Conversation
) -> None:
    luce, now = conversation.assistant, timezone.now()
    names = [Customer(name=text) for text in short(120)]
    Customer.objects.bulk_create(names)
    Conversation.objects.bulk_create(
        Conversation(assistant=luce, customer=customer, last_message_at=now, last_words=customer.name,
                     status="waiting", waiting_since=now, handoff_reason=customer.name[:30])
        for customer in names
    )  # fmt: skip
    signed_in(watch.page, "agent")
    watch.page.goto("/staff/?show=all&q=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E")
    watch.page.goto("/staff/?show=all")
    seen = 0
    while address := watch.page.locator("#next-page"):
        seen += watch.page.locator(".row").count()
        watch.assert_nothing_ran()
        if address.count() == 0:
            break
        watch.page.goto("/staff/" + str(address.get_attribute("href")))
    assert seen > 300


def test_nothing_runs_in_articles_and_where_they_are_listed(watch: Watch, shop: str) -> None:
    found = indexed('<img src=x onerror=alert(1)> "lamps"', "Lamps: " + BUNDLES[0], url=OUTSIDE)
    shelf = Category.objects.create(name="<svg onload=alert(1)>", language="en")
    hostile = [publish(title, "\n\n".join(HOSTILE), category=shelf) for title in short(60)[:3]]
    page = watch.page
    for document in (hostile[0], found):
        page.goto(document.get_absolute_url())
        watch.assert_nothing_ran()
    page.goto("/help/en/?q=%3Cscript%3Ealert(1)%3C/script%3E+lamps")
    assert page.locator(".help-hit").count() > 0
    watch.assert_nothing_ran()
    page.goto("/help/en/")
    watch.assert_nothing_ran()


def test_nothing_runs_in_the_admin(watch: Watch, shop: str) -> None:
    body = "\n\n".join(HOSTILE)
    article = publish("<img src=x onerror=alert(1)>", body)
    article.body = body.replace("alert(1)", "alert(1);") + "\n\nMore"
    article.save()
    again = publish("<script>alert(1)</script>", body, description=HOSTILE[0], keywords=short(60)[:9])
    Document.objects.filter(pk=again.pk).update(index_error=HOSTILE[0], index_state="failed")
    page = watch.page
    signed_in(page, "admin")
    page.goto(f"/admin/knowledge/document/{again.pk}/change/")
    expect(page.locator(".md__preview h2").first).to_be_attached(timeout=SHOWN)
    watch.assert_nothing_ran()
    for place in (f"{again.pk}/revisions/", f"{again.pk}/revisions/1/", "?q=%3Cscript%3Ealert(1)"):
        page.goto(f"/admin/knowledge/document/{place}")
        watch.assert_nothing_ran()


def test_nothing_runs_in_the_playground(watch: Watch, shop: str) -> None:
    indexed("<img src=x onerror=alert(1)> lamps", "How do lamps work? " + BUNDLES[0])
    page = watch.page
    signed_in(page, "agent")
    page.goto("/staff/playground/")
    page.locator("[name=question]").fill("lamps <img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#result article")).to_be_visible(timeout=SHOWN)
    watch.assert_nothing_ran()
