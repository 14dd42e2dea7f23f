"""What is drawn or imported is what customers walk in the chat, in both languages."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from actions.bookings.models import Booking, Hours, Person, Service
from assistant.models import Assistant
from tests.browser.asking import ANSWERED
from tests.browser.conftest import NewPage
from training import running

RASA = {
    "domain.yml": """\
version: "3.1"
intents: [report_broken]
slots:
  part: {type: text, mappings: [{type: from_text}]}
forms:
  broken_form: {required_slots: [part]}
responses:
  utter_ask_part: [{text: Which part is broken?}]
  utter_thanks: [{text: "Thank you, we send a new {part}."}]
""",
    "data/nlu.yml": """\
version: "3.1"
nlu:
  - intent: report_broken
    examples: |
      - something arrived broken
      - my lamp came in pieces
      - a part is broken
""",
    "data/rules.yml": """\
version: "3.1"
rules:
  - rule: ask which part
    steps: [{intent: report_broken}, {action: broken_form}, {active_loop: broken_form}]
  - rule: thank
    condition: [{active_loop: broken_form}]
    steps: [{action: broken_form}, {active_loop: null}, {action: utter_thanks}]
""",
}


@pytest.fixture
def services(shop: str) -> None:
    Assistant.objects.update(languages=["en", "fr"])
    Hours.objects.bulk_create(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(7))
    for key, english, french in (("repair", "Repair", "Réparation"), ("fitting", "Fitting", "Essayage")):
        service = Service.objects.create(key=key, names={"en": english, "fr": french}, minutes=60, notice=0)
        service.people.set([Person.objects.create(name="Anna")])


def talk(page: Page, *turns: tuple[str, str]) -> None:
    """Each thing that is said, and what the answer to it holds."""
    for number, (said, told) in enumerate(turns, 1):
        expect(page.locator("#stop")).to_be_hidden(timeout=ANSWERED)  # or the answer would be broken off
        page.locator("#say").fill(said)
        page.keyboard.press("Enter")
        answers = page.locator("article.message--assistant[data-message]")
        expect(answers).to_have_count(number, timeout=2 * ANSWERED)
        expect(answers.last).to_contain_text(re.compile(told.replace(" ", r"\s"), re.DOTALL))


def test_a_booking_is_drawn_published_and_walked(lea: Page, services: None, new_page: NewPage) -> None:
    lea.get_by_role("link", name="New flow").click()
    lea.get_by_role("textbox", name="Name").fill("Visit the workshop")
    lea.locator(".starter", has=lea.get_by_text("Booking", exact=True)).click()
    lea.get_by_role("button", name="Make it").click()
    lea.locator("#flow-editor[data-ready]").wait_for()
    branch_off(lea)
    lea.get_by_role("button", name="Publish").click()
    lea.get_by_role("button", name="Publish now").click()
    expect(lea.locator("#flow-state")).to_have_text("Published, version 1")
    running.train_if_changed()
    talk(
        new_page("/"),
        ("I want to book an appointment", "What may we do for you"),
        ("a repair please", "When would you like to come"),
        ("How long does delivery take?", "working days.*When would you like to come"),
        ("tomorrow at 3 pm", "Who is coming, and how can we reach you"),
        ("Carla Martin", "Where shall we send"),
        ("no, at 4 pm", "Where shall we send"),
        ("carla@example.org", "Which number may we call"),
        ("Skip", "A repair on .* at 16:00: shall I book it"),
        ("yes", "It is booked: A repair"),
    )
    assert timezone.localtime(Booking.objects.get().starts_at).hour == 16
    talk(
        new_page("/", locale="fr-FR"),
        ("Je voudrais prendre rendez-vous", "Que pouvons-nous faire pour vous"),
        ("un essayage", "Nous serons heureux.*Quand souhaitez-vous venir"),
        ("demain vers 15 h", "Qui vient"),
        ("laisse tomber", "D’accord"),
    )
    assert Booking.objects.count() == 1


def branch_off(page: Page) -> None:
    """Who comes for a fitting is told something more: a branch after the first question."""
    page.locator("[data-kind=branch]").click()
    page.locator("[data-at='cases.0.op']").select_option("is")
    page.locator("[data-at='cases.0.value']").select_option("fitting")
    page.locator("[data-node=branch]").focus()
    page.keyboard.press("n")
    page.locator(".picker__item--say").click()
    page.get_by_role("button", name=re.compile("All languages side by side")).click()
    page.locator("[data-at='text.en']").fill("We are glad to see you.")
    page.locator("[data-at='text.fr']").fill("Nous serons heureux de vous voir.")
    for node, way, leads in (
        ("say", "Then", "day"),
        ("branch", "Otherwise", "day"),
        ("service", "Answered", "branch"),
    ):
        page.locator(f"[data-node={node}]").click()
        page.get_by_label(way, exact=True).select_option(leads)
    expect(page.locator("#flow-saved")).to_have_attribute("data-state", "saved", timeout=20_000)


def test_a_bot_is_imported_published_and_walked(
    lea: Page, shop: str, new_page: NewPage, tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "bot.zip", "w") as bot:
        for name, text in RASA.items():
            bot.writestr(f"bot/{name}", text)
    lea.get_by_role("link", name="Import").click()
    lea.locator("input[type=file]").first.set_input_files(tmp_path / "bot.zip")
    lea.locator(".button--primary").first.click()
    expect(lea.get_by_text("Report broken")).to_be_visible()
    lea.get_by_role("button", name="Save as drafts").click()
    lea.get_by_role("button", name="Publish Report broken").click()
    expect(lea.get_by_text("Published").first).to_be_visible()
    running.train_if_changed()
    talk(
        new_page("/"),
        ("something arrived broken", "Which part is broken"),
        ("When do you deliver?", "working days.*Which part is broken"),
        ("the shade", "we send a new the shade"),
    )
