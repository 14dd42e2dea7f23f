"""Which kind of file this is, by what stands in it; its name is asked only about kinds of text. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from knowledge.loaders.base import RawFile, Refusal
from knowledge.loaders.sniffing_text import kind_of_text
from untrusted.archive import Package, open_package

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06"
# The first bytes of what cannot be read, and the code that says so.
REFUSED: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("picture", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS", b"\x00\x00\x01\x00")),
    ("sound_or_film", (b"ID3", b"\xff\xfb", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"FLV\x01")),
    ("program", (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!", b"\x00asm")),
    (
        "archive_inside",
        (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
    ),
    ("encrypted", (b"-----BEGIN PGP MESSAGE", b"age-encryption.org", b"Salted__")),
)
RIFF = {b"WEBP": "picture", b"WAVE": "sound_or_film", b"AVI ": "sound_or_film"}
OFFICE = {"word": "docx", "excel": "sheet", "sheet": "sheet", "present": "pptx", "powerpoint": "pptx"}
MAIN_PART = re.compile(
    rb"(wordprocessingml|spreadsheetml|presentationml|ms-word|ms-excel|ms-powerpoint)[\w.\-]*\.main\b",
    re.IGNORECASE,
)
OPEN_DOCUMENT = {b"text": "odt", b"spreadsheet": "sheet"}
# What old Office wrote names its streams in UTF-16.
STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "old_word"),
    ("PowerPoint Document", "old_powerpoint"),
    ("__substg1.0", "unknown_kind"),
)


def kind_of(file: RawFile) -> str:
    """One of knowledge.loaders.kinds.KINDS. Raises Refusal for what cannot be read."""
    data = file.data
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refusal("empty_file")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _kind_of_package(data)
    if data.startswith(OLE):
        return _kind_of_old_office(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    _refuse_by_first_bytes(data)
    return kind_of_text(data, PurePosixPath(file.name).suffix.lower())


def _refuse_by_first_bytes(data: bytes) -> None:
    for code, beginnings in REFUSED:
        if data.startswith(beginnings):
            raise Refusal(code)
    if data[4:8] == b"ftyp":
        raise Refusal("picture" if data[8:12] in (b"heic", b"avif", b"mif1") else "sound_or_film")
    if data.startswith(b"RIFF"):
        raise Refusal(RIFF.get(data[8:12], "unknown_kind"))
    if data[257:262] == b"ustar":
        raise Refusal("archive_inside")
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        raise Refusal("picture")


def _kind_of_package(data: bytes) -> str:
    with open_package(data) as package:
        if not package.names:
            raise Refusal("empty_file")
        if "[Content_Types].xml" in package:
            return _kind_of_office(package)
        if "mimetype" in package:
            return _kind_by_mimetype(package.read("mimetype").strip())
        if "META-INF/container.xml" in package:
            return "epub"
    raise Refusal("archive_inside")


def _kind_of_office(package: Package) -> str:
    main = MAIN_PART.search(package.read("[Content_Types].xml"))
    if main is None:
        raise Refusal("unknown_kind")
    named = main[1].decode().lower()
    return next(kind for word, kind in OFFICE.items() if word in named)


def _kind_by_mimetype(mimetype: bytes) -> str:
    if mimetype == b"application/epub+zip":
        return "epub"
    found = re.match(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)", mimetype)
    if found is None:
        raise Refusal("unknown_kind")
    return OPEN_DOCUMENT[found[1]]


def _kind_of_old_office(data: bytes) -> str:
    for stream, code in STREAMS:
        if stream.encode("utf-16-le") in data:
            raise Refusal(code)
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return "sheet"
    raise Refusal("unknown_kind")
