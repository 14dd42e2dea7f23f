"""Who wants none of what is offered says what else to look for, and it is looked for again."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.interpreting import Words, interpret
from flows.run import Facts
from flows.state import Command, CorrectSlot, Heard, Rejected, SetSlot, StartFlow
from tests.flows.shop import flow
from tests.flows.talking import NOW, Talk

TABLE_YAML = """\
key: table
name: {en: A table}
slots:
  day: {kind: date, ask: {en: Which day?}, label: {en: Day}}
  hour: {kind: time, label: {en: Around}}
  part: {kind: period, label: {en: Part of the day}}
  time: {kind: moment, offered: times, ask: {en: Which time?}, label: {en: Time}}
  times: {}
start: day
nodes:
  - {id: day, kind: ask, slot: day, next: look}
  - id: look
    kind: act
    action: look
    given: {day: '{day}', hour: '{hour}'}
    takes: {times: times}
    next: time
  - {id: time, kind: ask, slot: time, next: done}
  - {id: done, kind: end, text: {en: 'At {time}.'}}
"""
TABLE = flow(TABLE_YAML)
ASKS_FIRST = """\
- id: book
    kind: act
    action: book
    given: {time: '{time}'}
    confirm: {en: '{time}?'}
    next: done
  - {id: done,"""
BOOKED = flow(
    TABLE_YAML.replace("slot: time, next: done}", "slot: time, next: book}").replace(
        "- {id: done,", ASKS_FIRST
    )
)
NOON = {"value": "2026-12-01T12:00", "label": "at noon"}


def hear(talk: Talk, words: str, language: str = "en") -> tuple[Command, ...]:
    heard = interpret(talk.library, talk.state, Words(words), Facts(NOW, language)).heard
    return (heard or Heard(())).commands


def offered() -> Talk:
    talk = Talk.over(TABLE)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-01"))
    assert talk.acted(data={"times": [NOON]}) == "Which time? [at noon]"
    return talk


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        ("around 3 pm", (SetSlot("hour", "15:00"), SetSlot("time", "2026-12-01T15:00"))),
        (
            "Wednesday at 3 pm",
            (CorrectSlot("day", "2026-12-02"), SetSlot("hour", "15:00"), SetSlot("time", "2026-12-02T15:00")),
        ),
    ],
)
def test_an_hour_that_is_not_offered_is_what_to_look_for(words: str, commands: tuple[Command, ...]) -> None:
    assert hear(offered(), words) == commands


def test_it_begins_no_other_flow_however_much_it_sounds_like_one() -> None:
    talk = offered()
    words = Words("around 3 pm", begins="book", likely=0.95)
    heard = interpret(talk.library, talk.state, words, Facts(NOW, "en")).heard
    assert heard is not None and SetSlot("hour", "15:00") in heard.commands


@pytest.mark.parametrize(
    ("language", "words", "begin", "end"),
    [
        ("en", "rather in the morning", "09:00", "12:00"),
        ("en", "can it be in the afternoon?", "14:00", "18:00"),
        ("fr", "plutôt le matin", "09:00", "12:00"),
        ("fr", "et en soirée ?", "18:00", "21:00"),
    ],
)
def test_a_part_of_that_day_is_what_to_look_for(language: str, words: str, begin: str, end: str) -> None:
    """And no moment is chosen by it: which one is for the customer to say."""
    part = {"from": f"2026-12-01T{begin}", "to": f"2026-12-01T{end}"}
    assert hear(offered(), words, language) == (SetSlot("part", part),)


def test_an_hour_that_is_offered_is_chosen_and_other_words_are_none() -> None:
    assert hear(offered(), "12:00")[0] == SetSlot("time", NOON["value"])
    assert isinstance(hear(offered(), "banana")[0], Rejected)


def brought(*hours: int, day: int = 1) -> dict[str, list[dict[str, str]]]:
    return {"times": [{"value": f"2026-12-0{day}T{hour}:00", "label": f"{day}/{hour}"} for hour in hours]}


def test_it_is_looked_for_again_and_chosen_where_just_that_is_free() -> None:
    talk = offered()
    assert talk.hear(*hear(talk, "around 3 pm")) == ""
    assert talk.to_do and talk.to_do.given == {"day": "2026-12-01", "hour": "15:00"}
    assert talk.acted(data=brought(14, 16)) == "Which time? [1/14] [1/16]"
    assert talk.hear(*hear(talk, "rather 5 pm")) == "Noted. Around: 17:00."
    assert talk.to_do and talk.to_do.given["hour"] == "17:00"
    assert talk.acted(data=brought(16, 17)) == "At 1/17."


def test_another_day_and_hour_are_looked_for_together() -> None:
    talk = offered()
    assert talk.hear(*hear(talk, "Wednesday at 3 pm")).startswith("Noted. Day: Wednesday")
    assert talk.to_do and talk.to_do.given == {"day": "2026-12-02", "hour": "15:00"}
    assert talk.acted(data=brought(15, day=2)) == "At 2/15."


def test_it_counts_from_the_beginning_and_is_taken_where_it_is_free() -> None:
    for free, told in (("15:00", "At 15:00."), ("16:00", "Which time? [16:00]")):
        talk = Talk.over(TABLE)
        talk.hear(StartFlow("table"))
        talk.hear(*hear(talk, "tomorrow around 3 pm"))
        assert talk.to_do and talk.to_do.given == {"day": "2026-11-29", "hour": "15:00"}
        assert talk.acted(data={"times": [{"value": f"2026-11-29T{free}", "label": free}]}) == told


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("en", "I can't come on Tuesday, a table please", None),
        ("en", "I can't come on Tuesday. Would Thursday do?", "2026-12-03"),
        ("fr", "je ne peux pas mardi", None),
        ("fr", "je ne serai pas là mardi, plutôt jeudi", "2026-12-03"),
        ("fr", "une table mardi", "2026-12-01"),
    ],
)
def test_a_day_that_is_impossible_is_not_the_one_that_is_wanted(
    language: str, words: str, day: str | None
) -> None:
    talk = Talk.over(TABLE)
    facts = Facts(datetime(2026, 11, 28, 10), language)
    heard = interpret(talk.library, talk.state, Words(words, begins="table", likely=1), facts).heard
    assert heard is not None
    assert next((one.value for one in heard.commands if isinstance(one, SetSlot)), None) == day


def about_to_book() -> Talk:
    talk = Talk.over(BOOKED)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-01"))
    talk.acted(data=brought(12, 15))
    assert talk.hear(*hear(talk, "at noon")).startswith("1/12?")
    return talk


def test_another_hour_of_that_day_is_taken_before_it_is_booked() -> None:
    talk = about_to_book()
    assert "1/15?" in talk.hear(*hear(talk, "no, at 3 pm"))


@pytest.mark.parametrize(
    "words", ["no, Wednesday at 3 pm please", "Wednesday at 3 pm", "rather Wednesday at 3 pm"]
)
def test_another_day_and_hour_are_never_taken_for_an_hour_of_the_first_day(words: str) -> None:
    talk = about_to_book()
    assert talk.hear(*hear(talk, words)).startswith("Noted. Day: Wednesday")
    assert talk.to_do and talk.to_do.given == {"day": "2026-12-02", "hour": "15:00"}
    assert talk.acted(data=brought(14, 15, day=2)).startswith("2/15?")


def test_another_afternoon_chooses_no_hour() -> None:
    talk = about_to_book()
    talk.hear(*hear(talk, "can we do Wednesday afternoon instead?"))
    assert talk.acted(data=brought(14, 16, day=2)) == "Which time? [2/14] [2/16]"


def test_where_that_hour_is_not_free_others_are_offered() -> None:
    talk = about_to_book()
    talk.hear(*hear(talk, "no, Wednesday at 3 pm"))
    assert talk.acted(data=brought(14, 16, day=2)) == "Which time? [2/14] [2/16]"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Tuesday at 3 pm", "2026-12-08T15:00"),
        ("tuesday 3pm please", "2026-12-08T15:00"),
        ("15:00 on Tuesday", "2026-12-08T15:00"),
        ("3 pm works, see you Tuesday", "2026-12-08T15:00"),
        ("Tuesday the 8th at 3 pm", "2026-12-08T15:00"),
        ("the one at 15:00 on Tuesday", "2026-12-08T15:00"),
    ],
)
def test_a_weekday_is_the_one_that_is_offered(words: str, value: str) -> None:
    talk = Talk.over(TABLE)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-08"))
    talk.acted(data=brought(12, 15, day=8))
    commands = hear(talk, words)
    assert commands[0] == SetSlot("time", value)
    assert not [one for one in commands if isinstance(one, CorrectSlot)]


@pytest.mark.parametrize("words", ["tomorrow at 3 pm", "Tuesday the 1st at 3 pm", "Wednesday at 3 pm"])
def test_another_day_than_those_offered_is_looked_for(words: str) -> None:
    talk = Talk.over(TABLE)
    talk.hear(StartFlow("table"), SetSlot("day", "2026-12-08"))
    talk.acted(data=brought(12, 15, day=8))
    [correction, *_] = hear(talk, words)
    assert isinstance(correction, CorrectSlot) and correction.slot == "day"
