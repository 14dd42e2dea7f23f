"""The files of an import: a folder, a zip or a single file, as names and contents. Pure.

Runs in the reading process. A zip is read in place; the zips in a folder are read as folders of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from untrusted.archives import Archive, is_archive
from untrusted.base import Place, RawFile, Refusal, Refused
from untrusted.tars import Tar, is_tar

MAX_FILE = 50_000_000  # bytes
MAX_FILES = 20_000
# What stands beside documents and is not read: a folder of pages has hundreds of them.
ASSETS = {
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".avif", ".heic"),
    *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".mp3", ".mp4", ".mov", ".avi", ".webm", ".ogg", ".wav"),
}
JUNK = {"__MACOSX", "Thumbs.db", "desktop.ini"}
LICENCES = {"license", "licence", "copying"}


class FileSet:
    """Names in order, with forward slashes; `refused` and `assets` are what is not among them.

    `pages` has the addresses of those that are pages of the web; with `tars` a tar archive at the top is a
    folder as well.
    """

    def __init__(self, root: Path, pages: Mapping[str, str] | None = None, *, tars: bool = False) -> None:
        self.root, self.pages, self._tars = root, pages or {}, tars
        self.refused: list[Refused] = []
        self.assets = 0
        self._archives: dict[str, Archive | Tar] = {}
        self.names = list(self._find(root))

    def size(self, name: str) -> int:
        """In bytes, as far as it is known without reading."""
        if (archive := self._archive_of(name)) is not None:
            prefix, inside = archive
            return inside.size(name.removeprefix(prefix))
        path = self._path(name)
        return path.stat().st_size if path.exists() else 0

    def read(self, name: str) -> RawFile:
        """Raises Refusal when it cannot be read or is too large."""
        if (archive := self._archive_of(name)) is not None:
            prefix, inside = archive
            return RawFile(name, inside.read(name.removeprefix(prefix)))
        return RawFile(name, _read(self._path(name)))

    def _path(self, name: str) -> Path:
        return self.root / name if self.root.is_dir() else self.root

    def _archive_of(self, name: str) -> tuple[str, Archive | Tar] | None:
        return next(
            ((start, found) for start, found in self._archives.items() if name.startswith(start)), None
        )

    def _find(self, root: Path) -> Iterator[str]:
        if root.is_file():
            yield from self._open(root, root.name, "")
            return
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and self._is_wanted(name):
                yield from self._open(path, name, f"{PurePosixPath(name).with_suffix('')}/")

    def _open(self, path: Path, name: str, prefix: str) -> Iterator[str]:
        try:
            archive = self._archive_at(path, name)
        except OSError as error:
            reason = error.strerror or str(error)
            self.refused.append(Refused(Place(name), "unreadable", {"reason": reason}))
            return
        except Refusal as refusal:
            self.refused.append(Refused.by(refusal, Place(name)))
            return
        if archive is None:
            yield name
            return
        self._archives[prefix] = archive
        self.refused += archive.refused
        yield from (prefix + inner for inner in archive.names if self._is_wanted(inner))

    def _archive_at(self, path: Path, name: str) -> Archive | Tar | None:
        """None where it is a file like any other. Raises OSError and Refusal."""
        if is_archive(path):
            return Archive(path)
        return Tar(path) if self._tars and "/" not in name and is_tar(path) else None

    def _is_wanted(self, name: str) -> bool:
        path = PurePosixPath(name)
        if any(part.startswith(".") or part in JUNK for part in path.parts):
            return False
        if path.suffix.lower() in ASSETS or path.stem.lower() in LICENCES:
            self.assets += 1
            return False
        return True


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refusal("file_too_large", most=MAX_FILE // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise Refusal("unreadable", reason=error.strerror or str(error)) from error
