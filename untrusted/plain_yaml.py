"""YAML of unknown origin: only text, lists and mappings, no aliases, nothing nested without end. Pure."""

from __future__ import annotations

from typing import Any

import yaml

from untrusted.base import Refusal

MAX_DEPTH = 60
OPENS = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def load_plain(text: str) -> Any:
    """Raises Refusal. Every value is text: no dates, no numbers, and nothing that constructs an object."""
    try:
        _check(text)
        return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  (it makes only text, lists and mappings)
    except (yaml.YAMLError, RecursionError) as error:
        raise Refusal("not_yaml") from error


def _check(text: str) -> None:
    """Before anything is built: the scanner alone knows no depth, what builds would use up the stack."""
    depth = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AliasToken):
            raise Refusal("yaml_aliases")
        depth += isinstance(token, OPENS) - isinstance(token, CLOSES)
        if depth > MAX_DEPTH:
            raise Refusal("nested_too_deep")
