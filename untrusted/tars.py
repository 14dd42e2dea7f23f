"""A tar archive, packed with gzip, as a folder of files. Pure.

It can only be read from its beginning to its end, so all of it is kept; what it unpacks to is counted before.
"""

from __future__ import annotations

import gzip
import tarfile
import zlib
from pathlib import Path
from typing import Any

from untrusted.archive import MAX_ENTRIES, MAX_NAME, check_name
from untrusted.base import Place, Refusal, Refused

MAGIC = b"\x1f\x8b"
MAX_TOTAL = 60_000_000  # bytes, unpacked
DAMAGE = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError)


def is_tar(path: Path) -> bool:
    """Whether a file is packed with gzip. Raises OSError."""
    with path.open("rb") as file:
        return file.read(2) == MAGIC


class _Counted:
    """A stream that ends with a refusal once it has given too much."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream, self._left = stream, MAX_TOTAL

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Refusal("unpacks_too_large", most=MAX_TOTAL // 1_000_000)
        return data


class Tar:
    """`names` may be read, `refused` may not. Raises Refusal when none of it is acceptable."""

    def __init__(self, path: Path) -> None:
        self.refused: list[Refused] = []
        self._kept: dict[str, bytes] = {}
        try:
            with gzip.open(path) as packed:
                stream: Any = _Counted(packed)
                with tarfile.open(fileobj=stream, mode="r|") as archive:
                    self._keep(archive)
        except DAMAGE as error:
            raise Refusal("not_an_archive") from error
        self.names = sorted(self._kept)

    def _keep(self, archive: tarfile.TarFile) -> None:
        for number, entry in enumerate(archive):
            if number >= MAX_ENTRIES:
                raise Refusal("too_many_files", most=MAX_ENTRIES)
            if entry.isdir():
                continue
            name = entry.name.removeprefix("./")
            try:
                check_name(name, self._kept)
                if not entry.isfile():
                    raise Refusal("symbolic_link")
            except Refusal as refusal:
                self.refused.append(Refused.by(refusal, Place(name[:MAX_NAME])))
                continue
            file = archive.extractfile(entry)
            self._kept[name] = file.read() if file else b""

    def size(self, name: str) -> int:
        return len(self._kept[name])

    def read(self, name: str) -> bytes:
        return self._kept[name]
