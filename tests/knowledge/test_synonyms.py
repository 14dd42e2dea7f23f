"""A customer's word is exchanged for the one that the articles use, and only then."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models import Synonyms
from knowledge.query import Query, question_texts, shares_of
from knowledge.restating import restate
from knowledge.search import search
from knowledge.synonyms import Thesaurus, key_of, read_groups, stock_groups
from knowledge.terms import count_terms, term_id
from tests.knowledge.articles import ada, publish, run_waiting_jobs, searchable

GROUPS = read_groups(
    [
        "wireless network | wifi | wi-fi\tréseau sans fil | wifi",
        "refund | money back | reimbursement\tremboursement | être remboursé",
        "parcel | package\tcolis | paquet",
    ]
)


def restated(question: str, *articles: str, language: str = "en", written_in: str = "en") -> str:
    known = Counter(term_id(term) for text in articles for term in count_terms(text, written_in))
    return Thesaurus(GROUPS).restate(
        question, language, passages_with=lambda _terms: known, written_in=lambda one: one == written_in
    )


@pytest.mark.parametrize(
    ("question", "article", "expected"),
    [
        ("My wifi drops", "Your wireless network", "My wireless network drops"),
        ("My Wi-Fi drops", "Your wireless network", "My wireless network drops"),
        ("Do I get my money back?", "A refund takes a week", "Do I get my refund?"),
        ("Two packages came", "Each parcel is insured", "Two parcel came"),
    ],
)
def test_a_word_is_exchanged_for_the_articles_own(question: str, article: str, expected: str) -> None:
    assert restated(question, article) == expected


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("My wifi drops", ["Your wifi and the wireless network"]),  # both are used
        ("My wifi drops", ["Nothing about that"]),
        ("Where is the network?", ["Your wireless network"]),  # no form of a group
        ("", ["Your wireless network"]),
    ],
)
def test_it_stays_where_the_articles_use_it_or_nothing_else(question: str, articles: list[str]) -> None:
    assert restated(question, *articles) == ""


def test_a_word_that_ten_times_as_many_passages_have_is_taken() -> None:
    assert restated("My package", "package", *["parcel"] * 9) == ""
    assert restated("My package", "package", *["parcel"] * 10) == "My parcel"


def test_across_languages_the_other_languages_word_is_taken() -> None:
    french = restated("Mon wifi et mon colis", "Your wireless network, your parcel", language="fr")
    assert french == "Mon wireless network et mon parcel"
    assert restated("My parcel", "Votre colis", written_in="fr") == "My colis"
    assert restated("Mon paquet", "Votre colis", language="fr", written_in="fr") == "Mon colis"


def test_a_language_without_groups_is_left_alone() -> None:
    assert restated("Mein wifi", "Your wireless network", language="de") == ""


def test_staffs_groups_count_before_the_stock_and_a_lone_word_is_never_exchanged() -> None:
    thesaurus = Thesaurus([{"en": ["package"]}, *GROUPS])
    known = {term_id("parcel"): 5}
    assert (
        thesaurus.restate("My package", "en", passages_with=lambda _: known, written_in=lambda _: True) == ""
    )


@given(st.text(max_size=200))
def test_any_text_can_be_restated(question: str) -> None:
    for language in ("en", "fr"):
        restated(question, "Your wireless network, a refund, your parcel", language=language)


def test_the_stock_says_each_word_once_and_every_group_has_both_languages() -> None:
    groups = stock_groups()
    assert len(groups) > 700
    for language in ("en", "fr"):
        keys = Counter(
            key for group in groups for key in {key_of(form, language) for form in group[language]}
        )
        twice = [" ".join(key) for key, n in keys.items() if n > 1]
        assert twice == []
    assert all(
        form == form.casefold().strip() and form
        for group in groups
        for forms in group.values()
        for form in forms
    )


def test_what_is_searched_is_half_the_customers_words_and_half_the_articles() -> None:
    query = Query("My wifi", ("It is slow",), "en", restated="My wireless network")
    assert shares_of(query) == [
        (0.25, "My wifi"),
        (0.25, "My wireless network"),
        (0.5, "It is slow My wifi"),
    ]
    assert question_texts(Query("My wifi")) == ["My wifi"]


@pytest.mark.django_db(transaction=True)
class TestWithArticles:
    def test_the_searched_sources_decide_what_a_question_becomes(self) -> None:
        document = publish("Wireless network", "Reconnect to the wireless network in the settings.")
        run_waiting_jobs()
        asked = Query("My wifi drops", language="en")
        assert restate(asked).restated == "My wireless network drops"
        assert (
            restate(
                Query("My wifi drops", language="en", sources=frozenset({document.source_id + 1}))
            ).restated
            == ""
        )
        across = restate(Query("Mon wifi coupe", language="fr"))
        assert across.restated == "Mon wireless network coupe"

    def test_what_staff_add_is_searched_at_once(self, client) -> None:
        searchable("Sending something back", "Send the item back within thirty days, in its box.")
        searchable("Guarantee", "A lamp that fails within two years is repaired.")
        question = Query("Where do I get an RMA?", language="en")
        before = {one.title: one.score for one in search(question).passages}
        client.force_login(ada())
        answer = client.post(
            "/admin/knowledge/synonyms/add/", {"english": "RMA\nsend back\nsending back", "french": ""}
        )
        assert answer.status_code == 302
        assert Synonyms.objects.get().english == ["rma", "send back", "sending back"]
        after = {one.title: one.score for one in search(question).passages}
        assert after["Sending something back"] > before["Sending something back"]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"english": "", "french": " \n "}, "Write at least one word."),
            ({"english": "x" * 61}, "is too long"),
            ({"english": "…"}, "holds no word"),
            ({"english": "Refunds"}, "Another group has these already: refunds."),
            ({"english": "\n".join(f"word{n}" for n in range(21))}, "At most 20 words in a group."),
        ],
    )
    def test_a_group_that_cannot_work_is_refused_with_the_reason(self, client, fields, said) -> None:
        Synonyms.objects.create(english=["refund", "money back"])
        client.force_login(ada())
        answer = client.post("/admin/knowledge/synonyms/add/", {"english": "", "french": "", **fields})
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert Synonyms.objects.count() == 1
