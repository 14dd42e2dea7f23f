"""How late the event loop runs: late means that every answer stutters, so no new one is begun."""

from __future__ import annotations

import asyncio
import logging

logger = logging.getLogger(__name__)

EVERY = 0.25
WARN = 0.1
TOO_HIGH = 0.25
WARN_EVERY = 10.0  # seconds between two warnings


class LagProbe:
    def __init__(self) -> None:
        self.lag = 0.0
        self._warned = 0.0

    @property
    def too_high(self) -> bool:
        return self.lag > TOO_HIGH

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + EVERY
            await asyncio.sleep(EVERY)
            self.lag = max(0.0, loop.time() - due)
            if self.lag > WARN and loop.time() > self._warned + WARN_EVERY:
                self._warned = loop.time()
                logger.warning("The responder runs %d ms late", self.lag * 1000)
