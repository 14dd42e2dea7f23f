"""The calls of a model are put together from whatever pieces they come in."""

from __future__ import annotations

import pytest

from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.gathering import LONGEST, CallPiece, Gathered, pieces_of
from llm.messages import ChatMessage, Tool, ToolCall
from llm.streaming import Finished, stream_chat
from tests.modelserver.control import ModelServer

FIND = Tool(
    "find_order", "Looks up an order.", {"type": "object", "properties": {"number": {"type": "string"}}}
)
QUESTION = [ChatMessage("user", "Where is my order LP-1?")]
CALLED = {"name": "find_order", "arguments": {"number": "LP-1", "été": "é"}}
WANTED = ToolCall("call_0", "find_order", '{"number":"LP-1","été":"é"}')


async def finished(model: ChatModel, messages=QUESTION, **more) -> Finished:
    events = [event async for event in stream_chat(messages, model=model, tools=[FIND], budget=5, **more)]
    assert isinstance(events[-1], Finished)
    return events[-1]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"pieces": 3},
        {"pieces": 50},
        {"finish": "stop"},
        {"fault": "split_utf8"},
        {"fault": "odd_framing"},
        {"fault": "plain_json"},
        {"fault": "no_finish"},
        {"text": "Let me look.", "pieces": 2},
    ],
)
async def test_a_call_is_understood_however_it_is_sent(model, model_server: ModelServer, how) -> None:
    model_server.script({"tool_calls": [CALLED], **how})
    assert (await finished(model)).calls == (WANTED,)


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("pieces", [1, 4])
async def test_several_calls_stay_apart(model, model_server, indexed: bool, pieces: int) -> None:
    second = {"name": "find_order", "arguments": {"number": "LP-2"}}
    model_server.script({"tool_calls": [CALLED, second], "indexed": indexed, "pieces": pieces})
    first, other = (await finished(model)).calls
    assert (first, other.arguments) == (WANTED, '{"number":"LP-2"}')


async def test_letters_that_are_no_json_are_handed_on_as_they_are(model, model_server) -> None:
    model_server.script({"tool_calls": [{"name": "find_order", "arguments": '{"number": '}]})
    assert (await finished(model)).calls[0].arguments == '{"number": '


async def test_a_call_that_is_cut_off_fails_and_is_asked_for_once_more(model, model_server) -> None:
    model_server.script({"tool_calls": [CALLED], "fault": "no_end", "times": 1}, {"tool_calls": [CALLED]})
    assert (await finished(model)).calls == (WANTED,)
    assert len(model_server.requests()) == 2


async def test_what_was_called_and_brought_is_said_in_the_protocols_words(model, model_server) -> None:
    model_server.script({"text": "It is on its way."})
    told = [
        *QUESTION,
        ChatMessage("assistant", "", calls=(WANTED,)),
        ChatMessage("tool", "{}", answers="call_0"),
    ]
    assert not (await finished(model, told, may_call=False)).calls
    body = model_server.requests()[0]["body"]
    assert body["tool_choice"] == "none"
    assert body["tools"][0]["function"]["name"] == "find_order"
    assert body["messages"][1]["tool_calls"][0]["function"]["arguments"] == WANTED.arguments
    assert body["messages"][2] == {"role": "tool", "tool_call_id": "call_0", "content": "{}"}


@pytest.mark.parametrize("refused", ["tools", "tool_choice"])
async def test_what_a_server_refuses_it_is_not_sent_again(model, model_server, refused: str) -> None:
    model_server.script({"fault": "refuse_parameter", "parameter": refused}, {"text": "Hello."})
    assert (await finished(model, may_call=False)).reason == "stop"
    sent = model_server.requests()[-1]["body"]
    assert refused not in sent and "tool_choice" not in sent


def test_arguments_without_end_are_refused() -> None:
    gathered = Gathered()
    with pytest.raises(ModelError):
        for _piece in range(20):
            gathered.add([CallPiece(0, "a", "find_order", "x" * (LONGEST // 10))])
    with pytest.raises(ModelError):
        Gathered().add([CallPiece(n) for n in range(99)])


def test_arguments_that_come_as_an_object_are_read() -> None:
    (piece,) = pieces_of([{"id": "a", "function": {"name": "f", "arguments": {"n": 1}}}])
    assert piece == CallPiece(0, "a", "f", '{"n":1}')
