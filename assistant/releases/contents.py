"""What a release is made of: objective, models, sources, guidance, versions of flows, the router, and what is
seen before the first message: colour and greetings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.guidance.held import Row
from assistant.guidance.rows import Guidance
from assistant.models import Assistant, Router
from assistant.own_models import MODELS, models_of
from assistant.releases.released import Released
from flows.models import Flow
from llm.choosing import chat_model_for

OBJECTIVE = (
    "name", "company", "tasks", "out_of_scope", "audience", "tone", "success_measures", "languages",
)  # fmt: skip
PROMPTS = ("redact_prompts",)


class GuidanceRow(BaseModel):
    """A row of guidance that is on, as it stands in its form; `everybody`: of all assistants."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pk: int
    everybody: bool = False
    kind: str
    text: str
    about: str = ""
    by_meaning: bool = True
    language: str = ""
    hours: str = ""
    who: str = ""
    forbidden: str = ""
    topics: str = ""
    words: dict[str, str] = {}

    def as_row(self) -> Row:
        told = self.model_dump(exclude={"everybody", "pk"})
        return Guidance(pk=self.pk, **told).as_row()


class Greeting(BaseModel):
    """What a customer sees before the first message, in one language. When people answer is not in it, nor
    what stands above the questions before the chat: these are facts, which count at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    greeting: str
    suggestions: str = ""


class Contents(BaseModel):
    """`flows` are versions by key, `router` the number of its training (0: none). Without `accent` and
    `greetings` it is older than that releases hold them: customers get those of the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objective: dict[str, Any]
    models: dict[str, str]
    redact_prompts: bool = False
    sources: list[int] = []
    guidance: list[GuidanceRow] = []
    flows: dict[str, int] = {}
    router: int = 0
    accent: str | None = None
    greetings: list[Greeting] | None = None

    @property
    def signature(self) -> str:
        """Of what customers get. The router follows the flows: that it has learned again is no change."""
        told = self.model_dump(mode="json", exclude={"router"})
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def released(self, pk: int, number: int) -> Released:
        rows = tuple(row.as_row() for row in self.guidance)
        greetings = (
            None
            if self.greetings is None
            else {one.language: (one.greeting, one.suggestions) for one in self.greetings}
        )
        return Released(pk, number, rows, frozenset(self.sources), dict(self.flows), greetings)


def contents_of(assistant: Assistant, models: Mapping[str, str] | None = None) -> Contents:
    """As the settings are now; `models` by task stand in the place of the assistant's own. A model that the
    installation names is written down by its name: the release stays as it was when that changes."""
    own = {**models_of(assistant), **(models or {})}
    asked = {task: chat_model_for(task, own) for task in MODELS}
    versions = Flow.objects.published().filter(archived_at=None).values_list("key", "published__number")
    router = Router.objects.filter(pk=Router.ONLY).values_list("training", flat=True).first()
    return Contents(
        objective={name: _plain(getattr(assistant, name)) for name in OBJECTIVE},
        models={task: model.name if model else own[task] for task, model in asked.items()},
        redact_prompts=assistant.redact_prompts,
        sources=sorted(assistant.sources.values_list("pk", flat=True)),
        guidance=[_row(row) for row in Guidance.objects.for_assistant(assistant.pk)],
        flows=dict(versions),
        router=router or 0,
        accent=assistant.accent.lower(),
        greetings=_greetings(assistant),
    )


def _greetings(assistant: Assistant) -> list[Greeting]:
    return [
        Greeting(language=row.language, greeting=_plain(row.greeting), suggestions=_plain(row.suggestions))
        for row in sorted(assistant.welcomes.all(), key=lambda row: row.language)
    ]


def _plain(value: Any) -> Any:
    """Browsers send line ends of their own: whoever saves without a change changes nothing."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _row(row: Guidance) -> GuidanceRow:
    names = [name for name in GuidanceRow.model_fields if name not in ("everybody", "pk")]
    return GuidanceRow(
        pk=row.pk, everybody=row.assistant_id is None, **{name: _plain(getattr(row, name)) for name in names}
    )
