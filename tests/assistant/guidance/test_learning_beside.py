"""A process that answers for long learns what customers usually write about beside its first replies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from assistant.guidance import usual
from llm.clients import close_clients

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("titles")]


@pytest.fixture(autouse=True)
def beside() -> Iterator[None]:
    usual.learn_beside()
    yield
    usual.learn_beside(False)


def test_the_first_reply_does_not_wait_and_a_later_one_knows() -> None:
    async def replies() -> tuple[usual.Usual | None, usual.Usual | None, usual.Usual | None]:
        first, second = await usual.usual(), await usual.usual()
        assert usual._learning
        await usual._learning
        later = await usual.usual()
        await close_clients()
        return first, second, later

    first, second, later = asyncio.run(replies())
    assert (first, second) == (None, None)
    assert later and len(later.texts) > usual.LEAST_TEXTS
