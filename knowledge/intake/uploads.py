"""Files that people give: into the database in pieces, and out of it again where they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import orjson
from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

from knowledge.crawling.feeds import Entry
from knowledge.loaders.base import Refusal
from knowledge.models import ImportRun, Upload, UploadPart

PART = 1_000_000  # bytes
MAX_TOTAL = 200_000_000  # bytes of one import
MAX_FILES = 5_000
MAX_NAME = 300
SUFFIXES = {"markdown": "md", "text": "txt"}
PAGE_OF_ENTRY = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><base href="{base}"></head>'
    "<body><article><h1>{title}</h1>{html}</article></body></html>"
)


@transaction.atomic
def keep(run: ImportRun, file: File[Any], *, name: str = "") -> Upload:
    """Keep a file for its import. `name` may hold folders. Raises Refusal when there is too much."""
    upload = begin(run, name=name or file.name or "", size=file.size or 0)
    for number, data in enumerate(file.chunks(PART)):
        UploadPart.objects.create(upload=upload, number=number, data=data)
    return upload


@transaction.atomic
def begin(run: ImportRun, *, name: str, size: int) -> Upload:
    """A file that will come in pieces. Raises Refusal when there is too much."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    already = list(run.uploads.values_list("name", "size"))
    if len(already) >= MAX_FILES:
        raise Refusal("too_many_files", most=MAX_FILES)
    if size + sum(had for _name, had in already) > MAX_TOTAL:
        raise Refusal("too_large_together", most=MAX_TOTAL // 1_000_000)
    return Upload.objects.create(run=run, name=_free(_safe(name), dict(already)), size=size)


@transaction.atomic
def add(upload: Upload, piece: File[Any], *, at: int) -> int:
    """Keep the piece of a file that begins `at` these bytes; returns how many bytes are there now.

    A piece that was kept already, because its sender did not hear so, is not kept twice.
    """
    Upload.objects.select_for_update().get(pk=upload.pk)
    there = received(upload)
    if at == there and at + (piece.size or 0) <= upload.size:
        number = upload.parts.count()
        for data in piece.chunks(PART):
            UploadPart.objects.create(upload=upload, number=number, data=data)
            number += 1
        there = received(upload)
    return there


def received(upload: Upload) -> int:
    return int(upload.parts.aggregate(bytes=Sum(Length("data")))["bytes"] or 0)


def is_complete(run: ImportRun) -> bool:
    return all(received(upload) == upload.size for upload in run.uploads.all())


def keep_page(run: ImportRun, body: bytes, *, url: str, kind: str) -> None:
    """Keep a page that was visited; its name only says what kind it is."""
    _keep_bytes(run, body, name=f"{run.uploads.count() + 1:05}.{SUFFIXES.get(kind, kind)}", url=url)


def keep_entry(run: ImportRun, entry: Entry) -> None:
    """Keep an article that a feed holds whole, as the page it would be."""
    page = PAGE_OF_ENTRY.format(title=escape(entry.title), base=escape(entry.base), html=entry.html)
    _keep_bytes(run, page.encode(), name=f"{run.uploads.count() + 1:05}.html", url=entry.url)


@transaction.atomic
def _keep_bytes(run: ImportRun, data: bytes, *, name: str, url: str) -> None:
    upload = Upload.objects.create(run=run, name=name, url=url, size=len(data))
    for number, at in enumerate(range(0, len(data), PART)):
        UploadPart.objects.create(upload=upload, number=number, data=data[at : at + PART])


def _safe(name: str) -> str:
    """A relative path below the folder it will be written to, whatever it was."""
    parts = [
        part for part in PurePosixPath(name.replace("\\", "/").replace("\x00", "")).parts if part.strip("./ ")
    ]
    kept = [part.replace(":", "_")[-100:] for part in parts[-8:]]
    return "/".join(kept)[-MAX_NAME:].lstrip("/") or "file"


def _free(name: str, taken: dict[str, int]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return name


@contextmanager
def written(run: ImportRun) -> Iterator[tuple[Path, Path | None]]:
    """The run's files on this machine while they are read: the folder they are in, or the only one itself.

    The second is a list of the pages among them with their addresses, None when there are none.
    """
    with tempfile.TemporaryDirectory(prefix="causerie-import-") as folder:
        root = Path(folder) / "files"
        root.mkdir()
        names = [_write(upload, root) for upload in run.uploads.all()]
        pages = dict(run.uploads.exclude(url="").values_list("name", "url"))
        if pages:
            listed = Path(folder) / "pages.json"
            listed.write_bytes(orjson.dumps(pages))
            yield root, listed
        else:
            yield (root / names[0] if len(names) == 1 else root), None


def _write(upload: Upload, root: Path) -> str:
    path = root / upload.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for number in upload.parts.values_list("number", flat=True).order_by("number"):
            file.write(upload.parts.values_list("data", flat=True).get(number=number))
    return upload.name


def forget(run: ImportRun) -> None:
    run.uploads.all().delete()
