"""Small files of each kind, made by hand: what is in them can be read here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from knowledge.loaders.base import Found, RawFile, Record, Refused
from knowledge.loaders.kinds import load_file

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "files"
Text = tuple[float, float, float, str]  # x, y from the top, size, words; bold when these begin with *


def read(name: str, data: bytes | str) -> list[Found]:
    return list(load_file(RawFile(name, data.encode() if isinstance(data, str) else data)))


def fields(name: str, data: bytes | str) -> list[dict[str, Any]]:
    found = read(name, data)
    assert all(isinstance(each, Record) for each in found), found
    return [each.fields for each in found]


def body(name: str, data: bytes | str) -> str:
    (only,) = fields(name, data)
    return only["body"]


def codes(name: str, data: bytes | str) -> list[str]:
    return [each.code for each in read(name, data) if isinstance(each, Refused)]


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


# --- PDF ----------------------------------------------------------------------------------------------------


def pdf(
    *pages: Sequence[Text], rules: Sequence[Sequence[float]] = (), info: str = "", extra: str = ""
) -> bytes:
    """Pages of 600 × 800 points. `rules` are lines on the first page: x0, y0, x1, y1 from the top."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 600 800] {extra} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        content = "".join(map(_shown, page)) + "".join(map(_ruled, rules if at == 0 else ()))
        font = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {6 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    return _assembled(objects)


def _shown(text: Text) -> str:
    x, y, size, words = text
    font = "F2" if words.startswith("*") else "F1"
    escaped = words.lstrip("*").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x} {800 - y} Td ({escaped}) Tj ET\n"


def _ruled(rule: Sequence[float]) -> str:
    x0, y0, x1, y1 = rule
    return f"{x0} {800 - y0} m {x1} {800 - y1} l S\n"


def _assembled(objects: Sequence[str]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    start = len(written)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    written += f"{head}{table}{trailer}\nstartxref\n{start}\n%%EOF".encode()
    return bytes(written)


# --- Office -------------------------------------------------------------------------------------------------

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.{}.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _types(part: str, kind: str) -> str:
    return f'<Types><Override PartName="/{part}" ContentType="{MAIN_TYPE.format(kind)}"/></Types>'


def _related(*targets: tuple[str, str, str]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    each = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'<Relationships xmlns="{package}">{each}</Relationships>'


def docx(inner: str, *, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """`inner` is what stands in the body; `parts` are further ones, by their path."""
    return zipped(
        {
            "[Content_Types].xml": _types("word/document.xml", "wordprocessingml.document"),
            "_rels/.rels": _related(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {WORD}><w:body>{inner}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
            "word/_rels/document.xml.rels": _related(("s1", "styles", "styles.xml")),
            **(parts or {}),
        }
    )


def paragraph(text: str, style: str = "", look: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def style(key: str, name: str, inner: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{inner}</w:style>'


HIDDEN = {True: "hidden", False: "visible"}


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], *, hidden: str = "", merged: str = "") -> bytes:
    """Sheets of words and numbers, also with a format: (0.2, "0%"). `merged` is a range of the first."""
    codes = sorted({cell[1] for rows in sheets.values() for row in rows for cell in row if _formatted(cell)})
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}" state="{HIDDEN[name == hidden]}"/>'
        for at, name in enumerate(sheets, start=1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": _related(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            *((f"r{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in enumerate(sheets, start=1))
        ),
    }
    if codes:
        formats = "".join(
            f"<numFmt numFmtId='{200 + n}' formatCode={quoteattr(c)}/>" for n, c in enumerate(codes)
        )
        used = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _ in enumerate(codes))
        cells = f"<cellXfs><xf numFmtId='0'/>{used}</cellXfs>"
        parts["xl/styles.xml"] = f"<styleSheet {main}><numFmts>{formats}</numFmts>{cells}</styleSheet>"
    for at, rows in enumerate(sheets.values(), start=1):
        joined = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged and at == 1 else ""
        cells = "".join(f'<row r="{n}">{_row(n, row, codes)}</row>' for n, row in enumerate(rows, start=1))
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f"<worksheet {main}><sheetData>{cells}</sheetData>{joined}</worksheet>"
        )
    return zipped(parts)


def _formatted(cell: object) -> bool:
    return isinstance(cell, tuple)


def _row(number: int, row: Sequence[object], codes: Sequence[str]) -> str:
    return "".join(
        _cell(f"{chr(65 + at)}{number}", value, codes)
        for at, value in enumerate(row)
        if value not in ("", None)
    )


def _cell(place: str, value: object, codes: Sequence[str]) -> str:
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{1 + codes.index(value[1])}"><v>{value[0]}</v></c>'
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
SLIDES = f'{DRAWING} xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{OFFICE}"'


def shape(*texts: str, kind: str = "body") -> str:
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
    return f"<p:sp>{place}<p:txBody>{inner}</p:txBody></p:sp>"


def pptx(*slides: str, notes: str = "", hidden: int = 0) -> bytes:
    """Slides as their shapes; `notes` stand below the first."""
    ids = "".join(f'<p:sldId id="{256 + at}" r:id="r{at}"/>' for at in range(1, len(slides) + 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types("ppt/presentation.xml", "presentationml.presentation"),
        "ppt/presentation.xml": f"<p:presentation {SLIDES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _related(
            *((f"r{at}", "slide", f"slides/slide{at}.xml") for at in range(1, len(slides) + 1))
        ),
    }
    for at, inner in enumerate(slides, start=1):
        show = ' show="0"' if at == hidden else ""
        parts[f"ppt/slides/slide{at}.xml"] = (
            f"<p:sld {SLIDES}{show}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"
        )
    if notes:
        parts["ppt/slides/_rels/slide1.xml.rels"] = _related(
            ("n1", "notesSlide", "../notesSlides/notes1.xml")
        )
        tree = f"<p:cSld><p:spTree>{shape(notes)}{shape('7', kind='sldNum')}</p:spTree></p:cSld>"
        parts["ppt/notesSlides/notes1.xml"] = f"<p:notes {SLIDES}>{tree}</p:notes>"
    return zipped(parts)


# --- OpenDocument, e-books ----------------------------------------------------------------------------------


def odt(inner: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    text = f"<office:body><office:text>{inner}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names} {link}>{text}</office:document-content>",
        }
    )


def epub(
    chapters: dict[str, str], *, contents: dict[str, str] | None = None, encrypted: bool = False
) -> bytes:
    """Chapters by file name, each the inside of its body; `contents` gives titles by file name."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in ["nav", *chapters])
    nav = "".join(f'<li><a href="{name}#top">{title}</a></li>' for name, title in (contents or {}).items())
    nav_item = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
        "OPS/book.opf": f"<package><metadata><language>fr</language></metadata>"
        f"<manifest>{nav_item}{items}</manifest>"
        f"<spine>{spine}</spine></package>",
        "OPS/nav.xhtml": f"<html><body><nav><ol>{nav}</ol></nav></body></html>",
    }
    for name, inner in chapters.items():
        parts[f"OPS/{name}"] = f"<html><head><title>x</title></head><body>{inner}</body></html>"
    if encrypted:
        method = '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
        parts["META-INF/encryption.xml"] = f"<encryption>{method}</encryption>"
    return zipped(parts)


def ods(rows: str, *, name: str = "Sheet1") -> bytes:
    """A sheet of rows as OpenDocument writes them."""
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}>"
            f"<office:body><office:spreadsheet><table:table table:name='{name}'>{rows}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )
