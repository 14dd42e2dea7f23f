"""Staff read why an answer is as it is in words, never in codes."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from assistant import reasons
from assistant.smalltalk import Courtesy

ASSISTANT = Path(reasons.__file__).parent
# Where codes are given: `because("…")`, `("…",)` of a verdict, `degraded="…"`, `return Way.X, "…"`.
GIVEN = re.compile(r"(?:because\(|Outcome\.\w+, \(|degraded=(?:[\w.]+ or )?|return Way\.\w+, )\"([a-z_]+)\"")


def codes() -> list[str]:
    found = {code for file in ASSISTANT.glob("*.py") for code in GIVEN.findall(file.read_text())}
    return sorted(found | {str(courtesy) for courtesy in Courtesy})


def test_the_codes_are_found() -> None:
    assert {"no_topic", "unsupported", "nothing_to_quote", "asked_for_a_person", "bot"} <= set(codes())


@pytest.mark.parametrize(
    "code",
    [
        *codes(),
        "names_unmentioned",
        "asks_for_advice",
        "others_as_near",
        "embedding_unavailable",
        "model_timeout",
        "fallback_server_error",
        "rewrite_over_budget",
        "rerank_timeout",
        "interpret_timeout",
        "reranked",
        "dropped_2",
        "out_of_scope: Legal advice",
        "cut_length",
        "cut_content_filter",
    ],
)
def test_every_code_has_words(code: str) -> None:
    assert reasons.in_words(code) != code


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert reasons.in_words("brand_new") == "brand_new"


def test_a_failure_says_what_failed_and_why() -> None:
    assert reasons.in_words("model_quota") == (
        "answered without the model: the account at the provider has no credit left"
    )


def shown(route: dict) -> str:
    trace = SimpleNamespace(route=route, model="m", first_word_ms=1, total_ms=2, cost=None)
    return render_to_string("conversations/_trace.html", {"trace": trace})


def in_the_playground(route: dict) -> str:
    return render_to_string("assistant/_route.html", {"route": route})


def test_what_a_reranker_thought_is_shown_where_there_was_one() -> None:
    found = {"title": "Returns", "language": "en", "text": "…", "score": 0.5, "dense": 0.4, "words": 0.3}
    passages = [{**found, "relevance": -1.25}, found]
    plain = {"kind": "extract", "passages": passages, "floor": 0.4, "timings": {"rerank": 1}}
    for show in (shown, in_the_playground):
        assert "<td>-1.250</td>" not in show(plain)
        page = show({**plain, "reasons": ["reranked"]})
        assert "<td>-1.250</td>" in page and "<td>–</td>" in page
        assert "put into order by the reranker" in page and "reranking 1 ms" in page


def test_the_question_that_moved_a_passage_is_shown_where_one_did() -> None:
    found = {"title": "Returns", "language": "en", "text": "…", "score": 0.5, "dense": 0.4, "words": 0.3}
    route = {"kind": "extract", "passages": [{**found, "by_question": "Is it <free>?"}, found], "floor": 0.4}
    for show in (shown, in_the_playground):
        page = show({**route, "timings": {}})
        assert page.count("By its question:") == 1 and "Is it &lt;free&gt;?" in page


def test_why_nothing_was_reranked_is_said_in_french_too() -> None:
    with translation.override("fr"):
        assert reasons.in_words("rerank_timeout").endswith("le modèle n’a pas commencé à répondre à temps")
        assert "rerank" not in reasons.in_words("rerank_timeout") + reasons.in_words("reranked")


def test_the_trace_under_an_answer_speaks_in_words() -> None:
    route = {
        "kind": "extract",
        "reasons": ["carried_over", "above_floor", "brand_new"],
        "degraded": "model_timeout",
        "timings": {"search": 12.0},
        "prompt": [{"role": "system", "content": "Be brief."}],
    }
    page = shown(route)
    for code in ("extract", "carried_over", "above_floor", "model_timeout", "system"):
        assert not re.search(rf">[^<]*\b{code}\b[^<]*<", page), code
    for words in ("quoted from the articles", "the model did not begin to answer in time", "brand_new"):
        assert words in page
