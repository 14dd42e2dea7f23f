"""What is asked of a zip before and while it is read; nothing is ever unpacked to disk. Pure.

Sizes are counted while reading, since the archive's own figures may lie. An office document and an e-book are
archives too (`Package`); of those only the parts that are asked for are read. A folder of files is one in
untrusted/archives.py.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from untrusted.base import Refusal

MAX_ENTRIES = 5_000
MAX_TOTAL = 200_000_000  # bytes, unpacked
MAX_RATIO = 100
MAX_NAME = 400
SMALL = 1_000_000  # a ratio says nothing about small files
BLOCK = 65_536
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Package:
    """The parts of one document that is a zip archive; a part that does harm refuses the whole of it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._left = MAX_TOTAL
        entries = entries_of(archive)
        if sharing_bytes(entries):
            raise Refusal("shares_bytes")
        for entry in entries:
            check_entry(entry, self._entries)
            self._entries[entry.filename] = entry

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        if name not in self._entries:
            raise Refusal("damaged")
        data = read_entry(self._archive, self._entries[name], self._left)
        self._left -= len(data)
        return data


@contextmanager
def open_package(data: bytes) -> Iterator[Package]:
    """A document that is an archive. Raises Refusal when it is damaged or not acceptable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise Refusal("damaged") from error
    with archive:
        yield Package(archive)


def entries_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise Refusal("too_many_files", most=MAX_ENTRIES)
    return entries


def check_entry(entry: zipfile.ZipInfo, names: Container[str]) -> None:
    if "\x00" in entry.orig_filename:
        raise Refusal("bad_name")
    check_name(entry.filename, names)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refusal("symbolic_link")
    if entry.flag_bits & 0x1:
        raise Refusal("encrypted")


def check_name(name: str, names: Container[str]) -> None:
    """What an archive calls a file; `names` are those before it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if len(name) > MAX_NAME or "\x00" in name:
        raise Refusal("bad_name")
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        raise Refusal("leads_out")
    if name in names:
        raise Refusal("name_twice")


def sharing_bytes(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Offsets of entries that overlap the one before: a bomb lets many names share the same bytes."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    sharing, reached = set(), -1
    for entry in ordered:
        if entry.header_offset < reached:
            sharing.add(entry.header_offset)
        reached = max(reached, entry.header_offset + 30 + entry.compress_size)
    return sharing


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Read an entry, counting; stops at the limits whatever the header says."""
    data = bytearray()
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                data += block
                if len(data) > left:
                    raise Refusal("unpacks_too_large", most=MAX_TOTAL // 1_000_000)
                if len(data) > SMALL and len(data) > MAX_RATIO * max(entry.compress_size, 1):
                    raise Refusal("packed_too_tight")
    except DAMAGE as error:
        raise Refusal("damaged") from error
    return bytes(data)
