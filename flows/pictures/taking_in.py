"""Take in a picture for a card: within limits, looked at and drawn anew by a reading process, then kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from flows.pictures.rows import CardPicture
from untrusted.base import Refusal
from untrusted.confinement import SECONDS
from untrusted.process import Process
from untrusted.receiving import Stream, write_down

READER = "flows.pictures.reader"
MOST_BYTES = 10_000_000
PATIENCE = 30.0  # seconds that a picture waits for its turn
REFUSALS: dict[str, tuple[int, Promise]] = {
    "empty": (400, _("The file is empty. Choose another one.")),
    "too_large": (413, _("The picture is larger than 10 MB. Choose a smaller one.")),
    "wrong_kind": (415, _("This is no picture that can be shown. Choose a PNG, JPEG, WebP or GIF file.")),
    "damaged": (422, _("The picture could not be read. Save it again, or choose another one.")),
    "too_many_pixels": (422, _("The picture has too many pixels. Choose a smaller one.")),
    "busy": (503, _("Other pictures are being looked at just now. Try again in a minute.")),
}
_place = BoundedSemaphore(1)  # in each web process: it has chats to serve


class PictureRefused(Exception):
    """`code` is one of `REFUSALS`, which says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.status, self.words = REFUSALS.get(code, REFUSALS["damaged"])


def take_in(stream: Stream, *, author: User | None) -> CardPicture:
    """Raises PictureRefused."""
    with tempfile.TemporaryDirectory(prefix="causerie-picture-") as folder:
        source, target = Path(folder) / "given", Path(folder) / "clean"
        _write_down(stream, source)
        if not connection.in_atomic_block:
            connection.close()  # there are few in a web process, and looking at a file takes long
        said = _looked_at(source, target)
        facts = {name: said[name] for name in ("media_type", "width", "height")}
        return CardPicture.objects.create(data=target.read_bytes(), author=author, **facts)


def _write_down(stream: Stream, source: Path) -> None:
    try:
        write_down(stream, source, most=MOST_BYTES)
    except Refusal as refusal:
        raise PictureRefused(refusal.code) from None


def _looked_at(source: Path, target: Path) -> dict[str, Any]:
    if not _place.acquire(timeout=PATIENCE):
        raise PictureRefused("busy")
    try:
        process = Process(READER, [str(source), str(target)])
        try:
            said = next(iter(process.messages(lambda: float(SECONDS))), None)
        finally:
            process.end()
    finally:
        _place.release()
    if said is None:  # killed by a limit, or too late
        raise PictureRefused("damaged")
    if "refused" in said:
        raise PictureRefused(str(said["refused"]))
    return said
