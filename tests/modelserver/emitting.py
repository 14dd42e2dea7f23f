"""Write a streamed answer at its pace, with the fault that its rule asks for."""

import asyncio
import contextlib
from collections.abc import Iterator

from aiohttp import web

from . import wire
from .answers import DECIDED
from .recording import Record
from .rules import Rule

# Faults that happen at a place in the stream, as against those that change how it is written.
BREAKS = frozenset({"cut", "stall", "bad_json", "long_line", "error_event"})
GONE_POLL = 0.02


class Emission:
    """One stream. Its bytes are ready before the first is due, so that pace is cheap to keep."""

    def __init__(self, request: web.Request, rule: Rule, record: Record) -> None:
        self.request, self.rule, self.record = request, rule, record
        self.model = record.model
        self.response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})

    async def run(self, tokens: list[str], ending: list[bytes]) -> web.StreamResponse:
        if self.rule.fault == "cut" and self.rule.after < 0:
            return self._cut()
        await self.response.prepare(self.request)
        try:
            await self._write(wire.chunk(self.model, {"role": "assistant", "content": ""}))
            if await self._tokens(self._frames(tokens)):
                for frame in ending:
                    await self._write(frame)
                await self.response.write_eof()
                self.record.end("done")
        except ConnectionError:
            self.record.end("closed_by_client")
        return self.response

    def _frames(self, tokens: list[str]) -> list[bytes]:
        if self.rule.fault == "empty_choices":
            return [wire.usage_chunk(self.model, {})] * len(tokens)
        stamped = self.rule.count if self.rule.stamped else 0
        written = [wire.text_chunk(self.model, token) for token in tokens[stamped:]]
        # A model that is offered tools says first that it answers: words before that are held back.
        decided = [wire.text_chunk(self.model, f"{DECIDED} ")] if stamped and self.rule.cited else []
        return [*decided, *[wire.stampable_chunk(self.model)] * stamped, *written]

    async def _tokens(self, frames: list[bytes]) -> bool:
        """Write them; False when a fault ended the stream."""
        clock = asyncio.get_running_loop().time
        start = clock() + self.rule.delay
        breaks_at = self.rule.after if self.rule.fault in BREAKS else -1
        for number, frame in enumerate(frames):
            due = start + (number / self.rule.pace if self.rule.pace else 0)
            if (wait := due - clock()) > 0:
                await asyncio.sleep(wait)
            if number == breaks_at and not await self._break():
                return False
            frame = wire.stamped(frame) if self.rule.stamped else frame
            await self._write(frame, styled=number >= self.rule.after)
            self.record.tokens += 1
        return len(frames) > breaks_at or await self._break()

    async def _break(self) -> bool:
        """Do the fault; True when the stream goes on after it."""
        if self.rule.fault == "cut":
            self._cut()
        elif self.rule.fault == "stall":
            await until_gone(self.request)
            self.record.end("closed_by_client")
        elif self.rule.fault == "error_event":
            await self._write(wire.event(wire.error_body("overloaded", "server_error")))
            self.record.end("error_event")
        else:
            bad = b"{broken" if self.rule.fault == "bad_json" else b'{"x": "' + b"x" * 1_000_000 + b'"}'
            await self._write(b"data: " + bad + b"\n\n")
            return True
        return False

    async def _write(self, frame: bytes, *, styled: bool = True) -> None:
        for piece in self._pieces(frame) if styled else (frame,):
            await self.response.write(piece)
            if piece is not frame:
                await asyncio.sleep(self.rule.drip if self.rule.fault == "drip" else 0.002)

    def _pieces(self, frame: bytes) -> Iterator[bytes]:
        if self.rule.fault == "drip":
            yield from (frame[at : at + 1] for at in range(len(frame)))
        elif self.rule.fault == "split_utf8":
            wide = next((at for at, byte in enumerate(frame) if byte > 0x7F), len(frame) // 2)
            yield from (frame[: wide + 1], frame[wide + 1 :])
        elif self.rule.fault == "odd_framing":
            yield b": keep-alive\r\n\r\n" + frame.replace(b"data: ", b"data:", 1).replace(b"\n", b"\r\n")
        else:
            yield frame

    def _cut(self) -> web.StreamResponse:
        cut(self.request)
        self.record.end("cut")
        return self.response


def cut(request: web.Request) -> None:
    """Close the connection without a word."""
    if request.transport is not None:
        request.transport.abort()


async def until_gone(request: web.Request, at_most: float = 300.0) -> None:
    """Return when the client has closed the connection."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(at_most):
            # aiohttp tells a running handler nothing.
            while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
                await asyncio.sleep(GONE_POLL)
