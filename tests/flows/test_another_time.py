"""Another time than the one that was chosen, said before it is booked, where no slot is for the day or for
the hour."""

from __future__ import annotations

import pytest

from flows.state import Command, Confirm, CorrectSlot, Rejected, SetSlot, StartFlow
from tests.flows.shop import flow
from tests.flows.talking import Talk
from tests.flows.test_other_than_offered import NOON, TABLE_YAML, brought, hear

BARE = flow(
    """\
key: bare
name: {en: A table}
slots:
  time: {kind: moment, offered: times, ask: {en: Which time?}, label: {en: Time}}
  times: {}
  guests: {kind: number, ask: {en: How many?}, label: {en: Guests}}
start: look
nodes:
  - {id: look, kind: act, action: look, takes: {times: times}, next: time}
  - {id: time, kind: ask, slot: time, next: guests}
  - {id: guests, kind: ask, slot: guests, next: book}
  - id: book
    kind: act
    action: book
    given: {time: '{time}', guests: '{guests}'}
    confirm: {en: '{time}?'}
    next: done
  - {id: done, kind: end, text: {en: Done.}}
"""
)


def chosen() -> Talk:
    talk = Talk.over(BARE)
    talk.hear(StartFlow("bare"))
    talk.acted(data={"times": [NOON, {"value": "2026-12-02T15:00", "label": "on Wednesday at three"}]})
    talk.hear(SetSlot("time", "2026-12-01T12:00"))
    talk.hear(SetSlot("guests", "2"))
    assert talk.state.frames[-1].waiting == "confirmation"
    return talk


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", "No, Thursday at 3 pm", "That is not one of the possibilities.\nWhich time?"),
        ("en", "no, rather at 4 pm", "That is not one of the possibilities.\nWhich time?"),
        ("fr", "non, plutôt jeudi à 15 h", "That is not one of the possibilities.\nWhich time?"),
        ("en", "No, on Wednesday please", "Which time?"),
    ],
)
def test_another_time_before_it_is_booked_is_chosen_anew(language: str, words: str, said: str) -> None:
    """Nothing in the flow could look for that day: the customer is told, and the flow is not stopped."""
    talk = chosen()
    assert talk.hear(*hear(talk, words, language)).startswith(said)
    assert talk.state.frames[-1].slots.get("guests") == "2"
    talk.hear(SetSlot("time", "2026-12-02T15:00"))
    assert talk.state.frames[-1].waiting == "confirmation"


@pytest.mark.parametrize(("words", "command"), [("no", Confirm(False)), ("yes, at noon", Confirm(True))])
def test_a_mere_yes_or_no_is_what_it_was(words: str, command: Command) -> None:
    assert hear(chosen(), words) == (command,)


def test_another_time_of_those_that_are_offered_is_taken() -> None:
    assert hear(chosen(), "No, on Wednesday at 3 pm") == (CorrectSlot("time", "2026-12-02T15:00"),)


def test_what_is_free_and_not_shown_is_taken_from_who_names_it() -> None:
    talk = Talk.over(BARE)
    talk.hear(StartFlow("bare"))
    spare = {"value": "2026-12-01T15:30", "label": "at half past three", "spare": True}
    assert talk.acted(data={"times": [NOON, spare]}) == "Which time? [at noon]"
    assert hear(talk, "at 3.30 pm") == (SetSlot("time", "2026-12-01T15:30"),)
    assert isinstance(hear(talk, "at 5 pm")[0], Rejected)
    assert talk.hear(*hear(talk, "at 3.30 pm")) == "How many?"


DAILY = flow(
    TABLE_YAML.replace("  hour: {kind: time, label: {en: Around}}\n", "")
    .replace("  part: {kind: period, label: {en: Part of the day}}\n", "")
    .replace(", hour: '{hour}'", "")
    .replace("{kind: moment, offered", "{offered")  # somebody left its kind at words
)


def test_another_day_and_hour_are_kept_together_where_no_slot_is_for_the_hour() -> None:
    talk = Talk.over(DAILY)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-01"))
    talk.acted(data={"times": [NOON]})
    assert hear(talk, "no, Thursday at 3 pm") == (
        CorrectSlot("day", "2026-12-03"),
        SetSlot("time", "2026-12-03T15:00"),
    )
    talk.hear(*hear(talk, "no, Thursday at 3 pm"))
    assert talk.acted(data=brought(14, 15, day=3)) == "At 3/15."


def test_a_time_is_chosen_by_its_hour_whatever_kind_the_slot_was_left_at() -> None:
    talk = Talk.over(DAILY)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-01"))
    talk.acted(data=brought(14, 15))
    assert hear(talk, "3 pm") == (SetSlot("time", "2026-12-01T15:00"),)
