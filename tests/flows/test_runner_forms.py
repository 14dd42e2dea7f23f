"""Several things asked for at once: filled in, refused one by one, or answered in words instead."""

from __future__ import annotations

import pytest

from flows.awaiting import awaited
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import (
    AskKnowledge,
    CancelFlow,
    ChitChat,
    CorrectSlot,
    FillForm,
    Heard,
    LeaveOut,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
    State,
    WantPerson,
)
from tests.flows.shop import CONTACT, flow
from tests.flows.talking import NOW, Talk

GOOD = {"name": "Ann", "email": "ann@example.org", "day": "2026-12-01"}


@pytest.fixture
def talk() -> Talk:
    talk = Talk.over(flow(CONTACT))
    assert talk.hear(StartFlow("contact")) == "How can we reach you?"
    return talk


def fields(talk: Talk) -> list[tuple[str, str, str]]:
    asked = awaited(talk.library, talk.state, talk.language)
    return [(one["name"], one["written"], one["why"]) for one in asked.get("fields", ())]


def test_all_is_taken_at_once(talk: Talk) -> None:
    assert fields(talk) == [("name", "", ""), ("email", "", ""), ("day", "", "")]
    said = talk.hear(FillForm(GOOD))
    assert said == "Thank you, Ann (ann@example.org)Tuesday 1 December 2026."
    assert talk.over_with == [("contact", "done")]


def test_what_may_be_empty_is_not_asked_again(talk: Talk) -> None:
    assert talk.hear(FillForm({**GOOD, "day": ""})) == "Thank you, Ann (ann@example.org)."


def test_what_is_good_is_kept_and_what_is_not_is_shown_again(talk: Talk) -> None:
    said = talk.hear(FillForm({"name": "Ann", "email": "ann at", "day": "yesterday"}))
    assert said.splitlines() == [
        "Please look at this once more:",
        "",
        "- **E-mail**: An e-mail address looks like ann@example.org.",
        "- **Day**: That is already past.",
    ]
    assert fields(talk) == [
        ("email", "ann at", "An e-mail address looks like ann@example.org."),
        ("day", "yesterday", "That is already past."),
    ]
    assert talk.hear(FillForm({"email": "ann@example.org"})) == "Thank you, Ann (ann@example.org)."


def test_without_words_of_its_own_a_field_says_what_it_wants() -> None:
    without = next(line for line in CONTACT.splitlines(keepends=True) if "reject" in line)
    talk = Talk.over(flow(CONTACT, (without, "")))
    talk.hear(StartFlow("contact"))
    said = talk.hear(FillForm({"name": "A", "email": "ann@", "day": "banana"}))
    assert said.splitlines()[2:] == [
        "- **Name**: That is too short.",
        "- **E-mail**: This is not a complete e-mail address.",
        "- **Day**: This does not fit here. Please check it.",
    ]


def test_what_is_needed_is_missed(talk: Talk) -> None:
    assert "- **Name**: This is needed." in talk.hear(FillForm({"email": "ann@example.org"}))
    assert fields(talk) == [("name", "", "This is needed.")]


def test_after_too_many_tries_a_person_is_offered_who_knows_what_was_said(talk: Talk) -> None:
    for _ in range(2):
        talk.hear(FillForm({"name": "Ann", "email": "x"}))
    assert talk.hear(FillForm({"email": "x"})).startswith("I do not understand you well enough.")
    assert talk.over_with == [("contact", "given_up")]


def test_or_it_leads_where_the_flow_says() -> None:
    talk = Talk.over(
        flow(CONTACT, ("next: thanks", "next: thanks, otherwise: thanks".replace(", ", "\n    ")))
    )
    talk.hear(StartFlow("contact"))
    for _ in range(2):
        talk.hear(FillForm({"name": "Ann", "email": "x"}))
    assert talk.hear(FillForm({"email": "x"})) == "Thank you, Ann ()."


def test_each_field_is_read_with_what_the_others_say() -> None:
    later = "    valid: {fact: slots.name, op: is, value: Ann}\nstart: details"
    talk = Talk.over(flow(CONTACT, ("start: details", later)))
    talk.hear(StartFlow("contact"))
    assert "**Day**: That does not work here." in talk.hear(FillForm({**GOOD, "name": "Bob"}))


def test_what_is_known_is_not_asked_for() -> None:
    talk = Talk.over(flow(CONTACT))
    talk.hear(StartFlow("contact"), SetSlot("name", "Ann"))
    assert [name for name, _written, _why in fields(talk)] == ["email", "day"]


def test_but_it_is_where_the_step_asks_again() -> None:
    talk = Talk.over(flow(CONTACT, ("optional: [day]", "optional: [day]\n    again: true")))
    talk.hear(StartFlow("contact"), SetSlot("name", "Ann"), SetSlot("day", "2026-12-01"))
    assert fields(talk) == [("name", "Ann", ""), ("email", "", ""), ("day", "2026-12-01", "")]
    said = talk.hear(FillForm({"name": "Anna", "email": "anna@example.org", "day": ""}))
    assert said == "Thank you, Anna (anna@example.org)."


def test_in_words_the_rest_is_asked_one_by_one(talk: Talk) -> None:
    assert talk.hear(SetSlot("email", "ann@example.org")) == "What is your name?"
    assert fields(talk) == []
    assert talk.hear(SetSlot("name", "Ann")) == "Which day suits you? [Skip]"
    assert talk.hear(LeaveOut("day")) == "Thank you, Ann (ann@example.org)."


def test_several_at_once_leave_less_to_be_asked(talk: Talk) -> None:
    assert (
        talk.hear(SetSlot("email", "ann@example.org"), SetSlot("name", "Ann"))
        == "Which day suits you? [Skip]"
    )
    assert talk.hear(SetSlot("day", "2026-12-01")).startswith("Thank you, Ann")


def test_words_that_say_nothing_lead_to_questions(talk: Talk) -> None:
    assert talk.hear(NotUnderstood()) == "Let us go through it one by one.\nWhat is your name?"
    assert talk.hear(Rejected("name", "too_short")) == "That is too short.\nWhat is your name?"
    talk.hear(Rejected("name"))
    assert talk.hear(Rejected("name")).startswith("I do not understand you well enough.")


def test_a_bad_answer_in_words_is_asked_for_by_itself(talk: Talk) -> None:
    said = talk.hear(Rejected("email", "", "ann at"))
    assert said == "An e-mail address looks like ann@example.org.\nWhat is your e-mail address?"
    assert talk.hear(SetSlot("email", "ann@example.org")) == "What is your name?"


def test_what_may_be_left_out_stops_nobody(talk: Talk) -> None:
    talk.hear(SetSlot("email", "ann@example.org"), SetSlot("name", "Ann"))
    talk.hear(Rejected("day"))
    assert talk.hear(Rejected("day")) == "Thank you, Ann (ann@example.org)."


def test_what_is_needed_cannot_be_left_out(talk: Talk) -> None:
    talk.hear(NotUnderstood())
    assert "What is your name?" in talk.hear(LeaveOut("name"))


def test_a_question_in_between_comes_back_to_the_form(talk: Talk) -> None:
    talk.hear(FillForm({"name": "Ann", "email": "x"}))
    talk.hear(AskKnowledge("What does it cost?"))
    assert "Please look at this once more:" in talk.answered()
    assert fields(talk)[0][:2] == ("email", "x")
    assert talk.hear(ChitChat("You are welcome.")).startswith("You are welcome.\nPlease look")


def test_after_questions_in_words_it_asks_in_words(talk: Talk) -> None:
    talk.hear(SetSlot("name", "Ann"))
    talk.hear(AskKnowledge("What does it cost?"))
    assert talk.answered().endswith("What is your e-mail address?")


def test_too_many_questions_are_noticed_and_the_form_can_still_be_sent(talk: Talk) -> None:
    for _ in range(4):
        talk.hear(AskKnowledge("And?"))
        said = talk.answered()
    assert "[Yes, let us go on]" in said or "[" in said
    assert talk.hear(FillForm(GOOD)).startswith("Thank you, Ann")


def test_one_answer_can_be_corrected_later(talk: Talk) -> None:
    talk.hear(FillForm({"name": "Ann", "email": "x", "day": ""}))
    said = talk.hear(CorrectSlot("name", "Anna"))
    assert "Anna" in said and [name for name, *_ in fields(talk)] == ["email"]
    assert talk.hear(FillForm({"email": "ann@example.org"})) == "Thank you, Anna (ann@example.org)."


def test_who_answers_in_words_is_asked_in_words_after_a_correction_too() -> None:
    town = "  town: {ask: {en: Which town?, fr: Quelle ville ?}, label: {en: Town, fr: Ville}}\nstart: town"
    ask = "nodes:\n  - {id: town, kind: ask, slot: town, next: details}"
    talk = Talk.over(flow(CONTACT, ("start: details", town), ("nodes:", ask)))
    talk.hear(StartFlow("contact"))
    assert talk.hear(SetSlot("town", "Nantes")) == "How can we reach you?"
    assert talk.hear(SetSlot("name", "Ann")) == "What is your e-mail address?"
    assert talk.hear(CorrectSlot("town", "Lyon")).endswith("What is your e-mail address?")


def test_it_can_be_given_up_and_a_person_called(talk: Talk) -> None:
    talk.hear(WantPerson())
    talk.hear(CancelFlow())
    talk.hear(CancelFlow())
    assert not talk.under_way or "contact" not in talk.under_way


def test_a_form_that_nobody_waits_for_is_not_understood(talk: Talk) -> None:
    talk.hear(SetSlot("name", "Ann"))
    assert "What is your e-mail address?" in talk.hear(FillForm(GOOD))
    assert talk.state.top is not None and talk.state.top.slots == {"name": "Ann"}


def test_where_no_form_can_be_shown_it_is_asked_in_words() -> None:
    facts = Facts(NOW, "fr", forms=False)
    taken = step(Shelf.of(flow(CONTACT)), State(), Heard((StartFlow("contact"),)), facts)
    assert taken.effects[-1].text == "Quel est votre nom ?"


def test_a_fields_form_says_how_it_is_filled_in() -> None:
    talk = Talk.over(flow(CONTACT, ("  name:\n", "  name:\n    most: 500\n")), language="fr")
    talk.hear(StartFlow("contact"))
    name, email, day = awaited(talk.library, talk.state, "fr")["fields"]
    assert name == {"name": "name", "label": "Nom", "kind": "text", "required": True, "choices": [],
                    "long": True, "autofill": "name", "written": "", "why": ""}  # fmt: skip
    assert (email["kind"], email["autofill"], day["required"]) == ("email", "email", False)
