"""A conversation of any length opens at once, shows its end, and is read back page by page; exactly."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import orjson

from conversations import paging
from conversations.consumers.framing import FRAME, in_frames
from conversations.consumers.outbox import LIMIT
from conversations.models import Citation, Conversation, Message
from conversations.paging import PAGE
from conversations.posting import record
from conversations.ratings.giving import rate
from tests.conversations.client import Client
from tests.conversations.test_what_a_viewer_sees import act, fresh

PASSAGE = "A lamp may be sent back within thirty days, whole and in its box. " * 30  # as long as they become


def answer_many(conversation_id: UUID, count: int, *, first: int = 1) -> None:
    """So many questions with an answer from three sources each."""
    for number in range(first, first + count):
        with record(conversation_id) as writing:
            writing.post(kind=Message.Kind.CUSTOMER, text=f"question {number}", client_id=uuid4())
            answer = writing.post(
                kind=Message.Kind.ASSISTANT, text=f"answer {number} [1]", outcome="answered"
            )
            Citation.objects.bulk_create(
                Citation(message=answer, number=n, title=f"Returns {n}", url="/help/", language="en",
                         quote="thirty days", passage=PASSAGE)
                for n in (1, 2, 3)
            )  # fmt: skip


async def begun(client: Client) -> UUID:
    await client.connect()
    await client.until(lambda: bool(client.conversation))
    return UUID(client.conversation_id)


def frames(client: Client) -> list[int]:
    return [len(orjson.dumps(event)) for _, event in client.history]


def test_two_hundred_answers_open_scroll_back_and_stay_exact(port: int, nobody_answers: None) -> None:
    async def scenario() -> None:
        async with Client(port) as client, Client(port) as late:
            conversation = await begun(client)
            await client.drop()
            await act(answer_many, conversation_id=conversation, count=200)
            share_cookies(client, late)
            await late.connect()
            await late.until(lambda: bool(late.conversation))
            assert late.said("assistant")[-1] == "answer 200 [1]"
            assert 5 < len(late.messages) <= PAGE
            assert late.close_code is None
            await late.scroll_back()
            assert late.said("assistant") == [f"answer {n} [1]" for n in range(1, 201)]
            assert max(frames(late)) < 2 * FRAME
            await rate_and_ask(late)
            now = await fresh(late, all_of_it=True)
            await late.until(lambda: late.sight() == now)

    asyncio.run(scenario())


async def rate_and_ask(client: Client) -> None:
    """An answer of long ago changes, and something new is said."""
    oldest = next(m for m in client.messages.values() if m["kind"] == "assistant")
    await client.say({"type": "rate", "message": oldest["id"], "score": 1})
    await client.ask("And today?")
    await client.until(lambda: client.said("customer")[-1] == "And today?")


def test_what_changes_before_the_page_that_is_shown_comes_when_one_scrolls_there(
    port: int, nobody_answers: None
) -> None:
    async def scenario() -> None:
        async with Client(port) as client, Client(port) as late:
            conversation = await begun(client)
            await act(answer_many, conversation_id=conversation, count=40)
            share_cookies(client, late)
            await late.connect()
            await late.until(lambda: bool(late.oldest))
            first = await act(first_answer, conversation_id=conversation)
            await act(rate, conversation_id=conversation, message_id=first, score=-1)
            await late.until(lambda: late.seq >= 81)
            assert first not in late.messages
            await late.scroll_back()
            assert (
                "rated" in late.messages[first]["html"]
                or 'aria-pressed="true"' in late.messages[first]["html"]
            )
            assert late.sight() == await fresh(late, all_of_it=True)

    asyncio.run(scenario())


def test_after_a_long_absence_the_newest_page_takes_the_place_of_what_was_shown(
    port: int, nobody_answers: None
) -> None:
    async def scenario() -> None:
        async with Client(port) as client:
            conversation = await begun(client)
            await act(answer_many, conversation_id=conversation, count=2)
            await client.until(lambda: len(client.said("assistant")) == 2)
            await client.drop()
            await act(answer_many, conversation_id=conversation, count=60, first=3)
            await client.connect()
            await client.until(lambda: client.said("assistant")[-1:] == ["answer 62 [1]"])
            assert client.events("snapshot")[-1]["whole"]
            assert client.sight() == await fresh(client)
            await client.scroll_back()
            assert client.sight() == await fresh(client, all_of_it=True)

    asyncio.run(scenario())


def test_a_page_waits_for_a_slow_reader_without_sending_it_away(port: int, nobody_answers: None) -> None:
    async def scenario() -> int:
        async with Client(port) as client:
            conversation = await begun(client)
            await act(answer_many, conversation_id=conversation, count=80)
            await client.drop()
            client.seq = 0
            client.history.clear()
            await client.connect()
            await client.until(lambda: bool(client.events("snapshot")))
            return sum(frames(client))

    assert asyncio.run(scenario()) < LIMIT


def share_cookies(one: Client, other: Client) -> None:
    assert one.http and other.http
    other.http.cookie_jar.update_cookies({c.key: c.value for c in one.http.cookie_jar})


def first_answer(conversation_id: UUID) -> int:
    answers = Message.objects.filter(conversation=conversation_id, kind=Message.Kind.ASSISTANT)
    return int(answers.earliest("seq").pk)


def test_a_page_is_bounded_by_number_and_by_size(conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        for number in range(PAGE + 10):
            writing.post(kind=Message.Kind.CUSTOMER, text=f"short {number}")
    conversation.refresh_from_db()
    page = paging.newest(conversation, audience="customer")
    assert (len(page.messages), page.earlier) == (PAGE, True)
    rest = paging.newest(conversation, audience="customer", before=page.messages[0]["seq"])
    assert ([m["text"] for m in rest.messages], rest.earlier) == ([f"short {n}" for n in range(10)], False)
    answer_many(conversation.pk, 40)
    conversation.refresh_from_db()
    page = paging.newest(conversation, audience="customer")
    assert sum(len(m["html"]) for m in page.messages) <= paging.WEIGHT
    assert page.messages[-1]["text"] == "answer 40 [1]"


def test_a_large_event_goes_out_in_frames_and_a_large_message_alone() -> None:
    def message(size: int) -> dict[str, Any]:
        return {"html": "x" * size}

    event = {"type": "snapshot", "messages": [message(n) for n in (9000, 9000, 40_000, 10, 10)]}
    told = list(in_frames(event))
    assert [[len(m["html"]) for m in frame["messages"]] for frame in told] == [
        [9000], [9000], [40_000], [10, 10],
    ]  # fmt: skip
    assert [frame["type"] for frame in told] == ["messages.part"] * 3 + ["snapshot"]
