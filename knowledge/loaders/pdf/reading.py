"""A PDF file as one document, or one for each chapter when it is long. Pure.

Text is read with PDFium, which is in C++ and seven times as fast as what is written in Python; tables,
columns, headings, lists and paragraphs are made out here, from where the words stand. The lines of a
paragraph are joined, except after a hyphen that ends a line: it stays as "-\\n", for the cleaning to mend and
to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import first_heading, records
from knowledge.loaders.pdf.blocks import written
from knowledge.loaders.pdf.columns import in_reading_order
from knowledge.loaders.pdf.lines import Line, lines_of
from knowledge.loaders.pdf.page import Page, read_page
from knowledge.loaders.pdf.running import without_running
from knowledge.loaders.pdf.scan import read_scan
from knowledge.loaders.pdf.tables import with_ruled_tables

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 500  # what takes ten to twenty seconds
SEEN = 3_000  # characters in which the file's own title should be found


def load(file: RawFile) -> Iterator[Found]:
    place = Place(file.name)
    try:
        document = _open(file.data)
    except Refusal as refusal:
        yield Refused.by(refusal, place)
        return
    try:
        yield from _records(document, place)
    except Refusal as refusal:
        yield Refused.by(refusal, place)
    finally:
        document.close()


def _open(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise Refusal("encrypted" if code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY) else "damaged") from error


def _records(document: PdfDocument, place: Place) -> Iterator[Found]:
    pages, scans, refused = _read(document, place)
    body = written([in_reading_order(lines) for lines in _lines(pages)])
    body = "\n\n".join(filter(None, [body, *scans]))
    if body:
        yield from records(place, _title(document, body, place.file), body)
    elif not refused:
        raise Refusal("no_text")
    if not body and len(refused) == len(document):
        raise Refusal("scan_without_text")
    yield from refused
    if len(document) > MAX_PAGES:
        yield Refused(place, "too_many_pages", {"most": MAX_PAGES})


def _read(document: PdfDocument, place: Place) -> tuple[list[Page], list[str], list[Refused]]:
    """The pages with text, what was recognised on scanned ones, and those of which nothing is known."""
    from pypdfium2 import PdfiumError

    pages: list[Page] = []
    scans: list[str] = []
    refused: list[Refused] = []
    for number in range(min(len(document), MAX_PAGES)):
        where = Place(place.file, "page", number + 1)
        try:
            page = document[number]
            read = read_page(page)
            if read.words or not read.pictures:
                pages.append(read)
            else:
                scans.append(read_scan(page, len(scans)))
            page.close()
        except PdfiumError:
            refused.append(Refused(where, "damaged"))
        except Refusal as refusal:
            refused.append(Refused.by(refusal, where))
    return pages, scans, refused


def _lines(pages: list[Page]) -> list[list[Line]]:
    ruled = [with_ruled_tables(lines_of(page.words), page) for page in pages]
    return without_running(ruled, [page.height for page in pages])


def _title(document: PdfDocument, body: str, file: str) -> str:
    """What the file calls itself, if its first page does so too; else its first heading."""
    named = sensible_title(document.get_metadata_dict().get("Title") or "")
    if named and _is_said(named, body[:SEEN]):
        return named
    return first_heading(body) or named or title_of_file(file)


def _is_said(title: str, text: str) -> bool:
    words = re.findall(r"\w+", title.casefold())
    said = set(re.findall(r"\w+", text.casefold()))
    return sum(word in said for word in words) >= 0.6 * max(len(words), 1)
