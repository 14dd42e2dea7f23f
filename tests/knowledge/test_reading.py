"""What was found may be near a question and still not answer it."""

from __future__ import annotations

import pytest

from knowledge.matching import Passage
from knowledge.reading import ahead, asks_for_advice, names_in, read
from knowledge.search import Results


def passage(text: str, *, title: str = "Printers", score: float = 0.3, document: int = 1) -> Passage:
    return Passage(
        chunk_id=1,
        document_id=document,
        revision_id=1,
        source_id=1,
        external_id="printers",
        language="en",
        original_url="",
        title=title,
        heading_path=[],
        anchor="",
        text=text,
        score=score,
        dense=score,
        words=0.1,
    )


def found(*passages: Passage) -> Results:
    return Results(list(passages), floor=0.25, spread=0.1)


SETUP = "Connect the printer and press Add. Choose it in the list."


def test_nothing_found_is_no_answer():
    assert read("Where is my parcel?", "en", found()).doubts == ("nothing_found",)


def test_a_passage_above_the_floor_answers():
    reading = read("How do I add a printer?", "en", found(passage(SETUP)))
    assert (reading.answers, reading.doubts) == (True, ())
    assert reading.margin == pytest.approx(0.5)


def test_a_passage_below_the_floor_does_not():
    reading = read("How do I add a printer?", "en", found(passage(SETUP, score=0.2)))
    assert (reading.answers, reading.doubts) == (False, ("below_floor",))


def test_a_name_that_no_passage_mentions_needs_more():
    question = "How do I add a Lexmark Z600?"
    assert read(question, "en", found(passage(SETUP, score=0.255))).answers is False
    near = read(question, "en", found(passage(SETUP, score=0.32)))
    assert (near.answers, near.unmentioned) == (True, ("Lexmark", "Z600"))


def test_a_name_that_a_passage_mentions_raises_nothing():
    text = f"{SETUP} This works for the Lexmark Z600, too."
    assert read("How do I add a Lexmark Z600?", "en", found(passage(text, score=0.26))).answers


def test_asking_for_advice_needs_more_unless_a_passage_gives_some():
    question = "Which printer should I buy?"
    assert not read(question, "en", found(passage(SETUP, score=0.28))).answers
    assert read(question, "en", found(passage(SETUP, score=0.30))).answers
    assert read(question, "en", found(passage("We recommend a laser printer.", score=0.26))).answers


def measured(*scores: float, own: float = 0.46, degraded: str | None = None) -> Results:
    """Articles with these scores, where the source's own titles were asked, too."""
    passages = [passage(SETUP, score=score, document=at) for at, score in enumerate(scores)]
    return Results(passages, floor=0.32, spread=0.04, own=own, degraded=degraded)


QUESTION = "How do I add a printer?"


def test_an_article_that_is_ahead_of_the_others_answers_where_one_among_many_does_not():
    alone, among = measured(0.325, 0.26, 0.25), measured(0.325, 0.324, 0.323)
    assert read(QUESTION, "en", alone).answers
    assert read(QUESTION, "en", among).answers is False
    assert read(QUESTION, "en", among).doubts == ("others_as_near",)


def test_a_single_article_is_far_ahead():
    assert ahead(measured(0.33).passages) > 1
    assert read(QUESTION, "en", measured(0.32)).answers


def test_where_titles_reach_less_far_less_is_asked_for():
    assert read(QUESTION, "en", measured(0.32, 0.31, own=0.42)).answers
    assert not read(QUESTION, "en", measured(0.32, 0.31, own=0.48)).answers


def test_asking_for_advice_needs_a_nearer_passage_where_titles_were_asked():
    question = "Which printer should I buy?"
    assert not read(question, "en", measured(0.35, 0.34)).answers
    assert read(QUESTION, "en", measured(0.35, 0.34)).answers
    assert read(question, "en", measured(0.38, 0.34)).answers


def test_a_follow_up_and_words_alone_only_have_to_reach_the_floor():
    near = measured(0.325, 0.324, 0.323)
    assert read(QUESTION, "en", near, follows=True).answers
    assert read(QUESTION, "en", measured(0.325, 0.324, 0.323, degraded="no_vectors")).answers


def test_a_way_shorter_than_chance_is_not_measured_with():
    assert read(QUESTION, "en", measured(0.321, 0.321, own=0.33)).answers


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Which PDF viewer would you recommend?", "en"),
        ("What is the best editor?", "en"),
        ("Is there a good tool to draw plans?", "en"),
        ("Quel lecteur vidéo me conseillez-vous ?", "fr"),
        ("Existe-t-il un bon logiciel de dessin ?", "fr"),
    ],
)
def test_questions_that_ask_for_advice(question, language):
    assert asks_for_advice(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How do I return a lamp?", "en"),
        ("Which documents do I need?", "en"),
        ("Quels sont les délais de livraison ?", "fr"),
        ("Wie geht das?", "de"),
    ],
)
def test_questions_that_do_not(question, language):
    assert not asks_for_advice(question, language)


def test_names_are_words_with_capitals_or_digits_inside_a_sentence():
    assert names_in("How do I use the HP 4520 with Skype? Thanks") == ["HP", "4520", "Skype"]
    assert names_in("I cannot print") == []
