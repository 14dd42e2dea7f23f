"""The table of faults: what a provider may do, and what then comes out of `stream_chat`."""

import asyncio
import time
from typing import Any, NamedTuple

import pytest

from llm.attempts import ATTEMPTS
from llm.choosing import ChatModel
from tests.llm.streams import outcome_of
from tests.modelserver.control import ModelServer

TEXT = "Die Rückzahlung dauert fünf Tage – naïve façade ☕."
PATIENCE = 15.0  # seconds: on a busy machine too, whatever is tried again fits into it


class Case(NamedTuple):
    rule: dict[str, Any]
    end: str  # finish reason or error code
    text: str | None = None  # exactly this; None: whatever
    requests: int = 1
    permanent: bool = False


OUTCOMES = {
    "429 without a delay": Case({"fault": "status", "status": 429}, "rate_limited", "", 2),
    "429 with a short delay": Case(
        {"fault": "status", "status": 429, "retry_after": 0.2}, "rate_limited", "", 2
    ),
    "429 with a delay beyond the budget": Case(
        {"fault": "status", "status": 429, "retry_after": 600}, "rate_limited", "", 1
    ),
    "500": Case({"fault": "status", "status": 500}, "server_error", "", 2),
    "503": Case({"fault": "status", "status": 503}, "server_error", "", 2),
    "401": Case({"fault": "status", "status": 401}, "unauthorised", "", 1, permanent=True),
    "404": Case({"fault": "status", "status": 404}, "not_found", "", 1, permanent=True),
    "400": Case({"fault": "status", "status": 400}, "bad_request", "", 1, permanent=True),
    "cut before the headers": Case({"fault": "cut", "after": -1}, "unreachable", "", 2),
    "cut before the first token": Case({"fault": "cut", "after": 0}, "interrupted", "", 2),
    "cut after three tokens": Case({"fault": "cut", "after": 3}, "interrupted", "Die Rückzahlung dauert"),
    "cut after the last token": Case({"fault": "cut", "after": 99}, "interrupted", TEXT),
    "hang": Case({"fault": "hang"}, "timeout", "", 2),
    "stall before the first token": Case({"fault": "stall", "after": 0}, "timeout", "", 2),
    "stall after three tokens": Case({"fault": "stall", "after": 3}, "stalled", "Die Rückzahlung dauert"),
    "drip before the first token": Case({"fault": "drip", "drip": 0.05}, "timeout", "", 2),
    "characters in two pieces": Case({"fault": "split_utf8"}, "stop", TEXT),
    "odd but legal framing": Case({"fault": "odd_framing"}, "stop", TEXT),
    "no [DONE]": Case({"fault": "no_done"}, "stop", TEXT),
    "no finish reason": Case({"fault": "no_finish"}, "stop", TEXT),
    "neither of both": Case({"fault": "no_end"}, "interrupted", TEXT),
    "a page instead of a stream": Case({"fault": "content_type"}, "not_a_stream", "", 1, permanent=True),
    "one JSON object instead of a stream": Case({"fault": "plain_json"}, "stop", TEXT),
    "empty choices": Case({"fault": "empty_choices"}, "empty", "", 2),
    "no text at all": Case({"text": ""}, "empty", "", 2),
    "a line that is not JSON at first": Case({"fault": "bad_json"}, "garbled", "", 2),
    "a line that is not JSON later": Case({"fault": "bad_json", "after": 2}, "garbled", "Die Rückzahlung"),
    "a line of 1 MB": Case({"fault": "long_line", "after": 2}, "garbled", "Die Rückzahlung"),
    "an error inside the stream": Case(
        {"fault": "error_event", "after": 2}, "server_error", "Die Rückzahlung"
    ),
    "an error as the first event": Case({"fault": "error_event"}, "server_error", "", 2),
    "finish: stop": Case({}, "stop", TEXT),
    "finish: length": Case({"finish": "length"}, "length", TEXT),
    "finish: content_filter": Case({"finish": "content_filter"}, "content_filter", TEXT),
    "filtered before a word": Case({"finish": "content_filter", "text": ""}, "content_filter", ""),
    "finish: tool_calls": Case({"tool_calls": [{"name": "book", "arguments": {}}]}, "tool_calls", TEXT),
}


@pytest.mark.parametrize("case", OUTCOMES.values(), ids=OUTCOMES.keys())
async def test_every_fault_has_an_outcome(
    case: Case, model: ChatModel, model_server: ModelServer, impatient: None
) -> None:
    model_server.script({"text": TEXT, **case.rule})
    start = time.monotonic()
    outcome = await outcome_of(model, budget=PATIENCE)
    assert time.monotonic() - start < PATIENCE
    assert outcome.end == case.end, outcome.error
    assert case.text is None or outcome.text == case.text
    assert outcome.error is None or outcome.error.permanent == case.permanent
    assert len(model_server.requests()) == case.requests <= ATTEMPTS
    await asyncio.to_thread(model_server.wait_until_idle)


TRANSIENT = [name for name, case in OUTCOMES.items() if case.requests == ATTEMPTS]


@pytest.mark.parametrize("name", TRANSIENT)
async def test_a_fault_before_the_first_word_that_passes_is_never_seen(
    name: str, model: ChatModel, model_server: ModelServer, impatient: None
) -> None:
    model_server.script({"text": TEXT, **OUTCOMES[name].rule, "times": 1}, {"text": TEXT})
    outcome = await outcome_of(model, budget=PATIENCE)
    assert (outcome.end, outcome.text) == ("stop", TEXT)
    assert len(model_server.requests()) == 2


async def test_a_server_that_nobody_runs_is_unreachable(impatient: None) -> None:
    outcome = await outcome_of(ChatModel("scripted", "http://127.0.0.1:9/v1", "key"), budget=PATIENCE)
    assert outcome.end == "unreachable"
