"""The files of fine-tuning, and what a provider finds wrong in them."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class TunedFile:
    id: str
    filename: str
    content: bytes
    purpose: str
    created_at: int = field(default_factory=lambda: int(time.time()))

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "object": "file", "bytes": len(self.content), "created_at": self.created_at,
            "filename": self.filename, "purpose": self.purpose, "status": "processed",
        }  # fmt: skip


def found_wrong(body: dict[str, Any], files: dict[str, TunedFile]) -> str:
    """What the provider says of the first line that is not as it should be; "" where all are."""
    method = (body.get("method") or {}).get("type", "supervised")
    for name in ("training_file", "validation_file"):
        if body.get(name):
            for wrong in _wrong_lines(files[body[name]].content, method, least=10 if name[0] == "t" else 1):
                return f"Invalid file format. {wrong}"
    return ""


def _wrong_lines(content: bytes, method: str, least: int) -> Iterator[str]:
    lines = content.decode("utf-8", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        try:
            example = json.loads(line)
            if method == "dpo":
                _check(example["input"]["messages"], last="user")
                for one in ("preferred_output", "non_preferred_output"):
                    _check(example[one], last="assistant")
            else:
                _check(example["messages"], last="assistant")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield f"Line {number}: {error}"
    if len(lines) < least:
        yield f"The file has {len(lines)} examples; at least {least} are needed."


def _check(messages: list[dict[str, Any]], *, last: str) -> None:
    for message in messages:
        if message["role"] not in ("system", "developer", "user", "assistant", "tool"):
            raise ValueError(f"unknown role {message['role']}")
        if not isinstance(message["content"], str) or not message["content"].strip():
            raise ValueError("empty content")
    if not messages or messages[-1]["role"] != last:
        raise ValueError(f"the last message must be of the {last}")
