"""Rows of guidance, and what became of them."""

from __future__ import annotations

from typing import Any

from assistant.events import Answer
from assistant.models import Guidance

SORRY = {"en": "Please ask our shop about that.", "fr": "Demandez plutôt à notre boutique."}


def row(kind: str, text: str = "A row", **more: Any) -> Guidance:
    return Guidance.objects.create(kind=kind, text=text, **{"enabled": True, **more})


def notes(answer: Answer | None) -> list[tuple[str, str]]:
    assert answer is not None and answer.route is not None
    return [(note["kind"], note["did"]) for note in answer.route.guidance]
