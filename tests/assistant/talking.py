"""The sample company's flows, and a conversation that walks them reply by reply."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from actions.bookings.sample import load_sample_bookings
from actions.sample import load_sample_tools
from assistant.events import Answer, Completed, Said, SentFile, Transcript
from assistant.models import Assistant
from assistant.reply import reply
from flows.form_lines import as_lines
from flows.samples import load_sample_flows
from llm.clients import close_clients
from training import running


def load_sample() -> None:
    load_sample_tools()
    load_sample_bookings()
    load_sample_flows()
    running.train_if_changed()


class Talk:
    """A conversation: each `say` is one reply, which begins where the last one ended."""

    def __init__(
        self,
        assistant: Assistant,
        language: str = "en",
        *,
        customer: dict[str, Any] | None = None,
        forms: bool = True,
        told: dict[str, str] | None = None,
    ) -> None:
        """`customer` are the facts of one who has signed in, `told` what was answered before the chat."""
        self.assistant, self.language, self.customer = assistant, language, customer
        self.forms, self.told = forms, told or {}
        self.name = uuid4().hex
        self.said: list[Said] = []
        self.state: dict[str, Any] = {}
        self.last: Answer | None = None

    def say(self, text: str, *files: SentFile, form: dict[str, str] | None = None) -> str:
        self.said.append(Said("customer", text, files=files, form=form))
        answer = asyncio.run(self._reply())
        self.said.append(Said("assistant", answer.said, answer.options, answer.outcome))
        self.state, self.last = json.loads(json.dumps(answer.state)), answer
        return answer.text

    def fill(self, **values: str) -> str:
        """Send the form that the last answer asked for."""
        assert self.last
        return self.say(as_lines(self.last.asks["fields"], values, self.language), form=values)

    async def _reply(self) -> Answer:
        transcript = Transcript(
            tuple(self.said),
            self.language,
            "verified" if self.customer else "everyone",
            self.customer or {},
            self.name,
            self.forms,
            self.told,
        )
        try:
            async with aclosing(reply(self.assistant, transcript, self.state)) as events:
                async for event in events:
                    if isinstance(event, Completed):
                        return event.answer
        finally:
            await close_clients()
        raise AssertionError("a reply always ends with Completed")

    @property
    def slots(self) -> dict[str, Any]:
        frames = self.state.get("flow", {}).get("frames", [])
        return dict(frames[-1]["slots"]) if frames else {}

    @property
    def options(self) -> list[str]:
        return [option.label for option in self.last.options]
