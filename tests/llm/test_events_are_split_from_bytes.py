import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm.deltas import read_delta
from llm.errors import ModelError
from llm.sse import MAX_LINE, EventSplitter

STREAM = (
    ': comment\n\nevent: x\nid: 7\ndata: {"a": "é☕"}\n\ndata:{"b": 1}\r\n\r\ndata:\n\ndata: [DONE]\n\n'
).encode()
EVENTS = ['{"a": "é☕"}'.encode(), b'{"b": 1}', b"", b"[DONE]"]


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_wherever_the_network_cuts_the_events_are_the_same(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    splitter = EventSplitter()
    events = [
        event
        for start, end in zip(places, places[1:], strict=False)
        for event in splitter.feed(STREAM[start:end])
    ]
    assert events + splitter.rest() == EVENTS


def test_a_last_line_without_its_break_counts() -> None:
    splitter = EventSplitter()
    assert splitter.feed(b"data: {}") == []
    assert splitter.rest() == [b"{}"]


def test_memory_is_bounded() -> None:
    splitter = EventSplitter()
    with pytest.raises(ModelError, match="garbled"):
        for _ in range(MAX_LINE // 1000 + 2):
            splitter.feed(b"x" * 1000)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_break_anything_but_this_answer(data: bytes) -> None:
    try:
        read_delta(data)
    except ModelError as error:
        assert error.code in ("garbled", "server_error")


@pytest.mark.parametrize(
    "event",
    [
        b"[]",
        b"7",
        b'{"choices": 7}',
        b'{"choices": [7]}',
        b'{"choices": [{"delta": 7}]}',
        b'{"choices": {"a": 1}}',
    ],
)
def test_a_foreign_shape_is_garbled(event: bytes) -> None:
    with pytest.raises(ModelError, match="garbled"):
        read_delta(event)


def test_thinking_is_a_sign_of_life_but_no_text() -> None:
    delta = read_delta(b'{"choices": [{"delta": {"reasoning_content": "hm"}}]}')
    assert (delta.text, delta.alive) == ("", True)
