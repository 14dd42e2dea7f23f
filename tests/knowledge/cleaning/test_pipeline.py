"""A draft goes through the steps of its source, and comes out the same when it goes through again."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.pipeline import clean, trace
from knowledge.cleaning.steps import STEPS, usual_steps
from tests.knowledge.cleaning.drafts import APPLY, EVERY, REDACT, USUAL

MESSY = """Home > Help

Bonjour,

Le dÃ©lai est de  30 jours, l'infor-
mation est ici. • pas une puce

•\tun
•\tdeux

Cordialement,
Jean Dupont
06 12 34 56 78

Envoyé de mon iPhone
"""
CLEAN = """Bonjour,

Le délai est de 30 jours, l'information
est ici. • pas une puce

- un
- deux"""


def test_every_step_that_is_on_does_its_part():
    cleaned = clean(Draft("  RE: Délai ", MESSY), USUAL)
    assert cleaned.draft == Draft("Délai", CLEAN, "fr")
    assert cleaned.changes == {
        "encoding": 1,
        "hyphenation": 1,
        "spacing": 3,
        "boilerplate": 1,
        "mail": 3,
        "language": 1,
    }


@pytest.mark.parametrize("name", list(APPLY))
def test_each_step_can_be_switched_off(name):
    cleaned = clean(Draft("RE: Délai", MESSY), Rules(usual_steps() - {name}))
    assert name not in cleaned.changes


def test_what_nobody_sees_goes_even_without_a_step():
    cleaned = clean(Draft("A\u200b title ", "B\u200body <!-- rules -->\n\n\n\nEnd"), Rules(frozenset()))
    assert cleaned.draft == Draft("A title", "Body\n\nEnd")
    assert (cleaned.changes, cleaned.findings) == ({}, ())


def test_findings_point_into_the_text_that_is_kept():
    body = "Skip to content\n\nWrite  to jo@example.com."
    cleaned = clean(Draft("T", body, "en"), USUAL)
    (finding,) = cleaned.findings
    assert cleaned.draft.body[finding.start : finding.end] == finding.text == "jo@example.com"


def test_without_the_step_nothing_is_looked_for():
    assert clean(Draft("T", "jo@example.com", "en"), Rules(frozenset())).findings == ()


def test_a_trace_shows_each_change_before_and_after():
    steps = trace(Draft("RE: Délai", MESSY), USUAL)
    assert [name for name, _, _ in steps] == [
        "encoding",
        "hyphenation",
        "spacing",
        "boilerplate",
        "mail",
        "language",
    ]
    assert "dÃ©lai" in steps[0][1].body and "délai" in steps[0][2].body
    assert trace(Draft("T", "Clean.", "en"), USUAL) == []


def test_every_step_has_a_name_of_its_own_and_words_for_people():
    assert len({step.name for step in STEPS}) == len(STEPS)
    assert all(str(step.label) and str(step.help).endswith(".") for step in STEPS)


PARTS = st.sampled_from([
    *("RE: ", "dÃ©jÃ\u00a0", "â€™", "infor-\nmation", "porte-\nmonnaie", "-\n", "•\t", "  ", "\u202f"),
    *("\u00ad\n", "\ufb01", "```\n", "`", "    x", "Home > Help\n", "Was this helpful?\n", "Yes\n", "No\n"),
    *("> quoted\n", "--\n", "On 3 May, a@b.fr wrote:\n", "Cordialement,\n", "Sent from my iPhone\n"),
    *("From: a@b.fr\n", "Sent: 3 May\n", "Subject: x\n", "jo@example.com", "06 12 34 56 78", "<", ">", "#"),
    *("4111 1111 1111 1111", "[a](mailto:", ")", "FR76 3000 6000 0112 3456 7890 189", "\n\n", "\n", "- "),
    *("recieved ", "Rose", "| a | b |\n|---|---|\n", "Bonjour", "the ", "word ", ".", "## "),
])  # fmt: skip
TEXT = st.lists(st.one_of(PARTS, st.text(max_size=6)), max_size=25).map("".join)
LISTED = Rules(
    frozenset(APPLY), personal="redact", names=frozenset(["Rose"]), repeated=frozenset(["the word"])
)


@settings(max_examples=300)
@given(TEXT, TEXT, st.sampled_from([USUAL, EVERY, REDACT, LISTED, Rules(frozenset())]))
def test_cleaning_twice_changes_nothing_more(title, body, rules):
    once = clean(Draft(title, body, "en"), rules)
    again = clean(once.draft, rules)
    assert again.draft == once.draft
    assert again.changes == {}
    assert again.findings == once.findings


@settings(max_examples=150)
@given(TEXT, st.sampled_from(list(APPLY)))
def test_no_step_fails_and_none_counts_without_a_change(body, name):
    draft = Draft("Title", body)
    after, places = APPLY[name](draft, LISTED)
    assert (places > 0) == (after != draft)


SIGNS = "a-`*_#>[(])|•@.1+/<:\t \n\u00e9Ã\u00ad\ufb01"
NASTY = [
    *(
        "a-\n",
        "a@",
        "a.",
        "[](",
        "](",
        "1 ",
        "(1",
        "06 12 34 56 78 ",
        "FR76",
        "FR76 3000 ",
        "4111 ",
        "- a\n\n",
    ),
    *(
        "> a\n",
        "On 1 ",
        "On 1 a\n",
        "From: a1\n",
        "De : 1\nObjet",
        "--\n",
        "Merci\n",
        "http://",
        "Ã©",
        "a  b",
    ),
    *(
        "|a",
        "| a |\n",
        "```\n",
        "    a\n",
        "Home > ",
        "cookies we use ",
        "a'",
        "wrote: ",
        "-----",
        "**a ",
        "a_",
    ),
]


@pytest.mark.parametrize(
    ("piece", "length"), [*((sign, 100_000) for sign in SIGNS), *((piece, 30_000) for piece in NASTY)]
)
def test_nasty_input_takes_no_more_than_linear_time(piece, length):
    started = time.process_time()
    clean(Draft("T", piece * (length // len(piece)), "en"), REDACT)
    assert time.process_time() - started < 10
