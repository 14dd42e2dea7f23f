"""Calling addresses that users gave, on real servers of this machine: what is sent, where, and what comes."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from chatbot import outgoing
from tests.webserver import Page, WebServer, serving


@pytest.fixture
def web(settings) -> Iterator[WebServer]:
    with serving({"/": Page("hello")}) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


@pytest.fixture
def elsewhere(settings, web: WebServer) -> Iterator[WebServer]:
    with serving({"/": Page("elsewhere")}) as other:
        settings.OUTGOING_ALLOWED = [*settings.OUTGOING_ALLOWED, f"127.0.0.1:{other.port}"]
        yield other


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What the name server says, one answer after the other; the last one stays."""
    answers: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def getaddrinfo(name, port, *args, **options):
        if name not in answers:
            return real(name, port, *args, **options)
        found = answers[name].pop(0) if len(answers[name]) > 1 else answers[name][0]
        if not found:
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers


def refusal(url: str, **options) -> outgoing.OutgoingError:
    with pytest.raises(outgoing.OutgoingError) as caught:
        outgoing.fetch(url, **options)
    return caught.value


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def test_a_page_comes_as_it_is(web: WebServer) -> None:
    web.pages["/page"] = Page("héllo".encode("latin-1"), type='Text/HTML; charset="ISO-8859-1"')
    answer = outgoing.fetch(f"{web.url}/page#part")
    assert (answer.url, answer.status, answer.body) == (f"{web.url}/page", 200, "héllo".encode("latin-1"))
    assert (answer.content_type, answer.charset) == ("text/html", "iso-8859-1")


def test_it_says_who_asks_and_nothing_else(web: WebServer, settings) -> None:
    settings.PUBLIC_URL = "https://help.example.org"
    outgoing.fetch(web.url)
    headers = web.asked[0].headers
    assert headers["user-agent"] == "Causerie/0.1.0 (+https://help.example.org)"
    assert headers["host"] == f"127.0.0.1:{web.port}"
    assert headers.keys() == {"accept", "accept-encoding", "connection", "host", "user-agent"}


def test_a_body_is_sent(web: WebServer) -> None:
    web.pages["/hook"] = Page(status=204)
    answer = outgoing.fetch(f"{web.url}/hook", method="post", body=b"{}", headers={"Webhook-Id": "7"})
    asked = web.asked[0]
    assert (answer.status, asked.method, asked.body, asked.headers["webhook-id"]) == (204, "POST", b"{}", "7")


def test_an_error_of_the_server_is_an_answer(web: WebServer) -> None:
    assert outgoing.fetch(f"{web.url}/nowhere").status == 404


@pytest.mark.parametrize(
    "headers",
    [{"Host": "inside"}, {"Transfer-Encoding": "chunked"}, {"Proxy-Authorization": "x"}, {"X": "a\r\nY: b"}],
)
def test_headers_that_change_the_request_are_not_sent(web: WebServer, headers: dict[str, str]) -> None:
    assert refusal(web.url, headers=headers).code == "bad_request"
    assert web.asked == []


def test_the_name_is_kept_and_the_address_pinned(web: WebServer, names, settings) -> None:
    names["shop.example.org"] = [["127.0.0.1"]]
    answer = outgoing.fetch(f"http://shop.example.org:{web.port}/")
    assert answer.body == b"hello"
    assert web.asked[0].headers["host"] == f"shop.example.org:{web.port}"


def test_a_name_that_changes_its_address_is_looked_up_once(
    web: WebServer, names, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    names["rebinding.example.org"] = [["93.184.216.34"], ["127.0.0.1"]]
    settings.OUTGOING_ALLOWED = [f"rebinding.example.org:{web.port}"]  # it could be reached
    tried = []

    def create_connection(address, timeout):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    assert refusal(f"http://rebinding.example.org:{web.port}/").code == "refused"
    assert tried == ["93.184.216.34"]
    assert names["rebinding.example.org"] == [["127.0.0.1"]]  # what was never asked for


def test_a_name_server_that_fails_opens_nothing(names, web: WebServer) -> None:
    names["shop.example.org"] = [[]]
    error = refusal(f"http://shop.example.org:{web.port}/")
    assert (error.code, error.permanent) == ("dns_failed", False)


def test_a_name_server_that_is_silent_ends_in_time(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_, **__):
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    started = time.monotonic()
    assert refusal(f"http://shop.example.org:{web.port}/", seconds=0.2).code == "dns_failed"
    assert time.monotonic() - started < 0.8


def test_the_next_address_is_tried(web: WebServer, names, settings) -> None:
    settings.OUTGOING_ALLOWED = [f"shop.example.org:{web.port}"]
    names["shop.example.org"] = [["127.99.0.1", "127.0.0.1"]]
    assert outgoing.fetch(f"http://shop.example.org:{web.port}/").body == b"hello"


def test_nobody_there_may_be_another_day(settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.OUTGOING_ALLOWED = [f"127.0.0.1:{port}"]
    error = refusal(f"http://127.0.0.1:{port}/")
    assert (error.code, error.permanent) == ("refused", False)


# --- Redirects ----------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_told(web: WebServer) -> None:
    web.pages |= {"/a": redirect("b?x=1"), "/b?x=1": redirect("/c#there", 301), "/c": Page("there")}
    answer = outgoing.fetch(f"{web.url}/a")
    assert (answer.url, answer.body) == (f"{web.url}/c", b"there")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "forbidden_address"),
        ("http://localhost/", "forbidden_address"),
        ("//10.0.0.1/", "forbidden_address"),
        ("http://[::ffff:127.0.0.1]:1/", "forbidden_port"),
        ("file:///etc/passwd", "not_http"),
        ("http://user:secret@example.org/", "has_credentials"),
        ("http://[", "bad_address"),
    ],
)
def test_a_redirect_is_checked_as_an_address(web: WebServer, to: str, code: str) -> None:
    web.pages["/"] = redirect(to)
    error = refusal(web.url)
    assert (error.code, error.permanent) == (code, True)


def test_a_name_that_leads_inside_is_refused_behind_a_redirect(web: WebServer, names) -> None:
    names["inside.example.org"] = [["192.168.1.1"]]
    web.pages["/"] = redirect("http://inside.example.org/")
    assert refusal(web.url).code == "forbidden_address"


def test_redirects_without_an_end_are_left(web: WebServer) -> None:
    web.pages["/"] = redirect("/")
    assert refusal(web.url).code == "too_many_redirects"
    assert len(web.asked) == 4


def test_a_redirect_that_is_not_wanted_is_handed_back(web: WebServer) -> None:
    web.pages["/"] = redirect("/next#part")
    answer = outgoing.fetch(web.url, follow=lambda url: "next" not in url)
    assert (answer.status, answer.location, len(web.asked)) == (302, f"{web.url}/next", 1)


def test_secrets_stay_with_the_server_they_are_for(web: WebServer, elsewhere: WebServer) -> None:
    secrets = {"Authorization": "Bearer x", "Cookie": "a=b", "X-Api-Key": "x", "Accept-Language": "fr"}
    web.pages["/"] = redirect("/own")
    web.pages["/own"] = Page(status=302, headers={"Location": elsewhere.url, "Set-Cookie": "id=1; Path=/"})
    assert outgoing.fetch(web.url, headers=secrets).body == b"elsewhere"
    own, other = web.asked[1].headers, elsewhere.asked[0].headers
    assert (own["authorization"], own["x-api-key"], own["cookie"]) == ("Bearer x", "x", "a=b")
    assert not other.keys() & {"authorization", "cookie", "x-api-key"}
    assert other["accept-language"] == "fr"


def test_what_was_sent_to_one_server_is_not_passed_on(web: WebServer, elsewhere: WebServer) -> None:
    web.pages["/"] = redirect(elsewhere.url, 307)
    assert refusal(web.url, method="POST", body=b"secret").code == "leads_elsewhere"
    web.pages["/"] = redirect(elsewhere.url, 303)
    assert outgoing.fetch(web.url, method="POST", body=b"secret").body == b"elsewhere"
    assert (elsewhere.asked[0].method, elsewhere.asked[0].body) == ("GET", b"")
