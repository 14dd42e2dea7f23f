"""A booking with a branch, drawn from an empty flow as a support lead would, and walked by customers in both
languages: with a digression, a correction, a time that is not offered, and a cancellation."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from actions.bookings.models import Booking
from tests.browser.conftest import NewPage
from tests.browser.test_drawing_a_flow import pick, ready, saved
from tests.browser.test_flows_are_walked import services as services
from tests.browser.test_flows_are_walked import talk
from training import running


def write(page: Page, at: str, english: str, french: str) -> None:
    page.locator(f"[data-at='{at}.en']").fill(english)
    page.locator(f"[data-at='{at}.fr']").fill(french)


def then(page: Page, after: str, kind: str) -> None:
    """The next step, by keyboard."""
    if after:
        page.locator(f"[data-node={after}]").focus()
    else:
        page.locator("#flow-stage").focus()
    page.keyboard.press("n")
    pick(page, kind)


def begin(page: Page) -> None:
    page.get_by_role("link", name="New flow").click()
    page.get_by_role("textbox", name="Name").fill("Lamp doctor")
    page.get_by_role("button", name="Make it").click()
    ready(page)
    page.locator("#flow-tab-flow").click()
    page.get_by_role("button", name="All languages side by side").first.click()
    write(page, "name", "Lamp doctor", "Docteur des lampes")
    write(page, "description", "Sees sick lamps.", "Examine les lampes malades.")
    write(page, "examples", "see the lamp doctor\nmy lamp is ill\nlamp doctor please",
          "voir le docteur des lampes\nma lampe est malade\ndocteur des lampes")  # fmt: skip


def ask_where(page: Page) -> None:
    """A choice that branches: who only wants to know something leaves here."""
    then(page, "", "choose")
    write(page, "text", "Shall we look at it here?", "Devons-nous l’examiner ici ?")
    for number, (english, french) in enumerate((("Yes, here", "Oui, ici"), ("Rather not", "Plutôt non"))):
        if page.locator(f"[data-at='options.{number}.label.en']").count() == 0:
            page.get_by_role("button", name="Add a button").click()
        write(page, f"options.{number}.label", english, french)
    page.keyboard.press("Escape")
    saved(page)


def ask_for_day(page: Page) -> None:
    then(page, "choose", "ask")
    write(page, "slot.ask", "Which day would suit you?", "Quel jour vous conviendrait ?")
    page.get_by_label("Kind of answer").select_option("date")
    write(page, "slot.label", "Day", "Jour")
    saved(page)


def look_for_times(page: Page) -> None:
    then(page, "ask", "act")
    page.locator("[data-at=action]").select_option(label="Find free appointments")
    page.locator("[data-at='given.service']").select_option(label="Repair")
    expect(page.locator(".problem", has_text="Customers cannot say what")).to_be_visible()
    page.locator("[data-at='given.around']").select_option(label="Day")
    expect(page.locator(".problem", has_text="Customers cannot say what")).to_have_count(0)
    page.locator("[data-at='brings.add.times']").select_option("times")
    saved(page)


def offer_times(page: Page) -> None:
    then(page, "act", "ask")
    write(page, "slot.ask", "When shall we see it?", "Quand la voyons-nous ?")
    page.get_by_label("Kind of answer").select_option("moment")
    page.get_by_label("Chosen from").select_option(index=1)
    write(page, "slot.label", "Time", "Heure")
    saved(page)


def ask_for_name(page: Page) -> None:
    then(page, "ask_2", "ask")
    write(page, "slot.ask", "What is your name?", "Quel est votre nom ?")
    write(page, "slot.label", "Name", "Nom")
    saved(page)


def book(page: Page) -> None:
    then(page, "ask_3", "act")
    page.locator("[data-at=action]").select_option(label="Book an appointment")
    page.locator("[data-at='given.service']").select_option(label="Repair")
    page.locator("[data-at='given.starts']").select_option(label="Time")
    page.locator("[data-at='given.name']").select_option(label="Name")
    write(page, "confirm", "The lamp doctor at {time}, {name}: shall I book it?",
          "Le docteur des lampes, {time}, {name} : je réserve ?")  # fmt: skip
    saved(page)
    then(page, "act_2", "end")
    write(page, "text", "Booked. See you then!", "C’est réservé. À bientôt !")
    saved(page)


def lead_elsewhere(page: Page) -> None:
    """The other branch, and what comes when nothing is free or the booking fails."""
    page.locator("[data-kind=end]").click()
    write(page, "text", "Very well. Ask me anything else.", "Très bien. Je reste à votre écoute.")
    page.locator(".segment").nth(1).click()  # as a list, where all of them are in view
    page.locator("[data-step=choose]").click()
    page.get_by_label("Rather not", exact=True).last.select_option("end_2")
    for node in ("act", "act_2"):
        page.locator(f"[data-step={node}]").click()
        page.get_by_label("Failed", exact=True).select_option("end_2")
    saved(page)


def publish_it(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("#flow-state")).to_have_text("Published, version 1")
    running.train_if_changed()


def test_it_is_drawn_from_nothing_and_walked(lea: Page, services: None, new_page: NewPage) -> None:
    begin(lea)
    for draw in (ask_where, ask_for_day, look_for_times, offer_times, ask_for_name, book, lead_elsewhere):
        draw(lea)
    publish_it(lea)
    talk(
        new_page("/"),
        ("my lamp is ill", "Shall we look at it here"),
        ("How long does delivery take?", "working days.*Shall we look at it here"),
        ("yes here", "Which day would suit you"),
        ("tomorrow", "When shall we see it"),
        ("at 3 pm", "What is your name"),
        ("Carla Martin", "15:00, Carla Martin: shall I book it"),
        ("no, at 3 in the morning", "That is not one of the possibilities.*When shall we see it"),
        ("at 4 pm", "16:00, Carla Martin: shall I book it"),
        ("yes", "Booked. See you then"),
    )
    assert Booking.objects.get().name == "Carla Martin"
    talk(
        new_page("/", locale="fr-FR"),
        ("Ma lampe est malade", "Devons-nous l’examiner ici"),
        ("Oui, ici", "Quel jour"),
        ("demain", "Quand la voyons-nous"),
        ("à 10 h", "Quel est votre nom"),
        ("non, après-demain", "Quand la voyons-nous"),
        ("laissez tomber", "D’accord"),
    )
    assert Booking.objects.count() == 1
