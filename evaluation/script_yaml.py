"""A scenario as YAML and back, nothing lost: kept in git, sent to somebody, or typed by hand. Pure."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from evaluation.scripted import Script
from flows.wrong_form import first_fault
from flows.yaml_reading import YamlError, read_yaml
from flows.yaml_writing import write_yaml

LONGEST = 200_000  # characters of one scenario

EXAMPLE = """\
name: A return, with a correction
language: en
situation: correction
turns:
  - customer: I want to return a lamp
    expects:
      flow: return_item
      says:
        - order number
  - customer: LP-2041170
    expects:
      slots:
        order: LP-2041170
"""


def from_yaml(text: str) -> Script:
    """Raises YamlError, which says in which line, at which part, and what to do."""
    read = read_yaml(text)
    try:
        return Script.model_validate(read.data)
    except ValidationError as error:
        path, what = first_fault(error, read.data)
        raise YamlError(what, line=read.line(path), path=path) from error


def to_yaml(script: Script) -> str:
    """In the order of the model, without what is as it is anyway; the turns come last."""
    return write_yaml(as_written(script))


def as_written(part: BaseModel) -> Any:
    return _whole(part.model_dump(mode="python", exclude_defaults=True))


def _whole(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _whole(one) for name, one in part.items()}
    return [_whole(one) for one in part] if isinstance(part, list | tuple) else part
