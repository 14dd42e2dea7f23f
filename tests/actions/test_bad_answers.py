"""Whatever a server does has an outcome with a name, and a sentence for staff."""

from __future__ import annotations

import socket
import time

import pytest
from django.utils.translation import override

from actions.errors import ARGUMENT_REASONS, REASONS, in_words
from actions.models import Call, Tool
from tests.actions.conftest import as_json, call
from tests.test_outgoing_ways import Authority, authority, names  # noqa: F401  (fixtures)
from tests.webserver import Page, WebServer, serving

LARGE = 50_000_000


def stays_silent(connection: socket.socket) -> None:
    time.sleep(3)


def drips(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _second in range(30):
        connection.sendall(b" ")
        time.sleep(0.2)


def hangs_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def pours(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    for _megabyte in range(50):
        connection.sendall(b'"' + b"a" * 999_997 + b'",')


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (Page("<html><body>Sign in</body></html>"), "html"),
        (Page("<html></html>", type="application/json"), "html"),
        (Page("all is well", type="application/json"), "not_json"),
        (Page(b"\xff\xfe\x00{", type="application/json"), "not_json"),
        (Page("[" * 100_000 + "]" * 100_000), "not_json"),
        (Page('{"order": NaN}'), "not_json"),
        (Page(b"a" * 1_000_001), "too_large"),
        (Page(b"", headers={"Content-Length": str(LARGE)}), "too_large"),
        (as_json({"error": "no"}, status=401), "unauthorised"),
        (as_json({"error": "no"}, status=403), "forbidden"),
        (as_json({"error": "no"}, status=404), "not_found"),
        (as_json({"error": "no"}, status=422), "rejected"),
        (as_json({"error": "no"}, status=429, headers={"Retry-After": "20"}), "too_many"),
        (as_json({"error": "no"}, status=500), "server_error"),
        (as_json({"error": "no"}, status=503), "server_error"),
        (Page(status=302, headers={"Location": "/orders/8"}), "redirected"),
        (Page(status=307, headers={"Location": "http://169.254.169.254/latest/"}), "forbidden_address"),
        (Page(status=302, headers={"Location": "http://127.0.0.1:22/"}), "forbidden_port"),
        (as_json({"order": {}}), "not_there"),
        (as_json([1, 2]), "not_there"),
        (as_json({"order": {"status": 7}}), "wrong_type"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_has_a_name(tool, web: WebServer, page: Page, code: str) -> None:
    web.pages["/orders/7"] = page
    tool(takes={"status": {"path": "order.status", "kind": "text"}})
    done = call()
    assert (done.ok, done.data, done.error) == (False, None, code)
    logged = Call.objects.get()
    assert (logged.state, logged.error) == ("failed", code)
    assert in_words(logged.error, logged.detail) != code


@pytest.mark.parametrize(
    ("by_hand", "code"),
    [(stays_silent, "too_slow"), (drips, "too_slow"), (hangs_up, "broken_answer"), (pours, "too_large")],
)
def test_a_server_that_behaves_badly_is_left(tool, web: WebServer, by_hand, code: str) -> None:
    web.by_hand["/orders/7"] = by_hand
    tool(seconds=1)
    began = time.monotonic()
    assert call().error == code
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.1/{number}", "forbidden_address"),
        ("http://127.0.0.1/{number}", "forbidden_address"),
        ("http://[::ffff:127.0.0.1]/{number}", "forbidden_address"),
        ("http://2130706433/{number}", "forbidden_address"),
        ("http://localhost/{number}", "forbidden_address"),
        ("http://shop.invalid/{number}", "dns_failed"),
        ("http://user:pass@shop.example.org/{number}", "has_credentials"),
        ("ftp://shop.example.org/{number}", "not_http"),
        ("http://{number}/", "bad_template"),
        ("http://shop.example.org:{number}/", "bad_template"),
        ("{number}", "bad_template"),
        ("/orders/{number}", "bad_template"),
    ],
)
def test_an_address_that_must_not_be_called_is_not(tool, url: str, code: str) -> None:
    tool(url=url)
    assert call({"number": "169.254.169.254"}).error == code


def test_a_name_that_leads_inside_is_not_called(tool, monkeypatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: answers)
    tool(url="http://shop.example.org/{number}")
    assert call().error == "forbidden_address"


def test_nobody_listening_is_told(tool, settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.OUTGOING_ALLOWED = [f"127.0.0.1:{port}"]
    tool(url=f"http://127.0.0.1:{port}/{{number}}")
    assert call().error == "refused"


def test_a_certificate_that_is_not_valid_is_told(tool, authority: Authority, names, settings) -> None:  # noqa: F811
    with serving({"/7": as_json({})}, tls=authority.server("shop.example.org", days=-1)) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        tool(url=f"https://shop.example.org:{web.port}/{{number}}")
        assert call().error == "tls_failed"
        assert web.asked == []


def test_a_body_that_is_no_json_is_not_sent(tool, web: WebServer) -> None:
    tool(method="POST", body='{"number": {number}}')
    assert call().error == "bad_template"
    assert web.asked == []


def test_a_server_that_wants_a_pause_gets_it(tool, web: WebServer) -> None:
    web.pages["/orders/7"] = as_json({}, status=429, headers={"Retry-After": "20"})
    tool()
    assert call().error == "too_many"
    assert call(key="2").error == "resting"
    assert len(web.asked) == 1
    web.pages["/orders/7"] = as_json({})
    Tool.objects.update(rests_until="2026-01-01T00:00Z")
    assert call(key="3").ok


@pytest.mark.parametrize("wanted", ["", "soon", "-5", "9" * 400, "Wed, 21 Oct 2026 07:28:00 GMT", "²"])
def test_a_pause_is_never_longer_than_five_minutes(tool, web: WebServer, wanted: str) -> None:
    from actions.answers import pause_of

    assert 0 < pause_of({"retry-after": wanted}) <= 300


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reason_is_a_sentence(language: str) -> None:
    with override(language):
        assert all(in_words(code) != code for code in REASONS)
        assert all("qty" in in_words("bad_argument", f"qty: {why}") for why in ARGUMENT_REASONS)
        assert in_words("too_slow") != "too_slow"
        assert in_words("bad_argument", "odd") != ""
