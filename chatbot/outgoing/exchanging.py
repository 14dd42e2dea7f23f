"""One request and its answer, without redirects. Imported only by who calls somebody, as connecting.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpcore2
import httpx2
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chatbot.outgoing.connecting import Pinned, tls_context
from chatbot.outgoing.deadline import Deadline
from chatbot.outgoing.errors import OutgoingError
from chatbot.outgoing.resolving import addresses_of
from chatbot.outgoing.targets import Target

REDIRECTS = {301, 302, 303, 307, 308}
WITHOUT_BODY = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


@dataclass(frozen=True)
class Answer:
    """`location` is where a redirect leads, as it was written, else empty; then the body was not read."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    location: str = ""


def exchange(
    target: Target,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    *,
    limit_bytes: int,
    deadline: Deadline,
) -> Answer:
    """Raises OutgoingError. Nothing is kept: no connection, no cookie."""
    try:
        with (
            _connections(target, deadline) as pool,
            httpx2.Client(transport=_Transport(pool, limit_bytes), trust_env=False) as client,
            client.stream(method, target.url, headers=headers, content=body) as response,
        ):
            return _read(response, client.headers["accept-encoding"], limit_bytes, deadline)
    except (httpcore2.LocalProtocolError, UnicodeEncodeError):
        raise OutgoingError("bad_request") from None
    except httpcore2.ProxyError:
        raise OutgoingError("refused") from None
    except (httpcore2.ProtocolError, httpcore2.NetworkError, httpx2.DecodingError):
        raise OutgoingError("broken_answer") from None


def _connections(target: Target, deadline: Deadline) -> httpcore2.ConnectionPool:
    """Behind a proxy it is the proxy that looks names up, and that has to refuse what they lead to."""
    if proxy := getattr(settings, "OUTGOING_PROXY", ""):
        return _through(httpx2.URL(proxy), deadline)
    pinned = Pinned(addresses_of(target, deadline), deadline)
    return httpcore2.ConnectionPool(ssl_context=tls_context(), max_connections=1, network_backend=pinned)


def _through(proxy: httpx2.URL, deadline: Deadline) -> httpcore2.HTTPProxy:
    if proxy.scheme != "http":  # what it passes on is encrypted all the same
        raise ImproperlyConfigured("OUTGOING_PROXY must begin with http://.")
    return httpcore2.HTTPProxy(
        proxy_url=httpcore2.URL(scheme=b"http", host=proxy.raw_host, port=proxy.port or 80, target=b"/"),
        proxy_auth=(proxy.username, proxy.password) if proxy.userinfo else None,
        ssl_context=tls_context(),
        max_connections=1,
        network_backend=Pinned((proxy.host,), deadline),
    )


class _Transport(httpx2.BaseTransport):
    def __init__(self, pool: httpcore2.ConnectionPool, limit_bytes: int) -> None:
        self._pool = pool
        self._limit_bytes = limit_bytes

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
        )
        answer = self._pool.handle_request(asked)
        assert isinstance(answer.stream, Iterable)  # the library has one class for both its kinds
        stream = _Arriving(answer.stream, self._limit_bytes)
        return httpx2.Response(status_code=answer.status, headers=answer.headers, stream=stream)


class _Arriving(httpx2.SyncByteStream):
    """Counts what comes over the wire: packed bytes need not ever become any."""

    def __init__(self, chunks: Iterable[bytes], limit_bytes: int) -> None:
        self._chunks = chunks
        self._limit_bytes = limit_bytes

    def __iter__(self) -> Iterator[bytes]:
        arrived = 0
        for chunk in self._chunks:
            arrived += len(chunk)
            if arrived > self._limit_bytes:
                raise OutgoingError("too_large")
            yield chunk


def _read(response: httpx2.Response, packings: str, limit_bytes: int, deadline: Deadline) -> Answer:
    status, headers = response.status_code, dict(response.headers)
    if status in REDIRECTS and "location" in headers:
        return Answer(status, headers, location=headers["location"])
    bodyless = response.request.method == "HEAD" or status in WITHOUT_BODY
    if not bodyless and int(headers.get("content-length", "0")) > limit_bytes:
        raise OutgoingError("too_large")
    # One packing at most: what unpacks to something packed may cost any amount of work and show none of it.
    if headers.get("content-encoding", "identity").strip().lower() not in ["identity", *packings.split(", ")]:
        raise OutgoingError("broken_answer")
    return Answer(status, headers, _unpacked(response, limit_bytes, deadline))


def _unpacked(response: httpx2.Response, limit_bytes: int, deadline: Deadline) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit_bytes:
            raise OutgoingError("too_large")
        deadline.left()
        chunks.append(chunk)
    return b"".join(chunks)
