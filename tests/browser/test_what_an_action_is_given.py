"""Each argument of an action has the controls that its kind allows, and offers the slots that can fit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from actions.bookings.models import Person, Service
from flows.models import Flow
from flows.publishing import create_flow
from flows.starters import begun
from tests.browser.test_drawing_a_flow import node, ready, saved

KEY = "return_a_lamp"  # under which the steps are looked at


@pytest.fixture
def book(lea: Page) -> Page:
    """The starter, at the step that books."""
    service = Service.objects.create(key="repair", names={"en": "Repair", "fr": "Réparation"})
    service.people.add(Person.objects.create(name="Noor"))
    create_flow(begun("booking", key=KEY, name="Book", language="en", languages=["en", "fr"]), author=None)
    opened(lea, "book")
    return lea


def opened(page: Page, step: str) -> None:
    page.goto(f"/staff/flows/{KEY}/")
    ready(page)
    at_step(page, step)


def at_step(page: Page, step: str) -> None:
    page.evaluate("(step) => flowEditor.edit(step)", step)


def offered(page: Page, at: str) -> list[str]:
    return page.locator(f"[data-at='{at}'] option").all_inner_texts()


def change(**parts: object) -> None:
    flow = Flow.objects.get(key=KEY)
    Flow.objects.filter(pk=flow.pk).update(draft={**flow.draft, **parts})


def test_slots_that_can_fit_are_offered_and_texts_where_they_make_sense(book: Page) -> None:
    assert offered(book, "given.email") == ["Left empty", "E-mail"]
    assert offered(book, "given.starts") == ["Choose", "When"]
    assert offered(book, "given.name") == ["Choose", "Name"]
    assert offered(book, "given.service") == ["Choose", "Service", "Repair"]
    expect(book.get_by_role("button", name="Day and hour: As text")).to_have_count(0)
    book.get_by_role("button", name="Name: As text").click()
    book.locator("[data-at='given.name']").fill("{name}, by chat")
    saved(book)
    assert node("book")["given"]["name"] == "{name}, by chat"
    opened(book, "book")
    expect(book.locator("[data-at='given.name']")).to_have_value("{name}, by chat")
    book.get_by_role("button", name="Name: From a slot").click()
    book.locator("[data-at='given.name']").select_option(label="Name")
    saved(book)
    assert node("book")["given"]["name"] == "{name}"


def test_what_is_asked_later_is_offered_later(book: Page) -> None:
    draft = Flow.objects.get(key=KEY).draft
    nodes = [
        {**one, "next": "book"} if one["id"] == "day" else {**one, "next": "details"} if one["id"] == "book"
        else {**one, "next": "done"} if one["id"] == "details" else one
        for one in draft["nodes"]
    ]  # fmt: skip
    change(nodes=nodes)
    opened(book, "book")
    assert offered(book, "given.email") == ["Left empty", "E-mail – filled only later"]
    assert offered(book, "given.starts") == ["Choose", "When"]


def test_what_does_not_fit_stays_and_is_marked(book: Page) -> None:
    draft = Flow.objects.get(key=KEY).draft
    given = {"service": "{service}", "starts": "{name}", "name": "{gone}", "phone": "2026"}
    change(nodes=[{**one, "given": given} if one["id"] == "book" else one for one in draft["nodes"]])
    opened(book, "book")
    assert offered(book, "given.starts") == ["Choose", "When", "Name – another kind of answer"]
    assert offered(book, "given.name") == ["Choose", "Name", "gone – there is no such slot"]
    expect(book.locator("[data-at='given.starts']")).to_have_value("{name}")
    expect(book.locator("[data-at='given.phone']")).to_have_value("2026")
    assert node("book")["given"] == given


def test_lists_are_offered_to_choose_from_and_nothing_else(book: Page) -> None:
    """Free times for a moment, and not whether there are any; they are called so in both languages."""
    at_step(book, "day")
    expect(book.get_by_label("Chosen from")).to_have_count(0)
    book.locator("[data-kind=act]").click()
    book.locator("[data-at=action]").select_option(label="Find free appointments")
    for part in ("times", "any"):
        book.locator("[data-at='brings.add.times'], [data-at='brings.add.any']").first.select_option(part)
    saved(book)
    slots = Flow.objects.get(key=KEY).draft["slots"]
    assert slots["times"]["label"] == {"en": "Free times, to choose from", "fr": "Horaires libres, au choix"}
    assert (slots["times"]["kind"], slots["any"]["kind"]) == ("text", "yes_no")
    before_day(book)
    assert offered(book, "slot.offered") == ["No list: any answer of this kind", "Free times, to choose from"]
    at_step(book, "details")
    expect(book.get_by_label("Ask for: Free times, to choose from")).to_have_count(0)
    expect(book.get_by_label("Ask for: When", exact=True)).to_have_count(1)


def before_day(page: Page) -> None:
    """The look for free times is put before the question for the day."""
    at_step(page, "service")
    page.locator("[data-at='way.next']").select_option("act")
    at_step(page, "act")
    page.locator("[data-at='way.next']").select_option("day")
    saved(page)
    at_step(page, "day")


def test_a_language_that_is_added_names_what_actions_bring(lea: Page) -> None:
    create_flow(begun("empty", key=KEY, name="Look", language="en", languages=["en"]), author=None)
    lea.goto(f"/staff/flows/{KEY}/")
    ready(lea)
    lea.locator("[data-kind=act]").click()
    lea.locator("[data-at=action]").select_option(label="Find free appointments")
    lea.locator("[data-at='brings.add.times']").select_option("times")
    lea.locator("#flow-tab-flow").click()
    lea.get_by_label("Add a language").select_option("fr")
    saved(lea)
    assert Flow.objects.get(key=KEY).draft["slots"]["times"]["label"]["fr"] == "Horaires libres, au choix"


def test_a_no_leads_somewhere_as_soon_as_the_customer_is_asked(lea: Page) -> None:
    """An action that changes something asks in our words: that way on is there without a question."""
    create_flow(begun("empty", key=KEY, name="Book", language="en", languages=["en"]), author=None)
    lea.goto(f"/staff/flows/{KEY}/")
    ready(lea)
    lea.locator("[data-kind=act]").click()
    expect(lea.get_by_label("The customer says no")).to_have_count(0)
    lea.locator("[data-at=action]").select_option(label="Book an appointment")
    declined = lea.locator("[data-at='way.declined']")
    expect(declined.locator("option").first).to_have_text("Nothing is done, and the flow is cancelled")
    expect(lea.locator("[data-node=act] [data-port=declined]")).to_have_count(1)


def test_the_list_of_steps_says_the_same_ends_as_the_panel(book: Page) -> None:
    book.locator(".segment", has_text="Steps").click()
    book.locator("[data-step=book]").click()
    for way in ("failed", "declined"):
        book.locator(f"[data-at='way.{way}']").select_option("")
    row = book.locator("#step-book .step__ways")
    expect(row).to_contain_text("Failed→A person is offered")
    expect(row).to_contain_text("The customer says no→Nothing is done, and the flow is cancelled")


def test_a_branch_on_what_was_found_is_walked_with_a_sample_of_it(lea: Page) -> None:
    """Of a yes or no the branch asks what it is; what the action might bring stands there to try on with."""
    create_flow(begun("empty", key=KEY, name="Look", language="en", languages=["en"]), author=None)
    lea.goto(f"/staff/flows/{KEY}/")
    ready(lea)
    lea.locator("[data-kind=act]").click()
    lea.locator("[data-at=action]").select_option(label="Find free appointments")
    lea.locator("[data-at='brings.add.times']").select_option("any")
    lea.locator("[data-kind=branch]").click()
    saved(lea)
    assert node("branch")["cases"] == [{"when": {"fact": "slots.any", "op": "is", "value": True}, "next": ""}]
    expect(lea.locator("[data-node=branch] .card__way").first).to_have_text("Whether any were found: yes")
    lea.locator("[data-kind=end]").click()
    lea.keyboard.type("There are some.")
    lea.get_by_role("button", name="Try it").click()
    lea.get_by_role("button", name="Start", exact=True).click()
    lea.get_by_role("button", name="It worked").click()
    expect(lea.locator(".try__bubble", has_text="There are some.")).to_be_visible()


def test_what_is_meant_is_said_while_it_is_written(lea: Page) -> None:
    """Ways on are called as their buttons; a question of nothing but small words names its slot plainly."""
    create_flow(begun("empty", key=KEY, name="Look", language="en", languages=["en"]), author=None)
    lea.goto(f"/staff/flows/{KEY}/")
    ready(lea)
    lea.locator("[data-kind=choose]").click()
    ways = lea.locator(".group", has_text="Leads to").locator(".field__label")
    expect(ways).to_have_text(["Button 1", "Button 2", "Not understood"])
    lea.locator("[data-at='options.1.label.en']").press_sequentially("Broken")
    expect(ways).to_have_text(["Button 1", "Broken", "Not understood"])
    lea.locator("[data-kind=ask]").click()
    lea.locator("[data-at='slot.ask.en']").press_sequentially("When shall we see you?")
    saved(lea)
    assert node("ask")["slot"] == "answer"


def test_a_problem_says_which_of_several_texts_it_means(book: Page) -> None:
    draft = Flow.objects.get(key=KEY).draft
    service = draft["slots"]["service"]
    service["choices"][1]["label"] = {"en": "A repair"}
    service["ask"] = {"en": "What may we do?"}
    change(slots={**draft["slots"], "service": service})
    opened(book, "service")
    problems = book.locator("#flow-panel-body .problem")
    expect(problems).to_have_count(2)
    expect(problems.nth(0)).to_contain_text("Question")
    expect(problems.nth(1)).to_contain_text("Button: A repair")
