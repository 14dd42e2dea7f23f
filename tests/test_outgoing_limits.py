"""What an address answers is bounded: in bytes, unpacked or not, and in time, whatever the server does."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from chatbot import outgoing
from tests.webserver import Asked, Page, WebServer, serving

MB = 1_000_000


@pytest.fixture
def web(settings) -> Iterator[WebServer]:
    with serving() as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


def refusal(url: str, **options) -> outgoing.OutgoingError:
    with pytest.raises(outgoing.OutgoingError) as caught:
        outgoing.fetch(url, **options)
    return caught.value


# --- Sizes --------------------------------------------------------------------------------------------------


def endless(start: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return answer


def test_a_body_that_says_it_is_huge_is_not_read(web: WebServer) -> None:
    web.by_hand["/"] = lambda connection: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"
    )
    error = refusal(web.url)
    assert (error.code, error.permanent) == ("too_large", True)


def test_a_body_that_never_ends_is_cut(web: WebServer) -> None:
    web.by_hand["/"] = endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100_000)
    assert refusal(web.url).code == "too_large"


def test_headers_that_never_end_are_cut(web: WebServer) -> None:
    web.by_hand["/"] = endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 1000 + b"\r\n")
    assert refusal(web.url).code == "broken_answer"


def test_what_unpacks_to_too_much_is_cut(web: WebServer) -> None:
    bomb = gzip.compress(bytes(100 * MB), 9)
    assert len(bomb) < MB
    web.pages["/"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    assert refusal(web.url).code == "too_large"


def test_what_is_packed_twice_is_not_unpacked(web: WebServer) -> None:
    bomb = gzip.compress(gzip.compress(bytes(50 * MB), 9), 9)
    web.pages["/"] = Page(bomb, headers={"Content-Encoding": "gzip, gzip"})
    assert refusal(web.url).code == "broken_answer"


@pytest.mark.parametrize(("packing", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_what_is_packed_is_unpacked(web: WebServer, packing: str, pack: Callable[[bytes], bytes]) -> None:
    web.pages["/"] = Page(pack(b"hello" * 1000), headers={"Content-Encoding": packing})
    assert outgoing.fetch(web.url).body == b"hello" * 1000


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd", "x-unknown"])
def test_what_cannot_be_unpacked_is_no_answer(web: WebServer, packing: str) -> None:
    web.pages["/"] = Page(b"\x1f\x8bnot packed", headers={"Content-Encoding": packing})
    assert refusal(web.url).code == "broken_answer"


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\x01\x02", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"]
)
def test_what_is_no_answer_of_the_web_is_told(web: WebServer, answer: bytes) -> None:
    web.by_hand["/"] = lambda connection: connection.sendall(answer)
    assert refusal(web.url).code == "broken_answer"


def test_an_answer_without_a_body_may_say_how_long_it_would_be(web: WebServer) -> None:
    web.pages["/"] = Page(status=304, headers={"Content-Length": "0"})
    web.by_hand["/"] = lambda connection: connection.sendall(
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99999999\r\n\r\n"
    )
    assert outgoing.fetch(web.url).status == 304


# --- Time ---------------------------------------------------------------------------------------------------


def dripping(start: bytes, piece: bytes = b"x") -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(60):
            time.sleep(0.05)
            connection.sendall(piece)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda connection: time.sleep(3),
        dripping(b""),
        dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "status", "header", "headers", "body", "chunks", "continue"],
)
def test_a_slow_server_is_left(web: WebServer, answer: Callable[[socket.socket], None]) -> None:
    web.by_hand["/"] = answer
    started = time.monotonic()
    error = refusal(web.url, seconds=0.3)
    assert (error.code, error.permanent) == ("too_slow", False)
    assert time.monotonic() - started < 1


def test_the_time_is_one_for_all_redirects(web: WebServer) -> None:
    def slowly(asked: Asked) -> Page:
        time.sleep(0.2)
        return Page(status=302, headers={"Location": f"/{int(asked.path[1:]) + 1}"})

    web.pages |= {f"/{number}": slowly for number in range(9)}
    started = time.monotonic()
    assert refusal(f"{web.url}/1", seconds=0.5, max_redirects=9).code == "too_slow"
    assert time.monotonic() - started < 1


def test_a_server_that_does_not_read_is_left(web: WebServer, settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{port}"]
        error = refusal(f"http://127.0.0.1:{port}/", method="POST", body=bytes(20 * MB), seconds=0.3)
    assert error.code == "too_slow"
