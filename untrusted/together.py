"""The files of an import, several that belong together, as what they hold. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import orjson

from untrusted.base import RawFile, Refusal
from untrusted.decoding import decode
from untrusted.plain_yaml import load_plain

MAX_YAML = 1_000_000  # characters
MAX_JSON = 50_000_000  # bytes


class Files:
    """The files of an import: their names, and their contents when they are asked for.

    `open_file` reads one; it raises Refusal when that is not possible.
    """

    def __init__(self, names: Sequence[str], open_file: Callable[[str], RawFile]) -> None:
        self.names = list(names)
        self._open = open_file
        self.json = lru_cache(maxsize=64)(self._json)
        self.yaml = lru_cache(maxsize=64)(self._yaml)

    def read(self, name: str) -> RawFile:
        return self._open(name)

    def text(self, name: str) -> str:
        return decode(self.read(name).data)

    def _json(self, name: str) -> Any:
        """The content of a JSON file. Raises Refusal("not_json")."""
        return parse_json(self.read(name).data)

    def _yaml(self, name: str) -> Any:
        """The content of a YAML file: only text, lists and mappings. Raises Refusal("not_yaml")."""
        return parse_yaml(self.text(name))


def parse_json(data: bytes) -> Any:
    if len(data) > MAX_JSON:
        raise Refusal("file_too_large", most=MAX_JSON // 1_000_000)
    try:
        return orjson.loads(decode(data))  # orjson refuses what is nested too deeply
    except orjson.JSONDecodeError as error:
        raise Refusal("not_json", reason=str(error)[:120]) from error


def parse_yaml(text: str) -> Any:
    if len(text) > MAX_YAML:
        raise Refusal("yaml_too_long", most=f"{MAX_YAML:,}")
    return load_plain(text)
