"""The web process: Daphne on uvloop where it exists, ending the way clients can live with.

Importing this module installs Twisted's reactor: only `manage.py web` does.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Any

from twisted.internet import asyncioreactor

if "twisted.internet.reactor" not in sys.modules:
    try:
        import uvloop
    except ImportError:  # a platform without uvloop
        asyncioreactor.install(asyncio.new_event_loop())
    else:
        asyncioreactor.install(uvloop.new_event_loop())

from daphne.endpoints import build_endpoint_description_strings  # noqa: E402
from daphne.server import Server  # noqa: E402
from django.conf import settings  # noqa: E402
from twisted.internet import reactor as _reactor  # noqa: E402

from conversations import draining  # noqa: E402
from conversations.live import Hub  # noqa: E402

reactor: Any = _reactor
MAX_FRAME = 64 * 1024  # commands are far smaller; a larger frame closes the socket
FAREWELL = 1.5  # seconds for the last frames and running requests
KEEP_ASKING = 20  # seconds between pings; proxies cut what is idle for longer


class WebServer(Server):
    """Says goodbye to every socket (close 1012, come back) before it stops."""

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(self.drain))
        super().run()

    def drain(self) -> None:
        if draining.begun():
            return
        draining.begin()
        for listener in self.listeners:
            listener.addCallback(lambda port: port.stopListening())
        if hub := Hub.running():
            hub.everyone_leaves()
        reactor.callLater(FAREWELL, reactor.stop)


def serve(*, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    from chatbot.asgi import application

    forwarded: dict[str, Any] = {}
    if settings.BEHIND_PROXY:
        forwarded = {"proxy_forwarded_address_header": "X-Forwarded-For"}
    WebServer(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        signal_handlers=False,
        ping_interval=KEEP_ASKING,
        ping_timeout=30,
        websocket_max_message_size=MAX_FRAME,
        websocket_max_frame_size=MAX_FRAME,
        websocket_timeout=-1,
        verbosity=0,
        **forwarded,
    ).run()
