"""Behind a proxy a customer's address is the one that the proxy has seen."""

from __future__ import annotations

import pytest

from chatbot.forwarded import Forwarded, address_in


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ([], None),
        (["203.0.113.9"], "203.0.113.9"),
        (["10.9.8.7, 203.0.113.9"], "203.0.113.9"),
        (["10.9.8.7", "198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (["2001:db8::7"], "2001:db8::7"),
        (["203.0.113.9, nonsense"], None),
    ],
)
def test_only_what_the_proxy_wrote_last_counts(lines: list[str], address: str | None) -> None:
    assert address_in([(b"x-forwarded-for", line.encode()) for line in lines]) == address


async def test_the_application_sees_that_address() -> None:
    seen: list[object] = []

    async def application(scope: dict, receive: object, send: object) -> None:
        seen.append(scope["client"])

    around = Forwarded(application)
    headers = [(b"x-forwarded-for", b"203.0.113.9")]
    await around({"type": "http", "client": ["127.0.0.1", 1], "headers": headers}, None, None)
    await around({"type": "http", "client": ["127.0.0.1", 1], "headers": []}, None, None)
    assert seen == [["203.0.113.9", 0], ["127.0.0.1", 1]]
