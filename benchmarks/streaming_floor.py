"""The floor of `benchmarks/streaming.py`: the least that could stream a model to a browser.

Bare Starlette, a raw aiohttp client, no database, no log, no checks: each token goes from the model server's
event stream straight into the socket. `uvicorn benchmarks.streaming_floor:app`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import orjson
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

MODEL_URL = os.environ["OPENAI_BASE_URL"] + "/chat/completions"


@asynccontextmanager
async def one_client(app: Starlette) -> AsyncIterator[None]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as app.state.client:
        yield


async def tokens(client: aiohttp.ClientSession, question: str) -> AsyncIterator[str]:
    body = {"model": "scripted", "stream": True, "messages": [{"role": "user", "content": question}]}
    async with client.post(MODEL_URL, json=body) as response:
        async for line in response.content:
            if line.startswith(b"data: {"):
                for choice in orjson.loads(line[6:])["choices"]:
                    if text := choice["delta"].get("content"):
                        yield text


async def chat(socket: WebSocket) -> None:
    await socket.accept()
    command = orjson.loads(await socket.receive_text())
    async for text in tokens(socket.app.state.client, command["text"]):
        await socket.send_text(orjson.dumps({"type": "turn.delta", "text": text}).decode())
    await socket.send_text('{"type":"turn.completed"}')
    await socket.close()


app = Starlette(routes=[WebSocketRoute("/ws", chat)], lifespan=one_client)
