"""The files of a zip archive, read without ever unpacking it to disk.

Sizes are counted while reading, since the archive's own figures may lie.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from knowledge.loaders.base import RawFile, Refusal, Refused

MAX_ENTRIES = 5_000
MAX_TOTAL = 200_000_000  # bytes, unpacked
MAX_RATIO = 100
MAX_NAME = 400
SMALL = 1_000_000  # a ratio says nothing about small files
BLOCK = 65_536


def read_archive(path: Path, wanted: set[str]) -> Iterator[RawFile | Refused]:
    """The entries whose suffix is wanted. Raises Refusal when the archive as a whole is not acceptable."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _entries(archive, wanted)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise Refusal(_("it is not a zip archive that can be read")) from error


def _entries(archive: zipfile.ZipFile, wanted: set[str]) -> Iterator[RawFile | Refused]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise Refusal(_("it holds more than %(most)s files") % {"most": MAX_ENTRIES})
    names: set[str] = set()
    sharing = _sharing_bytes(entries)
    left = MAX_TOTAL
    for entry in entries:
        try:
            _check(entry, names)
            if entry.header_offset in sharing:
                raise Refusal(_("it shares its bytes with another file of the archive"))
            names.add(entry.filename)
            if PurePosixPath(entry.filename).suffix.lower() in wanted:
                data = _read(archive, entry, left)
                left -= len(data)
                yield RawFile(entry.filename, data)
        except Refusal as refusal:
            yield Refused(entry.filename[:MAX_NAME], str(refusal))


def _check(entry: zipfile.ZipInfo, names: set[str]) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if len(entry.filename) > MAX_NAME or "\x00" in entry.orig_filename:
        raise Refusal(_("its name is not acceptable"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise Refusal(_("its name leads out of the archive"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refusal(_("it is a symbolic link"))
    if entry.filename in names:
        raise Refusal(_("the archive holds this name twice"))
    if entry.flag_bits & 0x1:
        raise Refusal(_("it is encrypted"))


def _sharing_bytes(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Offsets of entries that overlap the one before: a bomb lets many names share the same bytes."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    sharing, reached = set(), -1
    for entry in ordered:
        if entry.header_offset < reached:
            sharing.add(entry.header_offset)
        reached = max(reached, entry.header_offset + 30 + entry.compress_size)
    return sharing


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Read an entry, counting; stops at the limits whatever the header says."""
    data = bytearray()
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                data += block
                if len(data) > left:
                    raise Refusal(_("the archive unpacks to more than 200 MB"))
                if len(data) > SMALL and len(data) > MAX_RATIO * max(entry.compress_size, 1):
                    raise Refusal(_("it is packed suspiciously tight"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise Refusal(_("it is damaged")) from error
    return bytes(data)
