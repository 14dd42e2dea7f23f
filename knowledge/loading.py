"""From a path to documents: a folder, a zip archive or a single file, and a loader for each kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from knowledge.loaders import jsonl, markdown
from knowledge.loaders.archive import read_archive
from knowledge.loaders.base import Item, Loader, RawFile, Refusal, Refused

LOADERS: dict[str, Loader] = {
    **dict.fromkeys(markdown.SUFFIXES, markdown.load),
    **dict.fromkeys(jsonl.SUFFIXES, jsonl.load),
}
MAX_FILE = 50_000_000  # bytes


def load_path(path: Path, *, language: str = "") -> Iterator[Item | Refused]:
    """The documents under a path, in order. Raises Refusal when there is nothing to read at all."""
    found = False
    for file in _files(path):
        found = True
        if isinstance(file, Refused):
            yield file
        else:
            yield from LOADERS[PurePosixPath(file.name).suffix.lower()](file, language)
    if not found:
        raise Refusal(_("%(path)s holds no Markdown and no JSONL file") % {"path": path})


def _files(path: Path) -> Iterator[RawFile | Refused]:
    if path.is_dir():
        yield from _folder(path)
    elif not path.is_file():
        raise Refusal(_("%(path)s does not exist") % {"path": path})
    elif path.suffix.lower() == ".zip":
        yield from read_archive(path, set(LOADERS))
    elif path.suffix.lower() in LOADERS:
        yield _read(path, path.name)
    else:
        raise Refusal(_("%(path)s is neither a folder, a zip, Markdown nor JSONL") % {"path": path})


def _folder(root: Path) -> Iterator[RawFile | Refused]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if path.suffix.lower() in LOADERS and path.is_file() and not hidden:
            yield _read(path, name)


def _read(path: Path, name: str) -> RawFile | Refused:
    try:
        if path.stat().st_size > MAX_FILE:
            return Refused(name, _("it is larger than 50 MB"))
        return RawFile(name, path.read_bytes())
    except OSError as error:
        return Refused(name, error.strerror or str(error))
