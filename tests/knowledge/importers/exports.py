"""Exports of other systems as the importers get them, and what came of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from knowledge.importers.base import Files, Importer
from knowledge.importers.kinds import IMPORTERS
from knowledge.loaders.base import Conversation, Found, RawFile, Record, Refused
from knowledge.refusals import in_words
from tests.source import ROOT

REAL = ROOT.parent / "shared" / "data" / "imports"


def files_of(contents: Mapping[str, Any]) -> Files:
    """Text and bytes as they are, everything else as JSON."""
    data = {name: as_bytes(content) for name, content in contents.items()}
    return Files(list(data), lambda name: RawFile(name, data[name]))


def as_bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)).encode()


def below(folder: str, contents: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{folder}/{name}": content for name, content in contents.items()}


def read_all(files: Files) -> dict[str, list[Found]]:
    """What every importer makes of the files, by its name: the first that claims a file reads it."""
    found: dict[str, list[Found]] = {}
    left = set(files.names)
    for importer in IMPORTERS:
        mine = importer.claim(files) & left
        left -= mine
        if mine:
            found[importer.name] = list(importer.load(files, mine))
    return found


class Read:
    """What one importer makes of an export."""

    def __init__(self, importer: Importer, contents: Mapping[str, Any]) -> None:
        files = files_of(contents)
        self.claimed = importer.claim(files)
        self.found = list(importer.load(files, self.claimed)) if self.claimed else []
        for refused in self.refused:
            assert in_words(refused.code, refused.details) != refused.code

    @property
    def records(self) -> list[Record]:
        return [found for found in self.found if isinstance(found, Record)]

    @property
    def refused(self) -> list[Refused]:
        return [found for found in self.found if isinstance(found, Refused)]

    @property
    def talks(self) -> list[Conversation]:
        return [found for found in self.found if isinstance(found, Conversation)]

    @property
    def titles(self) -> list[str]:
        return [record.fields["title"] for record in self.records]

    @property
    def codes(self) -> dict[str, str]:
        """Why not, by the name of what was refused, or its file."""
        return {refused.place.name or refused.place.file: refused.code for refused in self.refused}

    def fields(self, title: str) -> dict[str, Any]:
        return next(record.fields for record in self.records if record.fields["title"] == title)


def said(talk: Conversation) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in talk.messages]


def real_files(name: str) -> dict[str, bytes]:
    """A real export of the shared data, from its folder or archive; skips where there is none."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real export {name} is not here: it stands in {REAL}, outside the repository")
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.is_file())
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in inside}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
