"""One turn, from the transcript to the stored answer."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from assistant.events import Answer, Completed, Delta, Progress, ReplyEvent, Sources, Transcript
from assistant.models import Assistant
from conversations import answering
from conversations.answering import Pace, Work
from conversations.database import in_database
from conversations.leases import Claim
from conversations.live import Draft, LogWriter
from llm import waiting
from llm.errors import ModelError

logger = logging.getLogger(__name__)

Reply = Callable[[Assistant, Transcript, dict[str, Any]], AsyncIterator[ReplyEvent]]
LONGEST_PREPARING = 3.0  # seconds
WRITING = "writing"  # the progress after which a reply waits for its model
SLOW_CODES = {"timeout", "stalled", "over_budget"}
STORE_PAUSES = (0.3, 1.0, 2.0)  # the database may be restarting: an answer is worth some patience


class Running:
    """A claim being worked on by a task of this process."""

    def __init__(
        self, claim: Claim, *, reply: Reply, writer: LogWriter, prepared: Callable[[], None]
    ) -> None:
        self.claim, self._reply, self._writer, self._prepared = claim, reply, writer, prepared
        self._is_prepared, self._claimed, self._waits = False, time.monotonic(), 0
        self._draft = Draft(turn=claim.turn, attempt=claim.attempt, fenced=self.cancel)
        self._begun = timezone.now()
        self._first_word: datetime | None = None
        self._storing = False
        self._release: int | None = None  # that has given the answer
        self.task = asyncio.create_task(self._work(), name=f"turn {claim.turn}")

    def cancel(self) -> None:
        """Stop at once, unless the answer is being stored: whether it is wanted is decided there."""
        if not self._storing:
            self.task.cancel()

    async def _work(self) -> None:
        waiting.told.set(self._wait)
        self._writer.begin(self._draft)
        try:
            await self._answer()
        except ModelError as error:
            logger.warning("Turn %s: %s", self.claim.turn, error)
            await self._fail("timeout" if error.code in SLOW_CODES else "model_unavailable")
        except TimeoutError:
            await self._fail("timeout")
        except Exception:  # boundary: one turn of this process
            logger.exception("Turn %s failed", self.claim.turn)
            await self._fail("internal")
        finally:
            self._writer.forget(self._draft)

    async def _answer(self) -> None:
        async with asyncio.timeout(settings.TURN_MAX_SECONDS):
            work = await in_database(answering.load)(self.claim.turn)
            answer = await self._follow(work)
        self._release = work.release
        self._storing = True
        await self._writer.settle(self._draft)
        await self._store(answer)

    async def _follow(self, work: Work) -> Answer:
        """Run the reply, writing what comes to the log. Nothing here waits but the model."""
        async with aclosing(self._reply(work.assistant, work.transcript, work.state)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, Delta):
                    self._write(event.text)
                elif isinstance(event, Completed):
                    return event.answer
                else:
                    self._tell(event)
        raise RuntimeError("the reply ended without an answer")

    def _write(self, text: str) -> None:
        if self._first_word is None:
            self._first_word = timezone.now()
            self._has_prepared()
        self._writer.write(self._draft, text)

    def _tell(self, event: ReplyEvent) -> None:
        if isinstance(event, Progress):
            self._writer.progress(self._draft, code=event.code, **event.params)
            if event.code == WRITING:
                self._has_prepared()
        elif isinstance(event, Sources):
            self._writer.sources(self._draft, [cited.title for cited in event.citations])

    def _has_prepared(self) -> None:
        """From here on it mostly waits for the model."""
        if not self._is_prepared:
            self._is_prepared = True
            self._prepared()

    @property
    def preparing(self) -> bool:
        """Whether it may still be computing. What takes longer waits for a server, and holds nobody up."""
        takes_long = time.monotonic() - self._claimed >= LONGEST_PREPARING
        return not (self._is_prepared or self._waits or takes_long)

    def _wait(self, begins: bool) -> None:
        """For a model that reads the question. Others are begun meanwhile."""
        self._waits += 1 if begins else -1
        if begins:
            self._prepared()

    async def _store(self, answer: Answer) -> None:
        pace = Pace(self._begun, self._first_word)
        for pause in (*STORE_PAUSES, None):
            try:
                if not await in_database(answering.store)(
                    self.claim, answer=answer, pace=pace, release=self._release
                ):
                    logger.info("Turn %s: the answer is no longer wanted", self.claim.turn)
                return
            except DatabaseError as error:
                if pause is None:
                    raise
                logger.warning("Turn %s: not stored yet: %s", self.claim.turn, error)
                await asyncio.sleep(pause)

    async def _fail(self, code: str) -> None:
        """If even this fails, the lease ends and another attempt is made."""
        self._storing = True
        text = self._draft.text
        try:
            await in_database(answering.fail)(
                self.claim, code="interrupted" if text.strip() else code, text=text
            )
        except DatabaseError:
            logger.exception("Turn %s: its failure could not be stored", self.claim.turn)
