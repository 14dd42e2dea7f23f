"""Whatever is written: nothing raises, nothing takes long, and a value has the form that its slot says."""

from __future__ import annotations

import json
import time
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.slot import Slot, SlotKind
from flows.slots import signals
from flows.slots.reading import find_in
from flows.stock import delivered
from tests.flows.slots.asking import NOW, answer, mentioned

KINDS = get_args(SlotKind)
CHOICES: Any = [
    {"value": "blue", "label": {"en": "Blue", "fr": "Bleue"}},
    {"value": "xl", "label": {"en": "Extra large", "fr": "Très grand"}, "synonyms": {"en": ["huge"]}},
    {"value": "٣", "label": {"en": "﷽"}},
]
SLOTS = {
    kind: Slot(
        kind=kind,
        choices=CHOICES if kind == "choice" else (),
        pattern=r"L-\d{6}|[A-Z]{2}\d+" if kind == "code" else "",
    )
    for kind in KINDS
}
WORDS = """tomorrow demain next mardi 3 15h 12,50 € €1,234.50 january 31 février 2/3 en huit in two weeks
between and 12:60 25:00 99/99 0 yes non pas not the blue one @ jean@example.com +33612345678 75011 L-204117
oo12o4 half past quart moins 10k -3 ٣ ½ 2️⃣ 👍🏽 ﷽ à partir du - – until null 9999 999 years ago dans 999 mois
no sorry plutôt ? . , 1e400 00 the 31st of 366 million dozen une douzaine et demie minus"""
WHYS = """not_a_value past too_small too_large too_short too_long ambiguous invalid day_missing time_missing
end_missing no_such_day mismatch file_wanted"""
texts = st.text(max_size=60) | st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)
HOSTILE = {
    "emoji": "👩‍👩‍👧‍👦" * 2_500,
    "letters": "a" * 10_000,
    "digits": "1" * 10_000,
    "ordinals": "1st " * 2_500,
    "numbers": "12,5 " * 2_000,
    "words": "twenty one hundred " * 500,
    "dates": "le 3 janvier " * 800,
    "hours": "from 3 to 5 pm and " * 500,
    "signs": "@.-/:,+€$" * 1_000,
    "spaces": " \t\n" * 3_000,
    "right to left": "\u202eمرحبا بكم في المتجر\u202c " * 400,
    "control": "\x00\x01\x1b[31m\u200b\ufeff" * 1_000,
    "ligatures": "﷽" * 5_000,
    "marks": "e" + "\u0301" * 9_000,
    "surrogates": "\ud800" * 1_000,
    "other digits": "٠٦ ١٢ ٣٤ ٥٦ ٧٨ " * 500,
    "no": "no no sorry wait " * 600,
    "pas": "pas la bleue et " * 600,
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120, deadline=None)
@given(text=texts, language=st.sampled_from(["en", "fr", "fr-CA"]), future=st.booleans())
@example(text="\U00011bf0", language="en", future=False)  # a digit since Unicode 16
def test_nothing_raises_and_a_value_has_the_form_of_its_slot(
    kind: str, text: str, language: str, future: bool
) -> None:
    slot = SLOTS[kind].model_copy(update={"future": future})
    reading = answer(slot, text, language)
    assert (reading.value is None) == bool(reading.why)
    assert not reading.why or reading.why in delivered()
    for value in (reading.value, mentioned(slot, text, language)):
        assert value is None or has_form(slot, value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_fast(kind: str, name: str) -> None:
    slot, text = SLOTS[kind], HOSTILE[name]
    answer(slot, text, "fr")  # the words are loaded once
    begun = time.process_time()
    answer(slot, text, "fr")
    find_in(slot, text, language="fr", now=NOW)
    signals.cancels(text), signals.corrected(text), signals.asks(text), signals.hesitates(text)
    assert time.process_time() - begun < 0.25


@settings(max_examples=200, deadline=None)
@given(text=texts)
def test_signals_never_raise(text: str) -> None:
    for signal in (signals.cancels, signals.corrects, signals.asks, signals.hesitates):
        assert signal(text) in (True, False)
    assert len(signals.corrected(text)) <= 400


def test_a_pattern_that_runs_for_ever_is_given_up() -> None:
    slot = Slot(kind="code", pattern=r"(a+)+b\d")
    begun = time.process_time()
    assert answer(slot, "a" * 200, "en").value is None
    assert time.process_time() - begun < 1


def test_every_reason_is_said_in_both_languages() -> None:
    whys = (
        "not_a_value past too_small too_large too_short too_long ambiguous invalid day_missing time_missing"
    )
    for why in [*whys.split(), "end_missing", "no_such_day", "mismatch", "file_wanted"]:
        assert set(delivered()[why]) == {"en", "fr"}


def has_form(slot: Slot, value: Any) -> bool:
    json.dumps(value, allow_nan=False)
    if slot.kind == "choice":
        return value in [choice.value for choice in slot.choices]
    return FORMS[slot.kind](value) if slot.kind in FORMS else isinstance(value, str) and value != ""


def _is_moment(value: Any) -> bool:
    return datetime.fromisoformat(value).isoformat(timespec="minutes") == value


FORMS: dict[str, Any] = {
    "yes_no": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "money": lambda value: set(value) == {"amount", "currency"} and Decimal(value["amount"]).is_finite(),
    "date": lambda value: date.fromisoformat(value).isoformat() == value,
    "time": lambda value: clock.fromisoformat(value).isoformat(timespec="minutes") == value,
    "moment": _is_moment,
    "period": lambda value: set(value) == {"from", "to"} and all(map(_is_moment, value.values()))
    and value["from"] < value["to"],
}  # fmt: skip
