"""What was expected of an answer, and what came of it, as a page says it."""

from __future__ import annotations

import pytest
from django.utils import translation

from evaluation.checks_in_words import Worded, titles_for, worded
from evaluation.turned import Check, Source, Turned
from tests.knowledge.articles import publish

SLUG = "items-that-cannot-be-returned"


def told(check: Check, *sources: Source, titles: dict[str, str] | None = None) -> tuple[str, str, str]:
    (one,) = worded(Turned("Hello", "answered", checks=(check,), sources=sources), titles or {})
    return one.words, one.wanted, one.found


def test_whether_a_person_takes_over_is_a_sentence():
    assert told(Check("handoff", "true", True, "handoff")) == ("a person takes over", "", "handed over")
    assert told(Check("handoff", "false", True, "answered")) == ("no person takes over", "", "answered")
    reason = told(Check("handoff", "policy", False, "tool_failure"))
    assert reason[1:] == ("A rule asks for a person", "Something the assistant uses failed")


def test_languages_and_outcomes_have_their_names():
    language = Check("language", "en", False, "fr")
    assert told(language) == ("is written in", "English", "French")
    assert told(Check("outcome", "answered | asked_back", False, "guided"))[1:] == (
        "answered or asked back",
        "a step of a flow",
    )
    with translation.override("fr"):
        assert told(language)[1:] == ("anglais", "français")


def test_a_pattern_is_marked_as_one():
    assert Worded(Check("matches", "a|b", True), "", "a|b", "").is_pattern
    assert not Worded(Check("says", "a|b", True), "", "a|b", "").is_pattern


def test_articles_are_called_by_their_titles_once_each():
    how = [Source(number, "how", "How do I return an item?", "…") for number in (1, 2)]
    check = Check("cites", SLUG, False, "How do I return an item?, How do I return an item?")
    found = told(check, *how, titles={SLUG: "Items that cannot be returned"})
    assert found[1:] == ("Items that cannot be returned", "How do I return an item?")


@pytest.mark.django_db
def test_titles_are_looked_up_by_the_id_elsewhere_and_what_is_gone_keeps_it(django_assert_num_queries):
    document = publish("Returns", "Within thirty days.")
    type(document).objects.filter(pk=document.pk).update(external_id=SLUG)
    turned = Turned("", "answered", checks=(Check("cites_one", f"{SLUG} | gone", False),))
    with django_assert_num_queries(1):
        titles = titles_for([turned])
    (one,) = worded(turned, titles)
    assert one.wanted == "Returns or gone"
