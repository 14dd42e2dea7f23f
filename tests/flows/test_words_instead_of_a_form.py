"""What is written to a form instead of filling it in: values are found, the rest is asked for."""

from __future__ import annotations

import time

import pytest

from flows.interpreting import Words, interpret
from flows.run import Facts
from flows.runner import step
from flows.sent_files import SentFile
from flows.state import (
    AskKnowledge,
    CancelFlow,
    ChitChat,
    FillForm,
    LeaveOut,
    Rejected,
    SetSlot,
    StartFlow,
    WantPerson,
)
from tests.flows.shop import CONTACT, flow
from tests.flows.talking import NOW, Talk

FACTS = Facts(NOW, "en")
EMAIL, NAME = SetSlot("email", "ann@example.org"), SetSlot("name", "Ann Lee")


def at_the_form(*before: SetSlot) -> Talk:
    talk = Talk.over(flow(CONTACT))
    talk.hear(StartFlow("contact"))
    if before:
        talk.hear(*before)
    return talk


def heard(talk: Talk, text: str, **more: object) -> list[object]:
    read = interpret(talk.library, talk.state, Words(text, **more), FACTS)
    return [*read.heard.commands] if read.heard else []


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("ann@example.org", [EMAIL]),
        ("Ann Lee, ann@example.org", [EMAIL, NAME]),
        ("My name is Ann Lee and my address is ann@example.org", [EMAIL, NAME]),
        ("please use ann@example.org", [EMAIL]),
        ("hello, this is Ann Lee, please", [NAME]),
        ("Ann Lee\nann@example.org", [EMAIL, NAME]),
        ("Name: Ann Lee\nE-mail: ann@example.org", [NAME, EMAIL]),
        ("nom : Ann Lee", [NAME]),
        ("Nom\N{NO-BREAK SPACE}: Ann Lee", [NAME]),
        ("ann@example.org on 1 December", [EMAIL, SetSlot("day", "2026-12-01")]),
        ("Ann Lee", [NAME]),
        ("ann@example.org. What does it cost?", [EMAIL, AskKnowledge("What does it cost?")]),
        ("What does it cost?", [AskKnowledge("What does it cost?")]),
        ("forget it", [CancelFlow()]),
        ("I would rather not tell you all that at once", [Rejected("")]),
        ("?!", [Rejected("")]),
    ],
)
def test_what_words_hold_is_taken(text: str, commands: list[object]) -> None:
    assert heard(at_the_form(), text) == commands


def test_then_the_rest_is_asked_for() -> None:
    talk = at_the_form()
    told = [talk.hear(*heard(talk, text)) for text in ("ann@example.org", "Ann Lee", "no thanks")]
    assert told == [
        "What is your name?",
        "Which day suits you? [Skip]",
        "Thank you, Ann Lee (ann@example.org).",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Skip",
        "skip",
        "Passer",
        "no",
        "No thanks",
        "nothing",
        "None.",
        "I don't have one",
        "rien d’autre",
        "je préfère ne pas le dire",
    ],
)
def test_what_may_be_left_out_is_skipped(text: str) -> None:
    assert heard(at_the_form(NAME, EMAIL), text) == [LeaveOut("day")]


def test_a_day_is_no_skip() -> None:
    assert heard(at_the_form(NAME, EMAIL), "tomorrow") == [SetSlot("day", "2026-11-29")]


def test_what_is_needed_is_not_skipped() -> None:
    talk = at_the_form(EMAIL)
    assert LeaveOut("name") not in heard(talk, "Skip")


def test_a_form_is_no_words() -> None:
    """Whatever stands in it: it calls nobody, and asks nothing."""
    values = {"name": "I want a person?", "email": "x"}
    assert heard(at_the_form(), "Name: I want a person?\nE-mail: x", form=values) == [FillForm(values)]


def test_what_is_said_besides_counts_too() -> None:
    talk, values = at_the_form(), {"name": "Ann"}
    more = heard(talk, "Name: Ann", form=values, beside="What does it cost?")
    assert more == [FillForm(values), AskKnowledge("What does it cost?")]
    called = heard(talk, "Name: Ann", form=values, beside="a person please", wants_person=True)
    assert called == [FillForm(values), WantPerson()]


PARTY = flow("""\
key: party
slots:
  guests: {kind: number, label: {en: Guests}}
  zip: {kind: postal_code, label: {en: Postal code}}
start: form
nodes:
  - {id: form, kind: form, slots: [guests, zip]}
""")


def test_a_postal_code_is_no_number_of_guests() -> None:
    talk = Talk.over(PARTY)
    talk.hear(StartFlow("party"))
    assert heard(talk, "75001 Paris") == [SetSlot("zip", "75001")]


@pytest.mark.parametrize("words", ["laissez tomber", "laisse tomber", "annuler", "never mind", "cancel"])
def test_giving_up_is_no_skipping(words: str) -> None:
    """Also where what is asked for may be left out."""
    talk = at_the_form(NAME, EMAIL)
    assert heard(talk, words) == [CancelFlow()]


def test_what_is_written_right_after_a_form_cancels_or_corrects_it() -> None:
    talk, values = at_the_form(), {"name": "Ann", "email": "ann@x.org"}
    assert heard(talk, "Name: Ann", form=values, beside="stop, cancel it") == [CancelFlow()]
    corrected = heard(talk, "Name: Ann", form=values, beside="sorry, my email is bob@x.org")
    assert corrected == [FillForm({"name": "Ann", "email": "bob@x.org"})]


def test_a_form_that_comes_late_is_read_as_words() -> None:
    talk = at_the_form(NAME)
    assert heard(talk, "E-mail: ann@example.org", form={"email": "ann@example.org"}) == [EMAIL]


def test_what_says_what_it_is_needs_no_question_of_its_own() -> None:
    assert heard(at_the_form(EMAIL), "Name: Ann Lee\nDay: tomorrow") == [NAME, SetSlot("day", "2026-11-29")]
    assert heard(at_the_form(EMAIL), "Time: ten") == [SetSlot("name", "Time: ten")]


def test_long_lines_are_read_in_no_time() -> None:
    began = time.process_time()
    heard(at_the_form(), " " * 4_000 + "\n" + "a:" * 2_000 + "\n" + ": " * 1_000)
    assert time.process_time() - began < 2


def test_one_value_is_not_taken_for_two_fields() -> None:
    two = "  until: {kind: date, label: {en: Until, fr: Fin}, ask: {en: Until?, fr: Fin ?}}\nstart: details"
    talk = Talk.over(flow(CONTACT, ("start: details", two), ("email, day]", "email, day, until]")))
    talk.hear(StartFlow("contact"))
    assert heard(talk, "from tomorrow on") == [SetSlot("day", "2026-11-29")]


PHOTO = SentFile("1", "lamp.jpg", "picture")
INVOICE = SentFile("2", "invoice.pdf", "document")
TAKEN = SetSlot("photo", PHOTO.value)
WITH_PHOTO = flow(
    CONTACT,
    ("slots:\n", "slots:\n  photo: {kind: file, accept: pictures, ask: {en: A photo?, fr: Une photo ?}}\n"),
    ("next: thanks", "next: picture"),
    ("  - id: thanks", "  - {id: picture, kind: ask, slot: photo, next: thanks}\n  - id: thanks"),
)


def sending(text: str, *files: SentFile, **more: object) -> tuple[list[object], str, Talk]:
    """What is heard at the form, what is said to it, and where it stands then."""
    talk = Talk.over(WITH_PHOTO)
    talk.hear(StartFlow("contact"))
    commands = heard(talk, text, files=files, **more)
    return commands, talk.hear(*commands), talk


@pytest.mark.parametrize("text", ["", "Here it is", "this is what my lamp looks like now", "ok"])
def test_a_file_goes_where_it_belongs_and_the_form_stays(text: str) -> None:
    commands, said, talk = sending(text, PHOTO)
    assert (commands, said) == ([TAKEN], "How can we reach you?")
    assert talk.state.top is not None and talk.state.top.waiting == "form"
    told = talk.hear(FillForm({"name": "Ann Lee", "email": "ann@example.org"}))
    assert told == "Thank you, Ann Lee (ann@example.org)."


@pytest.mark.parametrize("text", ["", "the invoice", "this is the invoice for my lamp"])
def test_one_that_belongs_nowhere_is_kept_and_the_form_stays(text: str) -> None:
    commands, said, talk = sending(text, INVOICE)
    assert [type(one) for one in commands] == [ChitChat]
    assert said.startswith("I have kept your file") and said.endswith("How can we reach you?")
    assert talk.state.top is not None and talk.state.top.waiting == "form"


def test_what_is_written_beside_a_file_counts() -> None:
    assert sending("ann@example.org", PHOTO)[0] == [TAKEN, EMAIL]
    assert sending("What does it cost?", PHOTO)[0] == [TAKEN, AskKnowledge("What does it cost?")]
    assert sending("forget it", PHOTO)[0] == [CancelFlow()]


def test_a_file_that_comes_right_after_a_form_is_taken_too() -> None:
    good = {"name": "Ann Lee", "email": "ann@example.org"}
    commands, said, _talk = sending("Name: Ann Lee", PHOTO, form=good)
    assert (commands, said) == ([FillForm(good), TAKEN], "Thank you, Ann Lee (ann@example.org).")
    commands, said, talk = sending("Name: Ann Lee", PHOTO, form={"name": "Ann Lee", "email": "ann"})
    assert commands[1] == TAKEN and "E-mail" in said
    assert talk.state.top is not None and talk.state.top.waiting == "form"
    assert talk.state.top.slots["photo"] == PHOTO.value
    assert sending("Name: Ann", PHOTO, form=good, beside="stop, cancel it")[0] == [CancelFlow()]


def test_a_greeting_is_returned_and_the_form_stays() -> None:
    talk = at_the_form()
    again = step(
        talk.library,
        talk.state,
        interpret(talk.library, talk.state, Words("hello", courtesy="Hi!"), FACTS).heard,
        FACTS,
    )
    assert again.state.top is not None and again.state.top.waiting == "form"
