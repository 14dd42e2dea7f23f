"""The delta log: one stream per turn, with the text as it is written. It lives an hour."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from conversations.live.connections import AWAY, quick
from conversations.live.turnlog import Fields, TurnLog

logger = logging.getLogger(__name__)

LIFE_SECONDS = 3600
LENGTH = 5_000

FENCED = -1
# Refuses whoever has been replaced: KEYS[1] the log; ARGV attempt, kind, data, offset, end, life, length.
# Returns how many characters of the attempt the log holds now; less than `end` says from where to re-send.
APPEND = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local attempt, reached = -1, 0
if #last > 0 then
  attempt, reached = tonumber(last[1][2][2]), tonumber(last[1][2][4])
end
local mine = tonumber(ARGV[1])
if mine < attempt then return -1 end
if mine > attempt then reached = 0 end
local finish = reached
if ARGV[2] == 't' then
  if tonumber(ARGV[4]) ~= reached then return reached end
  finish = tonumber(ARGV[5])
end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[7], '*',
           'a', ARGV[1], 'e', finish, 'k', ARGV[2], 'd', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[6])
return finish
"""


def key(turn: int) -> str:
    return f"live:log:{turn}"


def text_so_far(turn: int) -> str:
    """What has been written of the answer; nothing when Redis is away."""
    log = TurnLog(turn)
    try:
        entries: Any = quick().xrange(key(turn))
        log.take(fields for _, fields in entries)
    except AWAY as error:
        logger.warning("The log of turn %s cannot be read: %s", turn, error)
    return log.text


async def read_after(client: Any, last: Mapping[int, bytes | str]) -> dict[int, list[tuple[bytes, Fields]]]:
    """The entries after the given ids, of every turn named, in one call that does not wait."""
    keys = {key(turn): position for turn, position in last.items()}
    answer = await client.xread(keys, count=1000)
    streams = answer.items() if isinstance(answer, dict) else answer
    return {int(name.rsplit(b":", 1)[1]): entries for name, entries in streams}
