"""What every other system's export is read by: several files that belong together. Pure.

An importer first says which of the files are its own (`claim`), by what they hold and not by their names
alone; those are then read together (`load`), all others one by one by knowledge/loaders. What it knows of but
cannot turn into knowledge (stories, webhooks, …) it yields as Refused, so that nobody has to guess what was
left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from knowledge.loaders.base import Found, RawFile, Refusal
from knowledge.loaders.decoding import decode
from knowledge.loaders.plain_yaml import load_plain

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


@dataclass(frozen=True)
class Importer:
    """One system's export. `claim` gives the names of the files that belong to it, if it is there."""

    name: str
    claim: Callable[[Files], set[str]]
    load: Callable[[Files, set[str]], Iterator[Found]]
