"""Articles, questions and answers, and intents in JSON of nobody's in particular."""

from __future__ import annotations

import pytest

from knowledge.importers.articles_json import ARTICLES_JSON
from knowledge.importers.intents_json import INTENTS_JSON
from tests.knowledge.importers.exports import Read

PAIR = {"question": "How do I pay?", "answer": "By card.", "tags": ["billing"], "alternatives": "pay|payment"}


@pytest.mark.parametrize(
    "contents", [[PAIR], {"faqs": [PAIR]}, {"articles": [PAIR]}, {"Billing": [PAIR], "Other": [PAIR]}]
)
def test_questions_and_answers_are_read_however_they_are_laid_out(contents):
    fields = Read(ARTICLES_JSON, {"faq.json": contents}).records[0].fields
    assert (fields["title"], fields["body"]) == ("How do I pay?", "By card.")
    assert fields["questions"] == ["pay", "payment"] and fields["keywords"] == ["billing"]
    assert fields["id"].startswith("faq:") and fields.get("category", "") in ("", "Billing")


def test_an_article_keeps_its_id_language_and_kind():
    article = {
        "id": 7,
        "title": "Pay",
        "body": "<p>By card.</p>",
        "locale": "fr",
        "status": "draft",
        "internal": True,
    }
    fields = Read(ARTICLES_JSON, {"a.json": [article]}).records[0].fields
    assert fields["id"] == "7" and fields["format"] == "html" and fields["lang"] == "fr"
    assert fields["status"] == "draft" and fields["audience"] == "staff"


def test_a_page_of_questions_for_search_engines_is_read():
    answer = {"@type": "Answer", "text": "By card."}
    page = {
        "@type": "FAQPage",
        "inLanguage": "en",
        "mainEntity": [{"@type": "Question", "name": "Pay?", "acceptedAnswer": answer}],
    }
    fields = Read(ARTICLES_JSON, {"page.json": page}).records[0].fields
    assert (fields["title"], fields["body"], fields["lang"]) == ("Pay?", "By card.", "en")


@pytest.mark.parametrize(
    "contents",
    [{"name": "package", "text": "x"}, {"a": [PAIR], "b": 1}, [1, 2], "text", {"data": [{"id": 1}]}, "{"],
)
def test_other_json_is_not_claimed(contents):
    assert Read(ARTICLES_JSON, {"x.json": contents}).claimed == set()


def test_an_entry_that_is_no_object_is_named():
    read = Read(ARTICLES_JSON, {"faq.json": [PAIR, 3]})
    assert [(one.code, one.place.number) for one in read.refused] == [("no_object", 2)] and len(
        read.records
    ) == 1


def test_a_file_of_intents_becomes_articles():
    intents = [
        {
            "tag": "payment",
            "patterns": ["how can i pay", "Pay"],
            "responses": ["Card.", "By card or transfer."],
        },
        {"tag": "greeting", "patterns": ["Hi"], "responses": ["Hello!"]},
    ]
    read = Read(INTENTS_JSON, {"intents.json": {"intents": intents}})
    assert read.fields("How can i pay?")["body"] == "By card or transfer."
    assert read.codes == {"greeting": "left_small_talk"}
