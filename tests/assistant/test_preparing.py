"""What is read once is read before the first customer comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from assistant.guidance import usual
from assistant.preparing import prepare
from flows.slot import Slot
from flows.slots.reading import KINDS, find_in, read
from flows.slots.tables import patterns
from knowledge import language


@pytest.fixture(autouse=True)
def elsewhere_replies_wait() -> Iterator[None]:
    yield
    usual.learn_beside(False)


def test_after_it_an_answer_finds_all_words_loaded() -> None:
    prepare()
    assert language._model.cache_info().currsize == 1
    loaded = patterns.cache_info().misses
    for kind in KINDS:
        for spoken in ("en", "fr"):
            slot = Slot.model_validate(
                {"kind": kind, "choices": [{"value": "x"}] if kind == "choice" else []}
            )
            read(slot, "next Tuesday at 3, 12 €", language=spoken, now=datetime(2026, 1, 1))
            find_in(slot, "12 €", language=spoken, now=datetime(2026, 1, 1))
    assert patterns.cache_info().misses == loaded
