"""Where a reranker is named, answers are made from its order; whether to answer stays with the search."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from assistant.asking import ask
from assistant.events import Answer, Outcome, Route, Said
from assistant.models import Assistant
from assistant.phrases import say
from benchmarks.retrieval_sets import add_reranked
from knowledge.measuring import Question
from knowledge.models import Document
from llm import reranking
from tests.assistant.conftest import write_articles
from tests.knowledge.articles import publish, run_waiting_jobs, written_source
from tests.modelserver.control import ModelServer
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("many_articles")]
QUESTION = "How long does delivery in Europe take?"
PLACES = [
    "Iceland",
    "Norway",
    "Malta",
    "Cyprus",
    "Finland",
    "Ireland",
    "Greece",
    "Latvia",
    "Croatia",
    "Andorra",
]
PERSONAL = ("carla@secret.example", "+33 6 98 76 54 32")


@pytest.fixture
def many_articles(transactional_db: None) -> None:
    remembered("many articles", write_many_articles)


def write_many_articles() -> None:
    for number, place in enumerate(PLACES, 6):
        body = f"Delivery to {place} takes {number} working days, because the parcels go by ship."
        publish(f"Delivery to {place}", body, external_id=place.lower(), language="en")
    write_articles()


@pytest.fixture
def server(model_server: ModelServer, settings: Settings) -> ModelServer:
    settings.RERANK_MODEL, settings.RERANK_BASE_URL = "scripted-reranker", model_server.url
    reranking.forget()
    return model_server


def asked(server: ModelServer) -> list[dict[str, Any]]:
    return [request["body"] for request in server.requests("/v1/rerank")]


def answer_to(assistant: Assistant, question: str = QUESTION, before: tuple[Said, ...] = ()) -> Answer:
    return ask(assistant, question, before).answer


def route_of(answer: Answer) -> Route:
    assert answer.route is not None
    return answer.route


def titles(answer: Answer) -> list[str]:
    return [passage["title"] for passage in route_of(answer).passages]


def test_without_a_reranker_nobody_is_asked(assistant: Assistant, model_server: ModelServer) -> None:
    route = route_of(answer_to(assistant))
    assert asked(model_server) == []
    assert len(route.passages) == 8 and "rerank" not in route.timings
    assert not any("relevance" in passage for passage in route.passages)


def test_the_best_is_quoted_from_wherever_it_was_found(assistant: Assistant, server: ModelServer) -> None:
    server.script({"fault": "status", "status": 404})
    found = titles(answer_to(assistant))
    far = next(place for place in PLACES if f"Delivery to {place}" not in found)
    server.script({"scores": {far: 0.75}})
    answer = answer_to(assistant)
    assert answer.outcome is Outcome.ANSWERED
    assert [citation.external_id for citation in answer.citations][0] == far.lower()
    assert f"Delivery to {far} takes" in answer.text
    route = route_of(answer)
    assert titles(answer)[0] == f"Delivery to {far}" and len(route.passages) == 8
    assert [passage["relevance"] for passage in route.passages][0] == 0.75
    assert "reranked" in route.reasons and route.timings["total"] > route.timings["rerank"] > 0


def test_it_reads_where_a_passage_stands_and_what_it_says(assistant: Assistant, server: ModelServer) -> None:
    answer_to(assistant)
    [body] = asked(server)
    assert (body["query"], body["top_n"]) == (QUESTION, 8)
    assert 8 < len(body["documents"]) <= 30
    assert any(
        text.startswith("Delivery > How long it takes\nDelivery in Europe") for text in body["documents"]
    )


def test_the_same_order_gives_the_same_answer(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    server.script({"scores": {"Delivery in Europe": 1.0}})
    reranked = answer_to(assistant)
    settings.RERANK_MODEL = ""
    assert answer_to(assistant).text == reranked.text


def test_what_is_not_covered_is_declined_without_asking(assistant: Assistant, server: ModelServer) -> None:
    assert answer_to(assistant, "Who won the chess championship in 1972?").outcome is Outcome.DECLINED
    assert asked(server) == []


def test_whether_to_answer_stays_with_the_search(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    """The reranker turns everything round, and is sure of nothing."""
    questions = [
        QUESTION,
        "How do I send a parcel back?",
        "Which ship is the best one?",
        "When is the money here?",
    ]
    server.script({"scores": {"Andorra": -0.1, "Latvia": -0.2, "Delivery": -5.0, "": -3.0}})
    turned = [answer_to(assistant, question) for question in questions]
    settings.RERANK_MODEL = ""
    plain = [answer_to(assistant, question) for question in questions]
    assert [answer.outcome for answer in turned] == [answer.outcome for answer in plain]
    assert [route_of(one).floor for one in turned] == [route_of(one).floor for one in plain]


def test_the_words_that_nothing_has_are_looked_for_in_what_is_read(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    question = "How long does delivery in Europe take with UPS?"
    publish("Carriers", "UPS brings large parcels in Europe.", language="en")
    run_waiting_jobs(calibrate=False)
    missing = say("unmentioned", "en", names="UPS")
    server.script({"scores": {"Carriers": -1.0}})
    assert answer_to(assistant, question).text.startswith(missing)
    settings.RERANK_MODEL = ""
    assert missing not in answer_to(assistant, question).text


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"fault": "status", "status": 500}, "rerank_server_error"),
        ({"fault": "status", "status": 404}, "rerank_not_found"),
        ({"fault": "content_type"}, "rerank_garbled"),
        ({"raw": '{"results": [{"index": 99, "relevance_score": 1}]}'}, "rerank_garbled"),
        ({"delay": 4}, "rerank_timeout"),
    ],
)
def test_when_it_fails_the_search_decides_and_it_is_said(
    assistant: Assistant, server: ModelServer, settings: Settings, rule: dict, reason: str
) -> None:
    server.script(rule)
    started = time.monotonic()
    failed = answer_to(assistant)
    took = time.monotonic() - started
    assert reason in route_of(failed).reasons and "rerank" in route_of(failed).timings
    settings.RERANK_MODEL = ""
    started = time.monotonic()
    plain = answer_to(assistant)
    assert took < time.monotonic() - started + reranking.BUDGET_SECONDS + 1
    assert (failed.text, titles(failed)) == (plain.text, titles(plain))


def test_a_model_is_given_the_passages_in_its_order(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL, settings.ANSWER_MODEL, settings.REWRITE_MODEL = (
        server.url,
        "scripted",
        "scripted",
    )
    settings.MODEL_PRICES = {"scripted-reranker": [1, 0], "scripted": [1, 1]}
    server.script(
        {"model": "scripted-reranker", "scores": {"Malta": 3.0, "Cyprus": 2.0}},
        {"text": "[ANSWER] Delivery to Malta takes 8 working days [1]."},
    )
    answer = answer_to(assistant)
    [prompt] = [json.dumps(request["body"]) for request in server.requests()]
    assert prompt.index("Delivery to Malta") < prompt.index("Delivery to Cyprus")
    assert answer.citations[0].external_id == "malta"
    counted = sum(len(text.split()) for text in asked(server)[0]["documents"])
    assert answer.usage is not None and answer.usage.prompt_tokens > counted > 50
    tokens = answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert answer.usage.cost == Decimal(tokens) / 1_000_000


def test_several_questions_are_reranked_one_by_one(assistant: Assistant, server: ModelServer) -> None:
    server.script(
        {"match": "Malta", "scores": {"Malta": 2.0}}, {"match": "Cyprus", "scores": {"Cyprus": 2.0}}
    )
    answer = answer_to(
        assistant, "How long does delivery to Malta take? How long does delivery to Cyprus take?"
    )
    assert [citation.external_id for citation in answer.citations] == ["malta", "cyprus"]
    counted = sum(len(text.split()) for body in asked(server) for text in body["documents"])
    assert len(asked(server)) == 2 and answer.usage is not None and answer.usage.prompt_tokens == counted


def test_a_server_that_counts_no_tokens_costs_nothing(assistant: Assistant, server: ModelServer) -> None:
    server.script({"speaks": "texts"})
    answer = answer_to(assistant)
    assert "reranked" in route_of(answer).reasons and answer.usage is None


BEFORE = (Said("customer", f"I am {PERSONAL[0]}. Do you deliver?"), Said("assistant", "Yes, we do."))
FOLLOW_UP = f"How long does it take to Malta? Call me at {PERSONAL[1]}"


def test_a_follow_up_is_read_with_what_was_said_before(assistant: Assistant, server: ModelServer) -> None:
    answer_to(assistant, FOLLOW_UP, BEFORE)
    assert asked(server)[0]["query"] == f"{BEFORE[0].text} {FOLLOW_UP}"


def test_of_a_long_question_the_end_is_read(assistant: Assistant, server: ModelServer) -> None:
    answer_to(assistant, f"{'My parcel is late and I am waiting. ' * 40}{QUESTION}")
    query = asked(server)[0]["query"]
    assert len(query) == 1000 and query.endswith(QUESTION)


def test_an_assistant_that_withholds_personal_data_does_here_too(
    assistant: Assistant, server: ModelServer
) -> None:
    assistant.redact_prompts = True
    answer_to(assistant, FOLLOW_UP, BEFORE)
    query = asked(server)[0]["query"]
    assert [personal for personal in PERSONAL if personal in query] == []
    assert "[e-mail address]" in query and "[phone number]" in query


def test_what_the_customer_may_not_read_is_not_sent(assistant: Assistant, server: ModelServer) -> None:
    Document.objects.filter(external_id="malta").update(audience="staff")
    answer_to(assistant)
    assert not any("Malta" in text for text in asked(server)[0]["documents"])


def test_the_benchmark_has_a_column_for_it(
    server: ModelServer, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script({"match": "Malta", "fault": "status", "status": 404}, {"scores": {"Latvia": 9.0}})
    questions = [
        Question("1", QUESTION, "en", acceptable=frozenset({"latvia"})),
        Question("2", "How long does delivery to Malta take?", "en", acceptable=frozenset({"malta"})),
    ]
    covered, uncovered = ({"fused": {"answerable": number}} for number in (2, 0))
    add_reranked([covered, uncovered], [(questions, written_source().pk)] * 2)
    assert covered["reranked"]["hit@1"] == 1.0 and "reranked" not in uncovered
    assert (
        "1 questions are in the search's order instead of the reranker's: not_found"
        in capsys.readouterr().out
    )
    settings.RERANK_MODEL = ""
    add_reranked([covered], [(questions, written_source().pk)])
    assert capsys.readouterr().out.startswith("skipped: what a reranker would make of it")
