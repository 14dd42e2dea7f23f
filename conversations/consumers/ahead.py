"""Who looks at which list in this process, and the rows that are told to all of them at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError

from conversations.consumers.outbox import Outbox
from conversations.database import in_database
from conversations.inbox.ahead import Row, Rows, is_everybodys, rows_of

logger = logging.getLogger(__name__)
GATHER = 0.05  # seconds in which changes are gathered
REST, MOST_REST = 0.1, 0.3  # between two readings; as long as the last one took: lists take half of a thread
MOST = 12  # different lists; who looks at another one fetches it, as ever


class List:
    """One that several look at. `told`: the rows as they were told last, to tell only what differs."""

    def __init__(self, query: str, language: str) -> None:
        self.query, self.language = query, language
        self.viewers: dict[Outbox, int] = {}  # whose page it is
        self.told: dict[str, Row] = {}
        self.wanted = False
        self.task: asyncio.Task[None] | None = None

    def changed(self) -> None:
        self.wanted = True
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._keep_up())

    async def _keep_up(self) -> None:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(GATHER)
        while self.wanted and self.viewers:
            self.wanted, began = False, clock()
            reader = next(iter(self.viewers.values()))
            try:
                rows = await in_database(rows_of)(self.query, self.language, reader, self.told)
            except DatabaseError:
                logger.warning("The rows of a list could not be read", exc_info=True)
                return  # pages fetch it themselves
            if rows:
                self._tell(rows)
            await asyncio.sleep(min(max(REST, clock() - began), MOST_REST))

    def _tell(self, rows: Rows) -> None:
        changed = {key: row.html for key, row in rows.shown.items() if self.told.get(key) != row}
        self.told = rows.shown
        event: dict[str, Any] = {
            "type": "inbox.rows", "query": self.query, "heard": rows.heard, "order": list(rows.shown),
            "rows": changed,
        }  # fmt: skip
        for outbox in self.viewers:
            if outbox.has_room:  # a slow reader fetches it
                outbox.tell(event)


class Lists:
    """Of one event loop."""

    _of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Lists] = WeakKeyDictionary()

    def __init__(self) -> None:
        self._lists: dict[tuple[str, str], List] = {}

    @classmethod
    def here(cls) -> Lists:
        return cls._of_loop.setdefault(asyncio.get_running_loop(), cls())

    def look(self, query: str, language: str, *, outbox: Outbox, user: int) -> None:
        """From now on, at this list and at no other."""
        self.look_away(outbox)
        key = (query, language)
        if not is_everybodys(query) or (key not in self._lists and len(self._lists) >= MOST):
            return
        self._lists.setdefault(key, List(*key)).viewers[outbox] = user

    def look_away(self, outbox: Outbox) -> None:
        for key, one in list(self._lists.items()):
            if one.viewers.pop(outbox, None) is not None and not one.viewers:
                del self._lists[key]

    def seen_by(self, outbox: Outbox) -> Iterable[List]:
        return [one for one in self._lists.values() if outbox in one.viewers]
