"""A table of questions and answers is an article for each row, whatever its columns are called."""

from __future__ import annotations

import pytest

from knowledge.loaders.base import Place, Record, Refused
from knowledge.loaders.faq_columns import find_columns
from tests.knowledge.loaders.making import codes, fields, read, sample, xlsx

FAQ = "Question;Réponse;Catégorie;Mots-clés;Lien\nOù est mon colis ?;En route.;Livraison;colis, suivi;https://x.fr/a\n"


def test_each_row_is_an_article_with_what_stands_beside_it():
    assert fields("faq.csv", FAQ) == [
        {
            "id": "ou-est-mon-colis",
            "title": "Où est mon colis ?",
            "body": "En route.",
            "format": "text",
            "category": "Livraison",
            "keywords": ["colis", "suivi"],
            "url": "https://x.fr/a",
        }
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(encoding, delimiter):
    rows = [["Question", "Réponse"], ["À qui écrire ?", "À l’accueil"], ["Où êtes-vous ?", "À Besançon"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert [each["title"] for each in fields("faq.csv", text.encode(encoding))] == [
        "À qui écrire ?",
        "Où êtes-vous ?",
    ]


def test_an_apostrophe_is_no_quote():
    text = "Question;Réponse\n" + "L'eau, d'où vient-elle ?;D'une source, l'été\n"
    assert fields("faq.csv", text)[0]["body"] == "D'une source, l'été"


def test_a_japanese_file_of_an_old_system_is_read():
    text = "Question,Answer\n送料はいくらですか？,五百円です。\nいつ届きますか？,三日後です。\n"
    assert [each["body"] for each in fields("faq.csv", text.encode("cp932"))] == [
        "五百円です。",
        "三日後です。",
    ]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines():
    text = 'sep=,\nQuestion,Answer\n"How, then?","First ""this"".\nThen that."\n'
    (only,) = fields("faq.csv", text)
    assert (only["title"], only["body"]) == ("How, then?", 'First "this".\nThen that.')


def test_without_heads_two_columns_of_questions_and_answers_are_known():
    text = (
        "Do you ship?,Yes: within three days in all of Europe.\nCan I pay later?,You can: for thirty days.\n"
    )
    assert [each["title"] for each in fields("a.csv", text)] == ["Do you ship?", "Can I pay later?"]


def test_other_ways_to_ask_are_split_at_bars_and_lines():
    heads = "question,answer,alternative questions,question 2\n"
    text = heads + 'Where?,Here.,"Which way?|Where to?\nWhither?",What place?\n'
    (only,) = fields("faq.csv", text)
    assert only["questions"] == ["Which way?", "Where to?", "Whither?", "What place?"]


def test_each_language_of_a_table_is_an_article_with_the_same_id():
    text = "id,Question (EN),Answer (EN),Question (FR),Réponse (FR)\n7,Where?,Here.,Où ?,Ici.\n"
    found = fields("faq.csv", text)
    assert [(each["id"], each["lang"], each["body"]) for each in found] == [
        ("7", "en", "Here."),
        ("7", "fr", "Ici."),
    ]


def test_a_row_keeps_its_id_when_it_changes_place():
    first = fields("a.csv", "Question,Answer\nOne?,1\nTwo?,2\n")
    then = fields("a.csv", "Question,Answer\nTwo?,2\nThree?,3\nOne?,1\n")
    assert {each["title"]: each["id"] for each in first}.items() <= {
        e["title"]: e["id"] for e in then
    }.items()


def test_a_question_without_an_answer_is_told_with_its_row():
    found = read("faq.csv", "Question,Answer,Category\nWhere?,Here.,A\nWhen?,,A\n,Nobody asked.,A\n")
    assert found[1:] == [
        Refused(Place("faq.csv", "row", 3), "no_answer"),
        Refused(Place("faq.csv", "row", 4), "no_question"),
    ]


def test_a_draft_stays_one_and_an_answer_in_html_or_markdown_is_known_as_such():
    text = "Question,Answer,Status\nA?,<p>Yes</p>,Draft\nB?,See [here](https://x.fr),Published\nC?,2 < 3,\n"
    a, b, c = fields("faq.csv", text)
    assert (a["format"], b["format"], c["format"]) == ("html", "markdown", "text")
    assert a["status"] == "draft" and "status" not in b


def test_lines_above_the_heads_hidden_sheets_and_merged_cells():
    data = xlsx(
        {
            "FAQ": [
                ["Our questions, spring"],
                [],
                ["Category", "Question", "Answer"],
                ["Delivery", "How long?", "Three days."],
                ["", "How much?", "Five euros."],
                [],
                ["Returns", "How?", "By post."],
            ],
            "Internal": [["Question", "Answer"], ["Secret?", "Yes."]],
            "More": [["Q", "A"], ["Open on Sunday?", "No."]],
        },
        hidden="Internal",
        merged="A4:A5",
    )
    found = fields("faq.xlsx", data)
    assert [each["title"] for each in found] == ["How long?", "How much?", "How?", "Open on Sunday?"]
    assert [each.get("category") for each in found] == ["Delivery", "Delivery", "Returns", None]


def test_a_line_between_the_rows_names_what_follows():
    text = "Question,Answer\nDelivery,\nHow long?,Three days.\nReturns,\nHow?,By post.\n"
    assert [each["category"] for each in fields("faq.csv", text)] == ["Delivery", "Returns"]


def test_a_place_in_a_sheet_is_its_row():
    found = read("faq.xlsx", xlsx({"Prices": [["Question", "Answer"], [], ["How much?", 5]]}))
    assert [each.place for each in found] == [Place("faq.xlsx", "row", 3, "Prices")]
    assert isinstance(found[0], Record) and found[0].fields["body"] == "5"


@pytest.mark.parametrize(
    "heads",
    [
        ["Question ", "Réponse"],
        ["FAQ", "Response"],
        ["Intitulé de la question", "Éléments de réponse"],
        ["QUESTION", "ANSWER"],
        ["Titre", "Contenu"],
        ["Nr.", "Title", "Body"],
        ["question_text", "answer_text"],
    ],
)
def test_heads_are_spelled_in_many_ways(heads):
    assert find_columns(heads) is not None


@pytest.mark.parametrize(
    "heads", [["Product", "Price"], ["Question", "Lien"], ["Name", "Details", "Price"], ["", ""]]
)
def test_other_tables_are_no_questions(heads):
    assert find_columns(heads) is None


def test_the_ministrys_questions_are_read():
    *found, refused = read("crpa_faq_fr.xlsx", sample("crpa_faq_fr.xlsx"))
    assert (refused.code, refused.place.number) == ("no_answer", 22)
    articles = [each.fields for each in found]
    assert len(articles) == len({each["id"] for each in articles}) == 37
    assert articles[0]["title"] == "Qu'est-ce que l'open data ?"
    assert articles[0]["url"] == "https://guides.etalab.gouv.fr/juridique/opendata/"
    (asked_twice,) = [
        each for each in articles if each["title"].startswith("Les administrations sont-elles tenues")
    ]
    assert (
        "Non, seuls les documents" in asked_twice["body"]
        and "sous réserve des secrets" in asked_twice["body"]
    )


def test_the_bike_shops_questions_are_read():
    found = fields("bike-shop-faq.csv", sample("bike-shop-faq.csv"))
    assert len(found) == 25
    assert found[1]["title"] == "Can I bring my dog into your shop?"


def test_an_unclosed_quote_is_damage_and_no_endless_cell():
    assert codes("faq.csv", 'Question,Answer\nA?,"' + "x" * 200_000) == ["damaged"]
