"""The network under the HTTP library: it connects to the addresses that were checked, whatever name it is
given, and every wait ends with the deadline. Imported only by who calls somebody: it takes a quarter of a
second.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import httpcore2

from chatbot.outgoing.deadline import Deadline
from chatbot.outgoing.errors import OutgoingError

T = TypeVar("T")
CONNECT_SECONDS = 5.0  # for each of its addresses
MOST_ADDRESSES = 4  # that are tried


@cache
def tls_context() -> ssl.SSLContext:
    """The system's certificates, or those of SSL_CERT_FILE: an intranet may have its own."""
    return httpcore2.default_ssl_context()


class Pinned(httpcore2.NetworkBackend):
    """Connects to one of `addresses` and to nothing else."""

    def __init__(self, addresses: tuple[str, ...], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        code = "refused"
        for address in self._addresses[:MOST_ADDRESSES]:
            try:
                made = socket.create_connection((address, port), min(CONNECT_SECONDS, self._deadline.left()))
            except OSError as error:
                code = "too_slow" if isinstance(error, TimeoutError) else "refused"
            else:
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return Stream(made, self._deadline)
        raise OutgoingError(code)


class Stream(httpcore2.NetworkStream):
    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._socket = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._in_time(lambda: self._socket.recv(max_bytes))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        while rest:
            rest = rest[self._in_time(lambda: self._socket.send(rest)) :]  # noqa: B023 (called at once)

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        def shake_hands() -> ssl.SSLSocket:
            return ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)

        try:
            return Stream(self._in_time(shake_hands), self._deadline)
        except (OutgoingError, httpcore2.NetworkError) as error:
            self.close()
            # Who hangs up while shaking hands speaks no TLS that we do.
            raise (error if isinstance(error, OutgoingError) else OutgoingError("tls_failed")) from None

    def _in_time(self, act: Callable[[], T]) -> T:
        self._socket.settimeout(self._deadline.left())
        try:
            return act()
        except TimeoutError:
            raise OutgoingError("too_slow") from None
        except ssl.SSLError:
            raise OutgoingError("tls_failed") from None
        except OSError as error:
            # The library reads on after a WriteError: the server may have answered before it hung up.
            raise httpcore2.WriteError(str(error)) from None
