"""A dataset as the files that a training reads: one JSON object a line, UTF-8, no blank lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from training.examples.rows import Dataset, Example, Form, Part


@dataclass(frozen=True)
class Files:
    """Both files, how many lines they have, and the tokens of the first: what is paid for in a training."""

    training: bytes
    validation: bytes
    lines: int
    validation_lines: int
    tokens: int

    @property
    def signature(self) -> str:
        return hashlib.sha256(self.training + b"\0" + self.validation).hexdigest()


def files_of(dataset: Dataset) -> Files:
    """Of what is in it now."""
    rows = dataset.examples.filter(state=Example.State.IN).order_by("place", "pk")
    training, validation = rows.filter(part=Part.TRAINING), rows.filter(part=Part.VALIDATION)
    lines = [line_of(dataset.form, example) for example in training.iterator()]
    held_out = [line_of(dataset.form, example) for example in validation.iterator()]
    tokens = sum(training.values_list("tokens", flat=True))
    return Files(_joined(lines), _joined(held_out), len(lines), len(held_out), tokens)


def line_of(form: str, example: Example) -> str:
    """Without escapes: people read these files too. A line separator within a text would end the line for
    some readers, and is escaped."""
    text = json.dumps(object_of(form, example), ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")


def object_of(form: str, example: Example) -> dict[str, Any]:
    if form == Form.PREFERENCE:
        return {
            "input": {"messages": example.messages},
            "preferred_output": example.preferred,
            "non_preferred_output": example.rejected,
        }
    return {"messages": example.messages}


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
