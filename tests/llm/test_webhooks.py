"""A signed message is believed to be from who has the secret; anything else is not."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import openai
import pytest

from llm.webhooks import WINDOW, NotSigned, check, sign

SECRET = "whsec_" + b64encode(b"something that nobody knows").decode()
BODY = b'{"type": "fine_tuning.job.succeeded", "data": {"id": "ftjob-1"}}'
NOW = 1_800_000_000.0


def signed(secret: str = SECRET, body: bytes = BODY, at: float = NOW, **changed: str) -> dict[str, str]:
    moment = str(int(at))
    headers = {
        "webhook-id": "wh-1",
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{sign('wh-1', moment, body, secret=secret)}",
    }
    return headers | {name.replace("_", "-"): value for name, value in changed.items()}


@pytest.mark.parametrize("secret", [SECRET, "a plain word"])
def test_what_is_signed_is_believed(secret: str) -> None:
    assert check(BODY, signed(secret), secret=secret, now=NOW) == "wh-1"


def test_the_providers_own_library_signs_as_we_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    client = openai.OpenAI(api_key="none")
    assert client.webhooks.unwrap(BODY, signed(), secret=SECRET).type == "fine_tuning.job.succeeded"


def test_one_of_several_signatures_is_enough() -> None:
    """While a secret is changed, a provider signs with both."""
    several = signed()
    several["webhook-signature"] = f"v1,bm8= v2,eA== {several['webhook-signature']}"
    assert check(BODY, several, secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed("another secret"),
        signed(body=b"{}"),
        signed(webhook_id="wh-2"),
        signed(webhook_timestamp=str(int(NOW) + 1)),
        signed(webhook_timestamp="now"),
        signed(webhook_timestamp="9" * 5000),
        signed(webhook_timestamp="١٢٣"),
        signed(webhook_signature=""),
        signed(webhook_signature="v1,é"),
        signed(webhook_signature=signed()["webhook-signature"].removeprefix("v1,")),
        signed(at=NOW - WINDOW - 1),
        signed(at=NOW + WINDOW + 1),
    ],
)
def test_what_is_not_signed_is_not_believed(headers: dict[str, Any]) -> None:
    with pytest.raises(NotSigned):
        check(BODY, headers, secret=SECRET, now=NOW)
