"""Whatever is sent is kept or refused with a reason, never both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.introduction.asked import Asked, Kind
from chatbot.mailing import is_address
from conversations.introducing.checking import LONGEST, check, read

OPTIONS = {"en": ("A lamp", "A parcel"), "fr": ("Une lampe", "Un colis")}
TEXT = st.one_of(
    st.text(max_size=600),
    st.sampled_from(
        ["ann@example.org", "ann@", "A lamp", "Une lampe", "4111 1111 1111 1111", " ", "\x00", "x" * 501]
    ),
)


def question(key: str, kind: Kind, *, required: bool = False) -> Asked:
    return Asked(key, kind, required, {"en": key}, OPTIONS if kind is Kind.CHOICE else {}, ("en", "fr"))


QUESTIONS = st.lists(
    st.builds(
        question,
        st.sampled_from(["name", "email", "a", "b", "c"]),
        st.sampled_from(Kind),
        required=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@given(QUESTIONS, st.dictionaries(st.sampled_from(["name", "email", "a", "b", "c"]), TEXT, max_size=5))
def test_all_of_it_is_fit_to_be_kept_or_the_reason_is_said(asked: list[Asked], given: dict[str, str]) -> None:
    said = read(given)
    wrong = check(asked, said)
    assert set(wrong) <= {one.key for one in asked}
    for one in asked:
        text = said.get(one.key, "")
        fits = len(text) <= LONGEST[one.kind] and (
            bool(text and not one.required) or bool(text) or not one.required
        )
        if text and one.kind is Kind.EMAIL:
            fits = fits and is_address(text)
        if text and one.kind is Kind.CHOICE:
            fits = fits and text in OPTIONS["en"]
        assert fits is (one.key not in wrong)


@given(st.dictionaries(st.text(max_size=5), TEXT, max_size=5))
def test_what_is_read_is_one_line_of_words_without_a_card(given: dict[str, str]) -> None:
    for text in read(given).values():
        assert text == " ".join(text.split()) and "\x00" not in text
        assert "4111 1111" not in text


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Kind.NAME, "x" * 121, "too_long"),
        (Kind.EMAIL, "ann@", "no_address"),
        (Kind.EMAIL, "a" * 250 + "@x.org", "too_long"),
        (Kind.TEXT, "x" * 501, "too_long"),
        (Kind.CHOICE, "Une lampe", "no_option"),
        (Kind.TEXT, "", "needed"),
    ],
)
def test_why_it_is_refused(kind: Kind, text: str, why: str) -> None:
    assert check([question("a", kind, required=True)], read({"a": text})) == {"a": why}


def test_what_need_not_be_answered_may_be_left_out() -> None:
    assert check([question("a", kind) for kind in Kind], {}) == {}


def test_words_of_a_language_that_is_missing_are_those_of_the_first() -> None:
    asked = Asked(
        "topic",
        Kind.CHOICE,
        False,
        {"fr": "Sujet"},
        {"fr": ("Lampe", "Colis"), "en": ("Lamp",)},
        ("fr", "en"),
    )
    assert asked.label_in("en") == "Sujet"
    assert asked.options_in("en") == {"Lampe": "Lampe", "Colis": "Colis"}
    assert Asked("name", Kind.NAME, languages=("fr",)).label_in("en") == "Name"
    assert Asked("email", Kind.EMAIL, False, {"fr": "Votre adresse"}).label_in("fr") == "Votre adresse"
