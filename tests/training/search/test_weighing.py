"""Searching with other weights: what is found once and weighed often is what the search itself would find."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.calibration import calibrate
from knowledge.floors import floor_for
from knowledge.fronts import best_at, front_of
from knowledge.models import Calibration, EmbeddingSpace
from knowledge.reading import read
from knowledge.search import Query, Results, search
from knowledge.weighing import USUAL, Weighing, weigh, weighing_of
from tests.training.search.conftest import ASKED
from training.search.asking import Asker
from training.search.saved import Saved

pytestmark = [pytest.mark.django_db(transaction=True)]
SHARES = (0.0, 0.08, 0.3)


def signs(results: Results) -> list[tuple[int, float]]:
    return [(one.chunk_id, round(one.score, 9)) for one in results.by_score]


@pytest.mark.parametrize("seed", range(20))
def test_a_front_knows_the_best_score_at_any_share(seed: int) -> None:
    random = np.random.default_rng(seed)
    sides = [(float(one), float(other)) for one, other in random.random((40, 2)).round(seed % 3 + 1)]
    front = front_of(sides)
    for share in (0.0, 0.02, 0.08, 0.5, 3.0):
        assert best_at(front, share) == max(one + share * other for one, other in sides)
    assert len(front) < 15 and set(front) <= set(sides)


def test_of_nothing_found_the_best_score_is_none() -> None:
    assert front_of([]) == [] and best_at([], 0.3) == 0.0


def test_what_is_weighed_often_is_what_the_search_finds(shop: EmbeddingSpace) -> None:
    for [text, *_others] in ASKED.values():
        query = Query(text, language="en")
        found = Asker(shop, SHARES)._read(query)
        for share, (results, reading) in zip(SHARES, found, strict=True):
            weigh(shop, Weighing(share))
            searched = search(query, 8)
            assert signs(searched) == signs(results), (text, share)
            assert (searched.floor, searched.spread, searched.own) == (
                results.floor, results.spread, results.own,
            )  # fmt: skip
            assert read(text, "en", searched) == reading


def test_floors_of_another_share_are_those_that_would_be_measured(
    shop: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {share: floor_for(None, "en", shop, words_share=share) for share in SHARES}
    assert len({floor.value for floor in every.values()}) == len(SHARES)
    for share, kept in every.items():
        with monkeypatch.context() as patch:
            patch.setattr("knowledge.matching.WORDS_SHARE", share)
            source = Calibration.objects.values_list("source", flat=True).first()
            assert source
            calibrate(source, shop)
        measured = floor_for(None, "en", shop, words_share=0.08)  # as if that were what was measured
        assert (kept.value, kept.spread, kept.own) == pytest.approx(
            (measured.value, measured.spread, measured.own)
        )


def test_a_floor_that_was_measured_before_there_were_shares_holds_for_all(shop: EmbeddingSpace) -> None:
    usual = floor_for(None, "en", shop)
    Calibration.objects.update(fronts={})
    assert floor_for(None, "en", shop, words_share=0.3) == usual
    assert floor_for(None, "en", shop) == usual


def test_the_bar_is_moved_for_all_questions(shop: EmbeddingSpace) -> None:
    query = Query("How long does delivery take?", language="en")
    before = read(query.text, "en", search(query))
    assert before.answers
    weigh(shop, Weighing(lift=before.clearance + 0.01))
    after = read(query.text, "en", search(query))
    assert not after.answers and after.clearance == before.clearance
    assert after.doubts == ("others_as_near",)  # it is not below the floor
    weigh(shop, Weighing(lift=before.clearance))
    assert read(query.text, "en", search(query)).answers


def test_going_back_restores_every_number(shop: EmbeddingSpace) -> None:
    queries = [Query(texts[0], language="en") for texts in ASKED.values()]
    before = [(search(one), read(one.text, "en", search(one))) for one in queries]
    weigh(shop, Weighing(0.3, 0.2))
    assert [signs(search(one)) for one in queries] != [signs(results) for results, _ in before]
    weigh(shop, USUAL)
    for query, (results, reading) in zip(queries, before, strict=True):
        again = search(query)
        assert again.passages == results.passages and again.floor == results.floor
        assert read(query.text, "en", again) == reading
    assert weighing_of(EmbeddingSpace.objects.get(live=True)) == USUAL


def test_vectors_of_another_model_begin_as_the_product_comes(shop: EmbeddingSpace) -> None:
    weigh(shop, Weighing(0.3, 0.2))
    assert weighing_of(EmbeddingSpace.objects.create(identity="another", dimensions=384)) == USUAL


def test_what_was_asked_says_where_the_right_article_stands(shop: EmbeddingSpace) -> None:
    query = Query("Can I pay with PayPal?", language="en")
    [best, *_others] = search(query).passages
    saved = Saved("scenario", 1, query.text, "en", None, frozenset({best.document_id}))
    found = Asker(shop, SHARES).ask(saved)
    assert found.places[1] == 1 and found.cited[1] and found.clearances[1] > 0
    none = Asker(shop, SHARES).ask(Saved("scenario", 1, query.text, "en", None, frozenset()))
    assert none.places == (0, 0, 0) and not any(none.cited)


def test_slips_are_mended_as_in_a_reply(shop: EmbeddingSpace) -> None:
    query = Query("How long is the waranty?", language="en")
    assert search(query).read_as
    found = Asker(shop, SHARES).ask(Saved("scenario", 1, query.text, "en", None, frozenset()))
    as_written = Asker(shop, SHARES)._read(query)[1][1]
    assert found.clearances[1] > as_written.clearance
