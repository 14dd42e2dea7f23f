"""What a customer types is read without what nobody can have meant."""

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from assistant.guardrails import clean


def test_invisible_and_control_characters_go() -> None:
    assert clean("re\u200bset\x00 my\u202e pass\u00adword\U000e0041") == "reset my password"


def test_joiners_stay_where_they_mean_something() -> None:
    assert clean("می‌خواهم 👩‍💻") == "می‌خواهم 👩‍💻"
    assert clean("pass\u200dword") == "password"


def test_line_breaks_stay_but_not_many() -> None:
    assert clean("one\r\ntwo\n\n\n\nthree") == "one\ntwo\n\nthree"


@given(st.text(max_size=6000))
def test_cleaning_never_fails_and_is_done_in_one_go(text: str) -> None:
    once = clean(text)
    assert len(once) <= settings.MESSAGE_MAX_CHARACTERS
    assert clean(once) == once
