"""No file does harm: what is broken, lies or explodes is refused with a code, and quickly."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.loaders.base import Conversation, RawFile, Record, Refused
from knowledge.loaders.kinds import load_file
from knowledge.refusals import REASONS
from tests.knowledge.loaders.making import (
    OFFICE,
    body,
    codes,
    docx,
    epub,
    odt,
    paragraph,
    pdf,
    pptx,
    shape,
    xlsx,
    zipped,
)

WHOLE = {
    "pdf": pdf([(50, 100, 11, "Some words on a page.")]),
    "docx": docx(paragraph("Some words.")),
    "xlsx": xlsx({"A": [["Question", "Answer"], ["Where?", "Here."]]}),
    "pptx": pptx(shape("Title", kind="title")),
    "odt": odt("<text:p>Words</text:p>"),
    "epub": epub({"a.xhtml": "<p>Words</p>"}),
    "rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}} Some words\\par and more}",
    "html": b"<html><body><p>Words</p></body></html>",
    "csv": b"Question,Answer\nWhere?,Here.\nWhen?,Now.\n",
    "jsonl": b'{"id": "a", "title": "A", "body": "Text"}\n',
}
TYPES = '<Types><Override ContentType="x.{}.main+xml"/></Types>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    + "]>"
)
# The first file of a kind waits for its library.
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])
FOUND = (Record, Conversation, Refused)


def check(name: str, data: bytes) -> None:
    for each in load_file(RawFile(name, data)):
        assert isinstance(each, FOUND)
        assert not isinstance(each, Refused) or each.code in REASONS


@given(
    st.binary(max_size=300), st.sampled_from(["a", *(f"a.{kind}" for kind in [*WHOLE, "md", "txt", "json"])])
)
def test_any_bytes_under_any_name_are_read_or_refused(data, name):
    check(name, data)


STARTS = [
    b"%PDF-1.4\n",
    b"{\\rtf1",
    b"<html>",
    b"<p>",
    b"---\n",
    b"a;b\n",
    b"{",
    b"[",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]


@UNHURRIED
@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_any_bytes_after_a_true_beginning_are_read_or_refused(start, data):
    check("a", start + data)


@UNHURRIED
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_file_with_some_bytes_changed_is_read_or_refused(kind, at, data):
    whole = WHOLE[kind]
    place = at % len(whole)
    check(f"a.{kind}", whole[:place] + data + whole[place + len(data) :])


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_file_cut_off_anywhere_is_read_or_refused(kind):
    whole = WHOLE[kind]
    for end in range(1, len(whole), max(len(whole) // 25, 1)):
        check(f"a.{kind}", whole[:end])


def laughing(kind: str) -> bytes:
    if kind == "docx":
        return zipped(
            {
                "[Content_Types].xml": TYPES.format("wordprocessingml.document"),
                "word/document.xml": f"{LAUGHS}<document>&a9;</document>",
            }
        )
    if kind == "xlsx":
        return zipped(
            {
                "[Content_Types].xml": TYPES.format("spreadsheetml.sheet"),
                "xl/workbook.xml": f"{LAUGHS}<workbook>&a9;</workbook>",
            }
        )
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": f"{LAUGHS}<container>&a9;</container>"}
    )


@pytest.mark.parametrize("kind", ["docx", "xlsx", "epub"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused_at_once(kind, encoding):
    data = laughing(kind)
    if encoding == "utf-16":
        data = zipped(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": f"{LAUGHS}<a>&a9;</a>".encode("utf-16"),
            }
        )
    start = time.monotonic()
    assert codes(f"a.{kind}", data) == ["xml_entities"]
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_a_bomb_inside_a_document_is_refused_at_once(part):
    parts = {
        "[Content_Types].xml": TYPES.format("wordprocessingml.document"),
        "word/document.xml": "<document/>",
        part: b" " * 30_000_000,
    }
    start = time.monotonic()
    assert codes("a.docx", zipped(parts)) == ["packed_too_tight"]
    assert time.monotonic() - start < 2


def test_a_page_tree_that_bites_its_tail_is_refused():
    data = pdf([(50, 100, 11, "Words")], extra="/Kids [2 0 R 2 0 R 5 0 R]")
    check("a.pdf", data)
    check("a.pdf", pdf([(50, 100, 11, "Words")], extra="/Parent 2 0 R /Kids [2 0 R]"))


def nested_html() -> bytes:
    return b"<html><body>" + b"<div>" * 50_000 + b"words"


def nested_markup() -> bytes:
    return b"<p>" + b"<b><i>" * 400 + b"words"


def nested_json() -> bytes:
    return b"[" * 100_000


def nested_rtf() -> bytes:
    return b"{\\rtf1 " + b"{" * 100_000 + b"words"


def nested_word() -> bytes:
    return docx("<w:sdt>" * 3_000 + "</w:sdt>" * 3_000)


def nested_table() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 80)


def long_line() -> bytes:
    return b"Q: " + b"a" * 500_000


def many_quotes() -> bytes:
    return b'a,"b\n' * 20_000


def many_dashes() -> bytes:
    return b"---\n" + b"- \n" * 10_000


def many_tags() -> bytes:
    return b"<!--" * 200_000 + b"<p"


def many_forms() -> bytes:
    return b"<p>" + b"<form><ul><li><a href=x>y</a>" * 3_000


@pytest.mark.parametrize(
    "made",
    [nested_html, nested_markup, nested_json, nested_rtf, nested_word, nested_table, long_line, many_quotes,
     many_dashes, many_tags, many_forms],
)  # fmt: skip
def test_what_is_nested_or_repeated_without_end_is_read_or_refused_in_seconds(made: Callable[[], bytes]):
    data = made()
    start = time.process_time()
    for name in ("a", "a.txt", "a.html", "a.md", "a.csv"):
        check(name, data)
    assert time.process_time() - start < 20


def test_a_picture_linked_from_a_document_is_not_fetched():
    namespaces = (
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{OFFICE}"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    graphic = f'<a:graphic {namespaces}><a:graphicData><a:blip r:link="i1"/></a:graphicData></a:graphic>'
    picture = f"<w:p><w:r><w:drawing><wp:inline {namespaces}>{graphic}</wp:inline></w:drawing></w:r></w:p>"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{package}"><Relationship Id="i1" TargetMode="External" Type="{OFFICE}/image"'
        ' Target="file:///etc/passwd"/></Relationships>'
    )
    data = docx(picture + paragraph("Words"), parts={"word/_rels/document.xml.rels": rels})
    assert body("a.docx", data) == "Words"
