"""The scripted server itself: it must speak the protocol as the official SDK understands it."""

import base64
import time

import openai
import pytest

from tests.modelserver.control import ModelServer
from tests.modelserver.running import running_as_process
from tests.modelserver.wire import time_of

PROMPT = (
    "Answer from these passages.\n\n"
    "[1] Shipping. Parcels leave our house the same day.\n"
    "[2] Refunds. A refund takes five working days to arrive.\n"
)


@pytest.fixture
def sdk(model_server: ModelServer) -> openai.OpenAI:
    return openai.OpenAI(base_url=model_server.url, api_key="k", max_retries=0)


def say(sdk: openai.OpenAI, text: str) -> str:
    answer = sdk.chat.completions.create(model="scripted", messages=[{"role": "user", "content": text}])
    return answer.choices[0].message.content or ""


def test_out_of_the_box_it_answers_from_the_passages_and_cites(sdk: openai.OpenAI) -> None:
    answer = sdk.chat.completions.create(
        model="scripted",
        messages=[
            {"role": "system", "content": PROMPT},
            {"role": "user", "content": "How many days takes a refund?"},
        ],
    )
    assert answer.choices[0].message.content == "A refund takes five working days to arrive. [2]"


def test_the_question_may_stand_below_the_passages(sdk: openai.OpenAI) -> None:
    assert say(sdk, f"{PROMPT}\nWhen do parcels leave?").endswith("the same day. [1]")


def test_a_prompt_that_wants_a_decision_first_gets_one(sdk: openai.OpenAI) -> None:
    passage = '<passage number="1" from="Help > Refunds">\nA refund takes five working days.\n</passage>'
    wanted = "Begin with [ANSWER] or [NONE].\n"
    asked = f"{wanted}{passage}\n\n<message>\nHow long takes a refund?\n</message>"
    assert say(sdk, asked) == "[ANSWER] A refund takes five working days. [1]"
    assert say(sdk, asked.replace("How long takes a refund?", "Who are you?")) == "[NONE]"


def test_it_says_so_when_the_passages_do_not_tell(sdk: openai.OpenAI) -> None:
    assert "do not know" in say(sdk, "What is your favourite colour?")


def test_rules_are_tried_in_order_each_as_often_as_it_says(
    sdk: openai.OpenAI, model_server: ModelServer
) -> None:
    model_server.script(
        {"text": "first", "times": 1},
        {"match": "REFUND", "text": "about refunds"},
        {"text": "the rest"},
    )
    assert [say(sdk, text) for text in ("a refund", "a refund", "x")] == [
        "first",
        "about refunds",
        "the rest",
    ]


def test_a_misspelt_rule_is_refused(model_server: ModelServer) -> None:
    with pytest.raises(OSError, match="400"):
        model_server.script({"falt": "cut"})


def test_the_sdk_reads_its_stream(sdk: openai.OpenAI, model_server: ModelServer) -> None:
    model_server.script({"text": "Five days [1].", "pace": 200})
    stream = sdk.chat.completions.create(
        model="scripted", messages=[{"role": "user", "content": "?"}], stream=True
    )
    chunks = [chunk for chunk in stream if chunk.choices]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "Five days [1]."
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_it_calls_the_tool_that_it_must_call(sdk: openai.OpenAI) -> None:
    parameters: dict[str, object] = {"type": "object", "properties": {"number": {"type": "string"}}}
    answer = sdk.chat.completions.create(
        model="scripted",
        messages=[{"role": "user", "content": "Where is order 12?"}],
        tools=[{"type": "function", "function": {"name": "order_status", "parameters": parameters}}],
        tool_choice="required",
    )
    (call,) = answer.choices[0].message.tool_calls or []
    assert call.type == "function"
    assert (call.function.name, call.function.arguments) == (
        "order_status",
        '{"number":"Where is order 12?"}',
    )


def test_both_encodings_hold_the_same_vector(sdk: openai.OpenAI) -> None:
    floats = sdk.embeddings.create(model="m", input="refund", encoding_format="float").data[0].embedding
    packed: object = (
        sdk.embeddings.create(model="m", input="refund", encoding_format="base64").data[0].embedding
    )
    assert len(base64.b64decode(str(packed))) == 4 * len(floats) == 4 * 384
    assert sdk.embeddings.create(model="m", input="refund").data[0].embedding == pytest.approx(floats)


def test_it_lists_its_models(sdk: openai.OpenAI) -> None:
    assert [model.id for model in sdk.models.list()] == ["scripted", "scripted-embedding"]


def test_it_counts_requests_and_keeps_what_was_asked(sdk: openai.OpenAI, model_server: ModelServer) -> None:
    say(sdk, "one")
    say(sdk, "two")
    log = model_server.log()
    assert log["total"] == 2
    assert [request["body"]["messages"][0]["content"] for request in log["requests"]] == ["one", "two"]


def test_as_a_process_of_its_own_it_keeps_the_pace() -> None:
    with running_as_process() as server:
        server.script({"count": 20, "pace": 100, "stamped": True})
        sdk = openai.OpenAI(base_url=server.url, api_key="k", max_retries=0)
        start = time.monotonic()
        stamps = [time_of(stamp) or 0.0 for stamp in say_streamed(sdk).split()]
    assert len(stamps) == 20
    assert 0.15 < stamps[-1] - stamps[0] <= time.monotonic() - start < 2


def say_streamed(sdk: openai.OpenAI) -> str:
    stream = sdk.chat.completions.create(
        model="scripted", messages=[{"role": "user", "content": "?"}], stream=True
    )
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
