"""Files that want to do harm, each small to make: by name, with what has to come of it."""

from __future__ import annotations

import io
import os
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.knowledge.loaders.making import docx, paragraph, pdf, xlsx, zipped

MILLION = 1_000_000


def zip_bomb() -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    return zipped({"lamps.md": b"0" * 100 * MILLION})


def nested_zips() -> bytes:
    inner = zipped({"lamps.md": b"# Lamps\n\nThey shine."})
    for _level in range(5):
        inner = zipped({f"{number}.zip": inner for number in range(10)})
    return inner


def traversal() -> bytes:
    return zipped({"../../etc/cron.d/x.md": "# X\n\nx", "/root/x.md": "# X\n\nx", "c:\\x.md": "# X\n\nx"})


def link_to_passwords() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        link = zipfile.ZipInfo("passwd.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return packed.getvalue()


def too_many_files() -> bytes:
    return zipped({f"{number}.md": "" for number in range(6_000)})


def laughing_word() -> bytes:
    laughs = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    types = '<Types><Override ContentType="x.wordprocessingml.document.main+xml"/></Types>'
    text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><document>&a9;</document>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": text})


def huge_picture(width: int = 50_000) -> bytes:
    """A PNG of 50,000 × 50,000 that is only some kilobytes long."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\x00" * 10 * MILLION, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def word_with_huge_picture() -> bytes:
    packed = io.BytesIO(docx(paragraph("Words beside a picture.")))
    with zipfile.ZipFile(packed, "a") as document:
        document.writestr("word/media/image1.png", huge_picture())
    return packed.getvalue()


def pdf_that_bites_its_tail() -> bytes:
    return pdf([(50, 100, 11, "Words")], extra="/Kids [2 0 R 2 0 R 5 0 R]")


def pdf_of_packed_bombs() -> bytes:
    """Streams inside streams: each unpacks to a thousand times its size."""
    data = b"0 0 m 1 1 l S " * 700_000
    for _level in range(3):
        data = zlib.compress(data, 9)
    filters = "[" + "/FlateDecode " * 3 + "]"
    return (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        + f"4 0 obj<</Filter{filters}/Length {len(data)}>>stream\n".encode()
        + data
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def random_bytes() -> bytes:
    return random.Random(7).randbytes(200_000)


def wide_sheet() -> bytes:
    """One cell far away: whoever lays out the rectangle needs sixteen thousand million cells."""
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    whole = zipfile.ZipFile(io.BytesIO(xlsx({"A": [["Question", "Answer"], ["Where?", "Here."]]})))
    parts = {name: whole.read(name) for name in whole.namelist()}
    name = next(name for name in parts if "worksheets/" in name)
    parts[name] = f"{head}<sheetData>{cell}</sheetData></worksheet>".encode()
    return zipped(parts)


# Name → how it is made, and the code it has to be refused with ("" where the rest of it may be read).
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.zip": (zip_bomb, "packed_too_tight"),
    "nested.zip": (nested_zips, "archive_inside"),
    "traversal.zip": (traversal, "leads_out"),
    "link.zip": (link_to_passwords, "symbolic_link"),
    "many.zip": (too_many_files, "too_many_files"),
    "laughs.docx": (laughing_word, "xml_entities"),
    "picture.pdf": (huge_picture, "picture"),
    "with-picture.docx": (word_with_huge_picture, ""),
    "tail.pdf": (pdf_that_bites_its_tail, ""),
    "packed.pdf": (pdf_of_packed_bombs, ""),
    "random.docx": (random_bytes, "unknown_kind"),
    "wide.xlsx": (wide_sheet, "sheet_too_large"),
    "empty.md": (bytes, "empty_file"),
    "lying.pdf": (lambda: zipped({"a.exe": b"MZ" + b"\x00" * 500}), ""),
    "program.txt": (lambda: b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + bytes(2_000), "program"),
}
GOOD = "good.md"


def write_all(folder: Path, *, enormous: bool = False) -> None:
    """All of them and a good one; `enormous` adds a file of 500 MB that takes no room on the disk."""
    for name, (make, _code) in FILES.items():
        (folder / name).write_bytes(make())
    (folder / GOOD).write_text("# Lamps\n\nThey shine as long as there is light in them.")
    if enormous:
        with (folder / "enormous.txt").open("wb") as file:
            os.truncate(file.fileno(), 500 * MILLION)
