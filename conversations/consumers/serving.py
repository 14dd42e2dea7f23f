"""The web process: Daphne, ending the way clients can live with, and waiting for slow readers.

Only `manage.py web` imports this: it needs Twisted's reactor.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from channels.routing import get_default_application
from daphne import server as daphne_server
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from django.conf import settings
from twisted.internet import reactor as _reactor

from conversations import draining
from conversations.live import Hub

reactor: Any = _reactor
MAX_FRAME = 64 * 1024  # commands are far smaller; a larger frame closes the socket
FAREWELL = 1.5  # seconds for the last frames and running requests
KEEP_ASKING = 20  # seconds between pings; proxies cut what is idle for longer
NORMAL = 1000


class PatientProtocol(WebSocketProtocol):
    """Tells when its reader is slow, and closes with any code (Autobahn would refuse 1012 and 1013)."""

    def onOpen(self) -> None:  # noqa: N802 (Autobahn's name)
        super().onOpen()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.transport.unregisterProducer()  # the HTTP channel that it began as
        self.transport.registerProducer(self, True)

    def pauseProducing(self) -> None:  # noqa: N802 (Twisted's name): 64 KB wait to be read
        self.flowing.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        self.flowing.set()

    def stopProducing(self) -> None:  # noqa: N802
        self.flowing.set()

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or NORMAL)


class PatientFactory(WebSocketFactory):
    protocol = PatientProtocol


class WebServer(Server):
    """Says goodbye to every socket (close 1012, come back) before it stops."""

    def run(self) -> None:
        daphne_server.WebSocketFactory = PatientFactory
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(self.drain))
        super().run()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Daphne's, but the sender waits while the reader is slow, so that its outbox can notice."""
        await super().handle_reply(protocol, message)
        flowing = getattr(protocol, "flowing", None)
        if flowing is not None and message["type"] == "websocket.send":
            await flowing.wait()

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
    application = get_default_application()

    endpoints = build_endpoint_description_strings(host=host, port=port)
    WebServer(application, endpoints, **options()).run()


def options() -> dict[str, Any]:
    return {
        "signal_handlers": False,
        "ping_interval": KEEP_ASKING,
        "ping_timeout": 30,
        "websocket_max_message_size": MAX_FRAME,
        "websocket_max_frame_size": MAX_FRAME,
        "websocket_timeout": -1,
        "proxy_forwarded_address_header": "X-Forwarded-For" if settings.BEHIND_PROXY else None,
        "verbosity": 0,
    }
