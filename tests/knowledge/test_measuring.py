"""Search is measured on questions with known answers."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from knowledge.lexical import LexicalIndex
from knowledge.measuring import Outcome, Question, figures_of, gain, parse_question, read_questions
from tests.knowledge.articles import DELIVERY, RETURNS, calibrated, indexed

LINES = [
    {"id": "1", "lang": "en", "question": "When is the refund paid?", "acceptable_ids": ["returns"]},
    {"id": "2", "lang": "en", "question": "How long does delivery take?", "gold_id": "delivery"},
    {"id": "3", "lang": "en", "question": "Who won the world cup in chess?", "answerable": False},
]


def outcome(rank: int | None, *, refused: bool = False, acceptable: int = 1) -> Outcome:
    names = frozenset(f"right {number}" for number in range(acceptable))
    found = [f"wrong {number}" for number in range(10)]
    if rank:
        found[rank - 1] = "right 0"
    return Outcome(Question("q", "?", "en", acceptable=names), found, refused)


def test_hits_and_ranks_are_counted():
    figures = figures_of([outcome(1), outcome(4), outcome(None, refused=True), outcome(10)])
    assert figures.hits == {1: 0.25, 3: 0.25, 5: 0.5, 10: 0.75}
    assert figures.mrr == pytest.approx((1 + 1 / 4 + 1 / 10) / 4)
    assert figures.wrongly_refused == 0.25
    assert figures.refused is None


def test_refusals_are_counted_apart():
    nobody_knows = Question("q", "?", "en", answerable=False)
    figures = figures_of([Outcome(nobody_knows, [], True), Outcome(nobody_knows, ["x"], False), outcome(1)])
    assert (figures.unanswerable, figures.refused, figures.wrongly_refused) == (2, 0.5, 0)


def test_a_right_document_further_down_gains_less():
    assert gain(outcome(1)) == 1
    assert gain(outcome(1, acceptable=2)) < 1
    assert 0 < gain(outcome(5)) < gain(outcome(2)) < 1


def test_a_line_is_read_as_the_developers_sample_has_it():
    row = {
        "id": "a",
        "lang": "fr",
        "question": "Et pour eux ?",
        "acceptable_ids": ["x", "y"],
        "answerable": "partial",
        "history": [{"role": "user", "text": "Bonjour"}, {"role": "agent", "text": "Oui ?"}],
    }
    question = parse_question(row)
    assert (question.history, question.acceptable, question.answerable) == (("Bonjour",), {"x", "y"}, True)


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "ok", "gold_id": "a"}\n{"no": 1}\n')
    with pytest.raises(ValueError, match="line 2"):
        read_questions(path)


def test_the_baseline_ranks_whole_articles_by_their_words():
    index = LexicalIndex([("a", "the refund is paid", "en"), ("b", "the parcel is sent", "en")])
    assert index.search("who pays a refund") == ["a"]


@pytest.fixture
def shop(tmp_path):
    indexed("Returns", RETURNS, external_id="returns")
    calibrated(indexed("Delivery", DELIVERY, external_id="delivery"))
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)))
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["fused", "words", "dense", "bm25"])
def test_the_command_measures_every_method(shop, capsys, method):
    call_command("evaluate_retrieval", str(shop), json=True, method=method)
    figures = json.loads(capsys.readouterr().out)
    assert (figures["answerable"], figures["unanswerable"], figures["hit@1"]) == (2, 1, 1)
    if method == "fused":
        assert (figures["refused"], figures["wrongly_refused"]) == (1, 0)


@pytest.mark.django_db
def test_the_commands_speak_to_people_too(shop, capsys):
    call_command("evaluate_retrieval", str(shop), misses=True)
    call_command("search", "When is the refund paid?")
    output = capsys.readouterr().out
    assert "hit@1 1.000" in output
    assert "1. " in output and "[returns]" in output and "answers the question" in output


@pytest.mark.django_db
def test_search_prints_json_for_programs(shop, capsys):
    call_command("search", "When is the refund paid?", json=True, limit=2)
    printed = json.loads(capsys.readouterr().out)
    assert printed["answers"] is True
    assert len(printed["passages"]) == 2
    assert printed["passages"][0]["external_id"] == "returns"


@pytest.mark.django_db
def test_an_unknown_source_or_file_is_said_in_one_sentence(shop):
    with pytest.raises(CommandError, match="There is no source called Elsewhere"):
        call_command("search", "refund", source="Elsewhere")
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_retrieval", "/nowhere.jsonl")
