"""Asking from a view or a command leaves the connections of everybody else alone."""

import asyncio
from contextlib import aclosing

import pytest
from asgiref.sync import sync_to_async

from assistant.asking import ask
from assistant.models import Assistant
from llm.choosing import ChatModel
from llm.clients import close_clients
from llm.streaming import ChatMessage, Finished, stream_chat
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("articles")
async def test_a_view_on_the_servers_loop_does_not_cut_the_streams_of_others(
    assistant: Assistant, scripted_model: ModelServer
) -> None:
    scripted_model.script(
        {"match": "slow", "count": 40, "pace": 40},
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."},
    )
    other = asyncio.create_task(_finished(ChatModel("scripted", scripted_model.url, "scripted-key")))
    await asyncio.sleep(0.1)
    asked = await sync_to_async(ask)(assistant, "How long does delivery in Europe take?")
    assert not other.done(), "the other stream must still be running for this to mean anything"
    assert asked.answer.citations
    assert (await other).reason == "stop"
    await close_clients()


async def _finished(model: ChatModel) -> Finished:
    async with aclosing(stream_chat([ChatMessage("user", "slow")], model=model)) as events:
        async for event in events:
            if isinstance(event, Finished):
                return event
    raise AssertionError("a stream ends with Finished")
