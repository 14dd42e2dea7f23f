"""What a bot had done by programs of its own: each becomes a tool, switched off, that its steps name. Pure.

The programs themselves are never run. Which address they had is known for some; a tool without one waits for
somebody to write it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from flows.importers.base import Parameter, Webhook
from flows.importers.naming import Keys, without_secrets

MOST_PARAMETERS = 50
LONGEST_BODY = 10_000
# How each system asks a program, and where in the answer the words for the customer stand.
Form = Literal["", "rasa", "dialogflow_es", "dialogflow_cx"]
Asked = Callable[[str, dict[str, str]], dict[str, Any]]
ASKED: dict[str, Asked] = {
    "rasa": lambda name, given: {
        "next_action": name, "sender_id": "causerie", "tracker": {"sender_id": "causerie", "slots": given},
    },
    "dialogflow_es": lambda name, given: {"queryResult": {"action": name, "parameters": given}},
    "dialogflow_cx": lambda name, given: {
        "fulfillmentInfo": {"tag": name}, "sessionInfo": {"parameters": given},
    },
}  # fmt: skip
REPLIES: dict[str, str] = {
    "rasa": "responses.0.text",
    "dialogflow_es": "fulfillmentText",
    "dialogflow_cx": "fulfillmentResponse.messages.0.text.text.0",
}
# The kinds of a tool's parameters, by those of slots; anything else is a text.
KINDS = {"number": "number", "money": "number", "yes_no": "boolean", "date": "date", "moment": "moment",
         "email": "email"}  # fmt: skip
TAKEN = frozenset({"action"})


@dataclass
class Programs:
    """`made` is the report's list of webhooks, which grows here."""

    made: list[Webhook]
    keys: Keys = field(default_factory=lambda: Keys("action", TAKEN))
    forms: dict[str, Form] = field(default_factory=dict)

    def named(self, name: str, *, url: str = "", method: str = "POST", form: Form = "") -> str:
        """The key of the tool for a program; what is said of it first stays."""
        key = self.keys.of(name)
        if self._of(key) is None:
            self.made.append(Webhook(key, name[:80], without_secrets(url), _method(method)))
            self.forms[key] = form
        return key

    def has(self, key: str) -> bool:
        return self._of(key) is not None

    def given(self, key: str, kinds: Mapping[str, str], names: Mapping[str, str]) -> None:
        """What a step gives it: our names with the kinds of their slots, and what they were called there."""
        webhook = self._of(key)
        if webhook is None:
            return
        known = {one.name for one in webhook.parameters}
        place: Literal["query", "body"] = "query" if webhook.method in ("GET", "DELETE") else "body"
        more = [Parameter(name, KINDS.get(kind, "text"), place) for name, kind in kinds.items()
                if name not in known]  # fmt: skip
        webhook.parameters = [*webhook.parameters, *more][:MOST_PARAMETERS]
        asked = ASKED.get(self.forms[key])
        if asked is not None:
            fields = {names.get(one.name, one.name): f"{{{one.name}}}" for one in webhook.parameters}
            body = orjson.dumps(asked(webhook.title, fields), option=orjson.OPT_INDENT_2).decode()
            webhook.body = body if len(body) <= LONGEST_BODY else ""

    def _of(self, key: str) -> Webhook | None:
        return next((one for one in self.made if one.name == key), None)


def _method(method: str) -> str:
    wanted = method.strip().upper()
    return wanted if wanted in ("GET", "POST", "PUT", "PATCH", "DELETE") else "POST"
