"""Files that customers may send, and some that nobody should: made here, so that none of them lies about."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.test import Client
from PIL import Image

from conversations.models import Attachment, Conversation
from conversations.tokens import make_token

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAGE = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
SCRIPT = b"/*GIF89a*/=1;alert(document.domain)//"


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **saved: Any) -> bytes:
    file = io.BytesIO()
    mode = {"GIF": "P"}.get(kind, "RGB")
    Image.linear_gradient("L").resize(size).convert(mode).save(file, kind, **saved)
    return file.getvalue()


def photo() -> bytes:
    """As a telephone makes it: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.6)  # latitude
    return picture(size=(640, 480), exif=exif, comment=b"made at home")


def png_of(width: int, height: int) -> bytes:
    """A picture that says to be so large, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif_and_script() -> bytes:
    """A true GIF that is a script too: its width begins a comment."""
    gif = bytearray(picture("GIF", (0x2A2F, 1)))  # "/*"
    return bytes(gif) + b"*/=1;alert(document.domain)//"


def archive(name: str = "x.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "hello")
    return file.getvalue()


def upload(
    conversation: Conversation, data: bytes, name: str = "photo.jpg", *, browser: Client | None = None,
    token: str | None = None, client_id: object = None,
) -> Any:  # fmt: skip
    if token is None:
        token = token_of(conversation)
    return (browser or Client()).post(
        "/chat/files/", data, content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {token}", "X-File-Name": quote(name),
                 "X-Client-Id": str(client_id or uuid4())},
    )  # fmt: skip


def token_of(conversation: Conversation) -> str:
    return make_token(conversation=conversation.pk, customer=conversation.customer_id, language="en")


def uploaded(conversation: Conversation, data: bytes | None = None, name: str = "photo.jpg") -> Attachment:
    answer = upload(conversation, data if data is not None else picture(), name)
    assert answer.status_code == 201, answer.content
    return Attachment.objects.get(pk=answer.json()["id"])
