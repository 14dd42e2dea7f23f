"""Have a file looked at by a reading process: what it is, and of a picture a clean copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from conversations.refusals import Refused
from untrusted.confinement import SECONDS
from untrusted.process import Process

READER = "conversations.attachments.reader"
AT_ONCE = 2  # in each web process: it has chats to serve
PATIENCE = 30.0  # seconds that a file waits for its turn

_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be kept. `file` is the source itself, of a picture its clean copy."""

    media_type: str
    file: Path
    thumbnail: Path | None = None
    thumbnail_type: str = ""

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def check(source: Path, *, name: str) -> Checked:
    """Raises Refused: "wrong_kind", "damaged", "too_many_pixels", "empty"; "busy" when many others wait."""
    target, thumbnail = source.with_name("clean"), source.with_name("thumbnail")
    with _a_place():
        process = Process(READER, [str(source), str(target), str(thumbnail), name.replace("\x00", "")[-60:]])
        try:
            said = next(iter(process.messages(lambda: float(SECONDS))), None)
        finally:
            process.end()
    if said is None:  # killed by a limit, or too late
        raise Refused("damaged")
    if "refused" in said:
        raise Refused(str(said["refused"]))
    if not said["thumbnail"]:
        return Checked(str(said["media_type"]), source)
    return Checked(str(said["media_type"]), target, thumbnail, str(said["thumbnail"]))


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE):
        raise Refused("busy", permanent=False)
    try:
        yield
    finally:
        _places.release()
