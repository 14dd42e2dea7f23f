"""A zip archive as a folder of files: which may be read, and each when it is asked for. Pure."""

from __future__ import annotations

import zipfile
from pathlib import Path

from untrusted import archive as zips
from untrusted.base import Place, Refusal, Refused

# What makes a zip a document: the first parts of Office files, EPUB and OpenDocument.
OF_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
MAGIC = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"


def is_archive(path: Path) -> bool:
    """Whether a file is a zip that holds files, and not one that is a document itself. Raises OSError."""
    with path.open("rb") as file:
        if not file.read(4).startswith((MAGIC, EMPTY)):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not OF_DOCUMENTS.intersection(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return True  # and refused as a damaged one


class Archive:
    """`names` may be read, `refused` may not. Raises Refusal when none of it is acceptable."""

    def __init__(self, path: Path) -> None:
        self.refused: list[Refused] = []
        self._left = zips.MAX_TOTAL
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Refusal("not_an_archive") from error
        self._entries = self._checked()
        self.names = sorted(self._entries)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries = zips.entries_of(self._zip)
        sharing = zips.sharing_bytes(entries)
        accepted: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            try:
                zips.check_entry(entry, accepted)
                if entry.header_offset in sharing:
                    raise Refusal("shares_bytes")
                accepted[entry.filename] = entry
            except Refusal as refusal:
                self.refused.append(Refused.by(refusal, Place(entry.filename[: zips.MAX_NAME])))
        return accepted

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """One file; all together are counted against the archive's limit. Raises Refusal."""
        data = zips.read_entry(self._zip, self._entries[name], self._left)
        self._left -= len(data)
        return data
