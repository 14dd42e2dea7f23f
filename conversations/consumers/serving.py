"""The web process: Daphne, ending the way clients can live with, and waiting for slow readers.

Only `manage.py web` imports this: it needs Twisted's reactor.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from typing import Any

from channels.routing import get_default_application
from daphne import server as daphne_server
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor as _reactor

from conversations import draining
from conversations.consumers.bodies import ModestFactory
from conversations.database import let_the_loop_go_first
from conversations.live import Hub

reactor: Any = _reactor
MAX_FRAME = 64 * 1024  # commands are far smaller; a larger frame closes the socket
FAREWELL = 1.5  # seconds for the last frames
PATIENCE = 4.5  # seconds, those included, for the last requests
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

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._ports: list[Any] = []

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self._ports.append(port)

    def run(self) -> None:
        daphne_server.WebSocketFactory = PatientFactory
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(self.drain))
        super().run()
        _leave()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Daphne's, but the sender waits while the reader is slow, so that its outbox can notice."""
        if draining.begun() and message["type"] == "http.response.start":
            _keep_no_longer(protocol)
        await super().handle_reply(protocol, message)
        flowing = getattr(protocol, "flowing", None)
        if flowing is not None and message["type"] == "websocket.send":
            await flowing.wait()

    def drain(self) -> None:
        if draining.begun():
            return
        draining.begin()
        for port in self._ports:
            port.stopListening()
        if hub := Hub.running():
            hub.everyone_leaves()
        reactor.callLater(FAREWELL, self._end, time.monotonic() + PATIENCE)

    def _end(self, deadline: float) -> None:
        """Stop as soon as no request is under way: what is cut off now, nobody can repeat safely."""
        if self._is_asked() and time.monotonic() < deadline:
            reactor.callLater(0.1, self._end, deadline)
        else:
            reactor.stop()

    def _is_asked(self) -> bool:
        return any(
            isinstance(protocol, WebRequest) and not protocol.finished and "disconnected" not in details
            for protocol, details in self.connections.items()
        )


def _keep_no_longer(request: Any) -> None:
    """The connection ends with this answer, or its browser would go on asking a process that ends."""
    if isinstance(request, WebRequest) and request.channel is not None:
        request.setHeader(b"connection", b"close")
        request.channel.persistent = False


def _leave() -> None:
    """End here and now. Requests that were cut off have left threads behind that wait for this event loop;
    Python would join them for ever."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def serve(*, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    let_the_loop_go_first()
    application = get_default_application()

    endpoints = build_endpoint_description_strings(host=host, port=port)
    daphne_server.HTTPFactory = ModestFactory
    WebServer(application, endpoints, **options()).run()


def options() -> dict[str, Any]:
    return {
        "signal_handlers": False,
        "ping_interval": KEEP_ASKING,
        "ping_timeout": 30,
        "websocket_max_message_size": MAX_FRAME,
        "websocket_max_frame_size": MAX_FRAME,
        "websocket_timeout": -1,
        "verbosity": 0,
    }
