"""Talking to a draft through the page of the editor, message by message."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.models import Role, User
from flows.models import Flow
from tests.flows.editing import send


class Trial:
    """A conversation with the draft of a flow, changed as given; nothing of it is saved."""

    def __init__(
        self, key: str, *, language: str = "en", verified: bool = False, at: str = "", **changes: Any
    ) -> None:
        editor, _ = User.objects.get_or_create(username="ada", defaults={"role": Role.EDITOR})
        self.browser = Client()
        self.browser.force_login(editor)
        self.key, self.language, self.state = key, language, ""
        self.graph = {**Flow.objects.get(key=key).draft, **changes}
        self.last: dict[str, Any] = {}
        self.supposed: dict[str, Any] = {"verified": verified, "at": at}

    def happen(self, **event: Any) -> str:
        """What was said to it."""
        body = {"graph": self.graph, "state": self.state, "language": self.language, "event": event}
        body |= self.supposed
        answer = send(self.browser, "POST", f"{self.key}/try/", body)
        assert answer.status_code == 200, answer.json()
        self.last = answer.json()
        self.state, self.language = self.last["state"], self.last["language"]
        return " ".join(effect["html"] for effect in self.last["effects"] if effect["kind"] == "say")

    def say(self, words: str) -> str:
        return self.happen(say=words)

    @property
    def heard(self) -> list[str]:
        return [one["what"] for one in self.last["heard"]]

    @property
    def how(self) -> list[str]:
        return [one["how"] for one in self.last["heard"]]

    @property
    def kinds(self) -> list[str]:
        return [effect["kind"] for effect in self.last["effects"]]
