"""A real web server in a thread: pages by path, every request remembered, with and without TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Page:
    body: bytes | str = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


# What answers by itself is given the connection, and says all of the answer.
ByHand = Callable[[socket.socket], None]
Pages = dict[str, Page | Callable[[Asked], Page]]


@dataclass
class WebServer:
    url: str
    port: int
    pages: Pages
    asked: list[Asked] = field(default_factory=list)
    by_hand: dict[str, ByHand] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def serving(pages: Pages | None = None, *, tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    port = server.server_address[1]
    web = WebServer(f"http{'s' if tls else ''}://127.0.0.1:{port}", port, pages if pages is not None else {})
    server.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=[0.01], name="webserver", daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        with suppress(OSError):  # whoever asked has hung up, as many tests do
            super().handle()

    def do_GET(self) -> None:
        web: WebServer = self.server.web  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body)
        web.asked.append(asked)
        if by_hand := web.by_hand.get(self.path):
            self.close_connection = True
            by_hand(self.connection)
            return
        page = web.pages.get(self.path, Page("not here", status=404))
        self._answer(page if isinstance(page, Page) else page(asked))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_CONNECT = do_GET

    def _answer(self, page: Page) -> None:
        body = page.body.encode() if isinstance(page.body, str) else page.body
        self.send_response(page.status)
        headers = {"Content-Type": page.type, "Content-Length": str(len(body)), **page.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
