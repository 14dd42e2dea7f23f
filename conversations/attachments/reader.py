"""The reading process of attachments: `… conversations.attachments.reader SOURCE TARGET THUMBNAIL NAME`.

Says what a customer's file is, by its content, and draws a picture anew; see untrusted/process.py for what
it knows and may use. One line on standard output: `{"media_type": …, "thumbnail": …}` or `{"refused": …}`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from conversations.attachments.pictures import draw, is_picture
from knowledge.loaders.sniffing import kind_of
from untrusted.answering import answer
from untrusted.base import RawFile, Refusal

TEXTS = {"text", "csv", "markdown"}


def main(source: Path, target: Path, thumbnail: Path, name: str) -> None:
    answer(lambda: _looked_at(source, target, thumbnail, name))


def _looked_at(source: Path, target: Path, thumbnail: Path, name: str) -> dict[str, Any]:
    if is_picture(source):
        drawn = draw(source, to=target, thumbnail=thumbnail)
        return {"media_type": drawn.media_type, "thumbnail": drawn.thumbnail}
    return {"media_type": _kind_of_document(RawFile(name, source.read_bytes())), "thumbnail": ""}


def _kind_of_document(file: RawFile) -> str:
    """Only what is one from its first byte: a page that hides a PDF further on is none."""
    if file.data.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        kind = kind_of(file)
    except Refusal as refusal:
        code = "empty" if refusal.code == "empty_file" else "wrong_kind"
        raise Refusal(code) from refusal
    if kind not in TEXTS:
        raise Refusal("wrong_kind")
    return "text/plain"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
