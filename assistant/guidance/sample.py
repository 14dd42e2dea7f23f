"""The sample company's guidance, so that there is something to look at: loaded once, then the staff's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.guidance.rows import Guidance
from assistant.models import Assistant


def load_sample_guidance(path: Path, assistant: Assistant) -> int:
    """Those that are not there yet, switched on; returns how many."""
    known = set(Guidance.objects.values_list("text", flat=True))
    rows = [one for one in yaml.safe_load(path.read_text("utf-8")) if one["text"] not in known]
    Guidance.objects.bulk_create(_row(one, place, assistant) for place, one in enumerate(rows, 1))
    return len(rows)


def _row(said: dict[str, Any], place: int, assistant: Assistant) -> Guidance:
    return Guidance(
        assistant=assistant,
        kind=said["kind"],
        text=said["text"],
        about="\n".join(said.get("about", ())),
        forbidden="\n".join(said.get("forbidden", ())),
        words=said.get("words", {}),
        position=10 * place,
        enabled=True,
    )
