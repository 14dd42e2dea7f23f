"""What a turn's log says so far: pure, fed with entries, whichever attempt they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

Fields = dict[bytes, bytes]
BEGIN, TEXT, PROGRESS, SOURCES = b"b", b"t", b"p", b"s"


@dataclass(slots=True)
class News:
    """What entries brought. `text` begins at `offset` of `attempt`; one piece, however many there were."""

    attempt: int
    started: bool = False
    offset: int = 0
    text: str = ""
    progress: dict[str, Any] | None = None
    titles: list[str] | None = None
    _frame: str = ""

    @property
    def only_text(self) -> bool:
        return not self.started and self.progress is None and self.titles is None

    def delta(self, turn: int) -> dict[str, Any]:
        """A protocol.TurnDelta."""
        about = {"type": "turn.delta", "turn": turn, "attempt": self.attempt}
        return {**about, "offset": self.offset, "text": self.text}

    def frame(self, turn: int) -> str:
        """The same, serialised once for all viewers."""
        self._frame = self._frame or orjson.dumps(self.delta(turn)).decode()
        return self._frame


@dataclass(slots=True)
class TurnLog:
    """One turn as its log tells it. Entries may repeat (the writer re-sends after a loss); a lower attempt
    is never heard again once a higher one has begun."""

    turn: int
    attempt: int = 0
    length: int = 0
    progress: dict[str, Any] | None = None
    titles: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def take(self, entries: Iterable[Fields]) -> News | None:
        """Add entries; say what a viewer who had seen all before does not know yet, if anything."""
        news = News(attempt=self.attempt, offset=self.length)
        heard = False
        for fields in entries:
            attempt = int(fields[b"a"])
            if attempt < self.attempt:
                continue
            if attempt > self.attempt:
                news = self._begin(attempt)
                heard = True
            heard |= self._add(fields, news)
        return news if heard else None

    def _begin(self, attempt: int) -> News:
        self.attempt, self.length, self.progress = attempt, 0, None
        self._parts.clear()
        return News(attempt=attempt, started=True)

    def _add(self, fields: Fields, news: News) -> bool:
        kind = fields[b"k"]
        if kind == TEXT:
            return self._add_text(fields, news)
        if kind == PROGRESS:
            news.progress = self.progress = orjson.loads(fields[b"d"])
        elif kind == SOURCES:
            news.titles = self.titles = orjson.loads(fields[b"d"])
        return kind != BEGIN

    def _add_text(self, fields: Fields, news: News) -> bool:
        end = int(fields[b"e"])
        if end <= self.length:
            return False
        text = fields[b"d"].decode()
        begin = end - len(text)
        if begin > self.length:  # entries were lost; the writer or the finished answer brings them
            return False
        fresh = text[self.length - begin :]
        self._parts.append(fresh)
        news.text += fresh
        self.length = end
        return True
