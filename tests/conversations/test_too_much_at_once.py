"""A body that is too long is read past and answered; the web process holds none of it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import psutil
import pytest

from tests.conversations.processes import Child, running, web

pytestmark = pytest.mark.django_db(transaction=True)

MILLION = 1_000_000
FILES = "/admin/knowledge/importrun/1/file/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Child]:
    child = web(tmp_path_factory.mktemp("web"))
    with running(child):
        yield child


def send(server: Child, path: str, millions: int, *, tell: bool = True) -> int:
    """The status for so many million bytes; their number is told beforehand, or they come in chunks."""
    ask = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    body = (bytes(MILLION) for _ in range(millions))
    length = {"Content-Length": str(millions * MILLION)} if tell else {}
    ask.request("POST", path, body=body, headers={"Host": "localhost", **length}, encode_chunked=not tell)
    status = ask.getresponse().status
    ask.close()
    return status


def held(server: Child) -> float:
    return psutil.Process(server.process.pid).memory_info().rss / MILLION


@pytest.mark.parametrize("tell", [True, False], ids=["told", "in chunks"])
def test_a_huge_body_is_not_kept(server: Child, tell: bool) -> None:
    send(server, "/", 1)
    before = held(server)
    assert send(server, "/chat/session/", 300, tell=tell) == 413
    assert held(server) - before < 60


def test_a_piece_of_a_file_may_be_larger_than_anything_else(server: Child) -> None:
    assert send(server, "/chat/session/", 5) == 413
    assert send(server, FILES, 9) == 403  # it is looked at: nobody has signed in, and there is no token
    assert send(server, FILES, 20) == 413
    assert send(server, "/staff/flows/card-pictures/", 9) == 403  # without a token
    assert send(server, "/staff/flows/card-pictures/", 20) == 413
