"""What happens now, told between processes: the bell, the logs of running answers, and who watches.

The only door to Redis. Nothing here is the truth: losing all of it loses no message and no turn.
"""

from conversations.live.bell import Ring, newest, ring
from conversations.live.hub import Hub, Viewer
from conversations.live.log import text_so_far
from conversations.live.turnlog import TurnLog
from conversations.live.writer import Draft, LogWriter

__all__ = ["Draft", "Hub", "LogWriter", "Ring", "TurnLog", "Viewer", "newest", "ring", "text_so_far"]
