"""Calling an address that a user gave, wherever it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message

from chatbot.outgoing.deadline import Deadline
from chatbot.outgoing.errors import OutgoingError
from chatbot.outgoing.identity import user_agent
from chatbot.outgoing.targets import Target, read_target

MEGABYTE = 1_000_000
# What another server may be told, too; whatever else a caller adds may be a secret between two.
HARMLESS = {"accept", "accept-language", "content-type", "if-modified-since", "if-none-match", "user-agent"}
# The library's own business. `host` would reach another site than the one that was checked.
OURS = {"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"}


@dataclass(frozen=True)
class Fetched:
    """`url` is the last address. `headers` have names in lower case. `location` is where a redirect leads
    that `follow` did not want, else empty."""

    url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    location: str = ""

    @property
    def content_type(self) -> str:
        """Without its parameters, in lower case; empty when it is not said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        return str(message.get_content_charset("") or "")


@dataclass(frozen=True)
class _Call:
    target: Target
    method: str
    headers: dict[str, str]
    body: bytes | None

    def redirected(self, status: int, target: Target) -> _Call:
        """As browsers do it; but nothing that may be a secret goes to another server."""
        call = replace(self, target=target)
        if status == 303 and self.method != "HEAD" or status in (301, 302) and self.method == "POST":
            headers = {name: value for name, value in self.headers.items() if name != "content-type"}
            call = replace(call, method="GET", headers=headers, body=None)
        if target.origin == self.target.origin:
            return call
        if call.body is not None:
            raise OutgoingError("leads_elsewhere")
        return replace(call, headers={name: call.headers[name] for name in call.headers.keys() & HARMLESS})


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    limit_bytes: int = 5 * MEGABYTE,
    seconds: float = 20.0,
    max_redirects: int = 3,
    follow: Callable[[str], bool] | None = None,
) -> Fetched:
    """Raises OutgoingError; an answer of whatever status is none.

    `seconds` are for everything together, `limit_bytes` for the unpacked body. `follow` is asked for each
    address that a redirect leads to; a redirect that it does not want is handed back.
    """
    from chatbot.outgoing.exchanging import exchange  # loads the library

    deadline = Deadline(seconds)
    call = _Call(read_target(url), method.upper(), _headers(headers or {}), body)
    for _hop in range(max_redirects + 1):
        answer = exchange(
            call.target, call.method, call.headers, call.body, limit_bytes=limit_bytes, deadline=deadline
        )
        seen = str(call.target.url)
        if not answer.location:
            return Fetched(seen, answer.status, answer.headers, answer.body)
        target = read_target(answer.location, seen_from=call.target)
        if follow and not follow(str(target.url)):
            return Fetched(seen, answer.status, answer.headers, location=str(target.url))
        call = call.redirected(answer.status, target)
    raise OutgoingError("too_many_redirects")


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    headers = {name.lower(): value for name, value in given.items()}
    if headers.keys() & OURS or any(name.startswith("proxy-") for name in headers):
        raise OutgoingError("bad_request")
    return {"user-agent": user_agent(), **headers, "connection": "close"}
