"""What flows say of themselves is a company's own to change, in each language, and is said so at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from flows import publishing, standard_words
from flows.models import Flow, StandardWord
from flows.shelves import shelf
from flows.standard_words import NAMES, as_delivered, current
from flows.state import NotUnderstood, StartFlow, State
from flows.stock import delivered
from tests.flows.editing import drawn, send
from tests.flows.talking import Talk

pytestmark = pytest.mark.django_db
PAGE = "/staff/flows/standard-words/"


def post(browser: Client, language: str = "en", **texts: str) -> Any:
    return browser.post(f"{PAGE}?language={language}", {**current(language), **texts}, follow=True)


def says(word: str, language: str = "en") -> str:
    return shelf(State()).phrase(word, language)


def test_all_of_them_are_listed_but_yes_and_no() -> None:
    assert set(NAMES) == set(delivered()) - {"yes", "no"}


def test_own_words_are_said_in_their_language_only(browser: Client) -> None:
    page = post(browser, not_understood="Pardon?").content.decode()
    assert "1 text is saved." in page
    assert f">{as_delivered('not_understood', 'en')}</span>" in page
    assert says("not_understood") == "Pardon?"
    assert says("not_understood", "fr") == as_delivered("not_understood", "fr")


def test_what_somebody_else_has_written_meanwhile_stays(browser: Client) -> None:
    seen = current("en")
    post(browser, not_understood="Pardon?")
    unchanged = seen | {f"initial-{name}": text for name, text in seen.items()}
    page = browser.post(f"{PAGE}?language=en", unchanged | {"ask": "Tell me:"}, follow=True)
    assert "1 text is saved." in page.content.decode()
    assert (says("not_understood"), says("ask")) == ("Pardon?", "Tell me:")


def test_the_page_remembers_what_was_seen(browser: Client) -> None:
    assert 'name="initial-not_understood"' in browser.get(PAGE).content.decode()


def test_the_french_page_shows_and_keeps_french(browser: Client) -> None:
    assert as_delivered("unknown", "fr") in browser.get(f"{PAGE}?language=fr").content.decode()
    post(browser, "fr", clarify="Lequel ?")
    assert says("clarify", "fr") == "Lequel ?"
    assert says("clarify") == as_delivered("clarify", "en")


def test_a_customer_in_the_middle_of_a_flow_hears_them(browser: Client, returns: Flow) -> None:
    publishing.publish(returns.pk, author=None)
    post(browser, not_a_value="Beg your pardon.")
    talk = Talk(shelf(State()))
    talk.hear(StartFlow("returns"))
    assert talk.hear(NotUnderstood()).startswith("Beg your pardon.")


def test_the_emulator_says_them(browser: Client, returns: Flow) -> None:
    post(browser, ask="Tell me:")
    nodes = [{"id": "why", "kind": "ask", "slot": "reason"}]
    graph = drawn(slots={"reason": {"kind": "text"}}, nodes=nodes)
    said = send(browser, "POST", "returns/try/", {"graph": graph, "event": {"start": True}}).json()
    assert "Tell me:" in str(said["effects"])


def test_one_goes_back_to_what_is_delivered_and_the_others_are_kept(browser: Client) -> None:
    post(browser, past="Too late.", ask="Well?")
    post(browser, back="past", past="Anything", ask="And?")
    assert (says("past"), says("ask")) == (as_delivered("past", "en"), "And?")
    assert StandardWord.objects.count() == 1


def test_delivered_words_that_are_typed_again_are_no_own_words(browser: Client) -> None:
    post(browser, past="Too late.")
    post(browser, past=as_delivered("past", "en"))
    assert not StandardWord.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  ", "Write something here"),
        ("Sorry, {name}.", "“{name}” stands for nothing in this text"),
        ("x" * 301, "300"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(browser: Client, text: str, told: str) -> None:
    page = post(browser, past=text, ask="Well?").content.decode()
    assert told in page
    assert "Nothing is saved yet" in page
    assert 'value="Well?"' in page  # what was typed beside it
    assert not StandardWord.objects.exists()


def test_what_a_text_of_ours_names_must_stay_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(delivered(), "ask", {"en": "What is {slot}?"})
    assert standard_words.wrong_placeholders("What is {slot}?", "ask", "en") == ([], [])
    assert standard_words.wrong_placeholders("What, {flow}?", "ask", "en") == (["{flow}"], ["{slot}"])
