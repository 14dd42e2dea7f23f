"""One viewer of one conversation: what it has seen, and bringing it up to date."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import override

from conversations.consumers.barring import GONE, Barred
from conversations.consumers.framing import in_frames
from conversations.consumers.outbox import Outbox
from conversations.database import in_database
from conversations.live import Hub, Ring, TurnLog
from conversations.live.company import AMONG_STAFF
from conversations.live.turnlog import News
from conversations.models import Conversation, Turn
from conversations.naming import someone
from conversations.protocol import Earlier, Resume
from conversations.rendering import Audience
from conversations.telling import Seen, events_since
from conversations.viewing import Sight, look, look_back
from conversations.wording import progress_words

logger = logging.getLogger(__name__)

LATER = 2.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seat:
    """From where a viewer looks."""

    conversation: UUID
    audience: Audience
    language: str
    check: Callable[[], None]  # raises Barred when the viewer may not see the conversation (any more)


class Watcher:
    """Implements live.Viewer. Says nothing before the client has said what it knows (`resume`)."""

    def __init__(self, *, hub: Hub, seat: Seat, outbox: Outbox) -> None:
        self._hub, self._seat, self._outbox = hub, seat, outbox
        self._told = Seen()
        self._ready = False
        self._dirty = False
        self._looking: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        hub.join(self, str(seat.conversation))

    @property
    def seen(self) -> int:
        return self._told.seq if self._ready else 2**63

    def part(self) -> None:
        """The socket has gone."""
        self._hub.part(self, str(self._seat.conversation))
        self._let_go()
        if self._looking:
            self._looking.cancel()

    def leave(self) -> None:
        self._outbox.leave()

    def tell_again(self, event: dict[str, Any]) -> None:
        """What this viewer may know already; its clock does not go back for it."""
        self._outbox.tell({**event, "seq": max(event["seq"], self._told.seq)})

    # --- being told -----------------------------------------------------------------------------------------

    def heard(self, ring: Ring) -> None:
        if ring.kind == "typing":
            self._see_typing(ring)
            return
        if ring.kind in AMONG_STAFF:
            return
        self._dirty = True
        if self._ready:
            self._look_soon()

    def _look_soon(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_again())

    def _see_typing(self, ring: Ring) -> None:
        if self._ready and (ring.who == "customer") != (self._seat.audience == "customer"):
            self._outbox.tell(
                {"type": "typing", "who": ring.who, "name": ring.name or self._someone(ring.who)}
            )

    def _someone(self, who: str) -> str:
        with override(self._seat.language):
            return someone(audience=self._seat.audience) if who == "person" else ""

    def read(self, turn: int, news: News) -> None:
        if turn != self._told.turn:
            return
        if news.only_text:
            self._outbox.offer(news.frame(turn))
        else:
            for event in news_events(turn, news, language=self._seat.language):
                self._outbox.tell(event)

    # --- looking --------------------------------------------------------------------------------------------

    async def resume(self, command: Resume) -> None:
        """Tell the client what it missed, and from now on everything, beginning with what is heard while
        this looks."""
        async with self._one_at_a_time:
            await self._show(await self._look(since=command.seq or None), command)
        if self._dirty:
            self._look_soon()

    async def _show(self, sight: Sight, command: Resume) -> None:
        self._let_go()
        log = await self._attend(sight)
        self._ready = True
        self._remember(sight)
        for frame in in_frames(snapshot(sight, log, command, language=self._seat.language)):
            self._outbox.tell(frame)

    async def look_back(self, command: Earlier) -> None:
        """Show the messages before those that the client has. Between two looks, like everything that is
        told of messages: what changes afterwards is told afterwards."""
        async with self._one_at_a_time:
            page = await self._see(look_back, before=command.before)
            found = {"before": command.before, "messages": page.messages, "earlier": page.earlier}
            for frame in in_frames({"type": "messages.earlier", **found}):
                self._outbox.tell(frame)

    async def _look_again(self) -> None:
        while self._dirty:
            self._dirty = False
            try:
                async with self._one_at_a_time:
                    await self._catch_up()
            except Barred as barred:
                self._outbox.close(barred.close)
            except DatabaseError:
                logger.warning("Conversation %s could not be read", self._seat.conversation, exc_info=True)
                self._dirty = True
                await asyncio.sleep(LATER)

    async def _catch_up(self) -> None:
        sight = await self._look(since=self._told.seq, known=self._told.seq)
        live = sight.live_turn
        if self._told.turn and not (live and live.pk == self._told.turn):
            await self._hub.caught_up()
        if sight.whole:  # more has changed than is told one by one
            await self._show(sight, Resume(type="resume"))
            return
        for event in events_since(self._told, sight):
            self._outbox.tell(event)
        self._remember(sight)
        if live is None or live.pk != self._told.turn:
            self._let_go()
            self._begin(live, await self._attend(sight))

    def _begin(self, turn: Turn | None, log: TurnLog | None) -> None:
        if turn is None or log is None:
            return
        self._outbox.tell(
            {"type": "turn.started", "turn": turn.pk, "attempt": max(turn.attempt, log.attempt)}
        )
        news = News(log.attempt, text=log.text, progress=log.progress, titles=log.titles or None)
        for event in news_events(turn.pk, news, language=self._seat.language):
            self._outbox.tell(event)

    async def _look(self, *, since: int | None, known: int | None = None) -> Sight:
        return await self._see(look, since=since, known=known)

    async def _see(self, function: Callable[..., T], **wanted: int | None) -> T:
        """Nothing is told to whom it is none of their business any more."""
        return await in_database(self._checked)(function, wanted)

    def _checked(self, function: Callable[..., T], wanted: dict[str, int | None]) -> T:
        seat = self._seat
        seat.check()
        try:
            return function(seat.conversation, audience=seat.audience, language=seat.language, **wanted)
        except Conversation.DoesNotExist:
            raise Barred(GONE) from None

    def _remember(self, sight: Sight) -> None:
        self._told.seq = sight.seq
        self._told.failed = sight.failed["turn"] if sight.failed else 0

    async def _attend(self, sight: Sight) -> TurnLog | None:
        """Follow the live turn. No await may come between this and telling what its log says."""
        if sight.live_turn is None:
            return None
        log = await self._hub.follow(self, sight.live_turn.pk)
        self._told.turn = sight.live_turn.pk
        return log

    def _let_go(self) -> None:
        if self._told.turn:
            self._hub.unfollow(self, self._told.turn)
            self._told.turn = 0


def snapshot(sight: Sight, log: TurnLog | None, command: Resume, *, language: str) -> dict[str, Any]:
    """A protocol.Snapshot, ready to be serialised."""
    return {
        "type": "snapshot",
        "seq": sight.seq,
        "whole": sight.whole,
        "conversation": sight.conversation,
        "messages": sight.messages,
        "earlier": sight.earlier,
        "turn": turn_view(sight.live_turn, log, command, language=language),
        "failed": sight.failed,
    }


def turn_view(
    turn: Turn | None, log: TurnLog | None, command: Resume, *, language: str
) -> dict[str, Any] | None:
    if turn is None or log is None:
        return None
    attempt = max(turn.attempt, log.attempt)
    same = command.turn == turn.pk and command.attempt == attempt
    offset = min(command.offset, log.length) if same else 0
    text = log.text[offset:] if log.attempt == attempt else ""
    progress = progress_text(log.progress, language=language)
    state = {"id": turn.pk, "attempt": attempt, "state": turn.state}
    return {**state, "offset": offset, "text": text, "progress": progress}


def news_events(turn: int, news: News, *, language: str) -> list[dict[str, Any]]:
    """What was added to a log, as events. The text comes last: it hides the progress."""
    about = {"turn": turn, "attempt": news.attempt}
    events: list[dict[str, Any]] = [{"type": "turn.started", **about}] if news.started else []
    if news.progress:
        events.append(progress_event(turn, news.progress, language=language))
    if news.titles is not None:
        events.append({"type": "turn.sources", "turn": turn, "titles": news.titles})
    if news.text:
        events.append(news.delta(turn))
    return events


def progress_event(turn: int, said: dict[str, Any], *, language: str) -> dict[str, Any]:
    words, position = progress_text(said, language=language), said.get("position")
    about = {"type": "turn.progress", "turn": turn, "code": said["code"]}
    return {**about, "text": words, "position": position}


def progress_text(said: dict[str, Any] | None, *, language: str) -> str:
    if not said:
        return ""
    with override(language):
        return progress_words(said["code"], {name: value for name, value in said.items() if name != "code"})
