"""The server in a thread of its own, and what it has taken."""

from __future__ import annotations

import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from tests.conversations.processes import free_port

USER, PASSWORD = "shop@example.org", "p@ss:w/rd"
OK = "250 OK"


@dataclass
class MailServer:
    """`rcpt` and `data`: what it answers next, in order; then it takes everything."""

    port: int
    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    taken: list[Envelope] = field(default_factory=list)
    asked: int = 0  # how often somebody named a recipient

    def mails(self) -> list[EmailMessage]:
        return [parsed(envelope) for envelope in self.taken]

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked += 1
        answer = self.rcpt.pop(0) if self.rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else OK
        if answer == OK:
            self.taken.append(envelope)
        return answer


def parsed(envelope: Envelope) -> EmailMessage:
    content = envelope.content
    assert isinstance(content, bytes)
    return email.message_from_bytes(content, policy=email.policy.default)


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)  # False: the server says so itself


@contextmanager
def mail_server(*, tls: ssl.SSLContext | None = None, sign_in: bool = False) -> Iterator[MailServer]:
    """`tls`: it wants STARTTLS first; `sign_in`: USER with PASSWORD and nobody else."""
    server = MailServer(port=free_port())
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None}
    if sign_in:
        options |= {"authenticator": authenticate, "auth_require_tls": tls is not None}
    running = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    running.start()
    try:
        yield server
    finally:
        running.stop()
