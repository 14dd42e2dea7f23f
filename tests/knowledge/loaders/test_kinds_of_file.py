"""A file is taken for what it holds, whatever it is called; what cannot be read is refused with a reason."""

from __future__ import annotations

import subprocess
import sys

import pytest

from knowledge.loaders.base import RawFile, Refusal
from knowledge.loaders.kinds import KINDS
from knowledge.loaders.sniffing import kind_of
from knowledge.refusals import REASONS
from tests.knowledge.loaders.making import codes, docx, epub, odt, paragraph, pdf, pptx, shape, xlsx, zipped
from tests.source import ROOT

ONE_PAGE = pdf([(50, 100, 11, "Some words.")])


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("report.docx", ONE_PAGE, "pdf"),
        ("report.pdf", docx(paragraph("Words")), "docx"),
        ("table.csv", xlsx({"A": [["a", "b"]]}), "sheet"),
        ("x", pptx(shape("A title", kind="title")), "pptx"),
        ("x.zip", epub({"a.xhtml": "<p>Words</p>"}), "epub"),
        ("x.doc", odt("<text:p>Words</text:p>"), "odt"),
        ("x.doc", b"{\\rtf1\\ansi Words}", "rtf"),
        ("x.txt", b"<!DOCTYPE html>\n<html><body>Words</body></html>", "html"),
        ("x.html", b"<p>Words</p>", "html"),
        ("x.md", b"<div>Words</div>", "markdown"),
        ("x.txt", b"---\nid: lamp\ntitle: The lamp\n---\n\nIt shines.", "markdown"),
        ("x", b"## One\n\nText.\n\n## Two\n\nText.", "markdown"),
        ("x.txt", b"Words, and more, and even more.\nA second line.", "text"),
        ("x.csv", b"one column\nonly\n", "csv"),
        ("x", b"a;b;c\n1;2;3\n4;5;6\n", "csv"),
        (
            "x",
            b"In all shops, with it, today.\nBy post, or by hand, later.\nWe pay, as said, for it.",
            "text",
        ),
        ("x.txt", b"a\tb\n1\t2\n3\t4\n", "csv"),
        ("x.jsonl", b'{"id": "a"}\n', "jsonl"),
        (
            "x.json",
            b'{"id": "a", "title": "A", "body": "Text"}\n{"id": "b", "title": "B", "body": "Text"}',
            "jsonl",
        ),
        ("x.json", b'[{"id": "a", "title": "A", "body": "Text"}]', "json_list"),
        ("x", "Grüße\nÀ bientôt".encode("cp1252"), "text"),
        ("x", "\ufeffWords".encode("utf-16"), "text"),
        ("x", "Words without a mark".encode("utf-16-le"), "text"),
    ],
)
def test_a_file_is_taken_for_what_it_holds(name, data, kind):
    assert kind_of(RawFile(name, data)) == kind
    assert kind in KINDS


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \n\x00", "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (b"MZ\x90\x00" + bytes(60), "program"),
        (b"\x7fELF" + bytes(60), "program"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(20), "sound_or_film"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "archive_inside"),
        (zipped({"inner.txt": "words"}), "archive_inside"),
        (zipped({}), "empty_file"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "old_powerpoint"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown_kind"),
        (bytes(range(256)) * 4, "unknown_kind"),
        (b"<?xml version='1.0'?><feed/>", "unknown_kind"),
        (b'{"settings": true}', "unknown_json"),
        (b'[{"text": "no document"}]', "unknown_json"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(data, code):
    with pytest.raises(Refusal) as refusal:
        kind_of(RawFile("x", data))
    assert refusal.value.code == code
    assert codes("x", data) == [code]


def test_broken_json_says_what_is_wrong_with_it():
    assert codes("x.json", "[{") == ["not_json"]


def test_program_text_and_settings_are_no_articles():
    for name in ("a.py", "a.yml", "a.css", "a.log", "a.svg"):
        assert codes(name, "key: value\nother: value\n") == ["unknown_kind"]


def test_every_code_has_its_words():
    source = "".join(path.read_text() for path in (ROOT / "knowledge" / "loaders").rglob("*.py"))
    used = {code for code in REASONS if f'"{code}"' in source}
    assert {"picture", "scan_without_text", "no_answer", "xml_entities", "too_many_rows"} <= used


def test_reading_needs_no_django_and_markdown_no_library_of_another_kind():
    program = (
        "import sys\n"
        "from knowledge.loaders.base import RawFile\n"
        "from knowledge.loaders.kinds import KINDS, load_file\n"
        "assert list(load_file(RawFile('a.md', b'# A\\n\\nText')))\n"
        "heavy = {'django', 'bs4', 'lxml', 'pypdfium2', 'mammoth', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "import importlib, pkgutil, knowledge.loaders\n"
        "for found in pkgutil.walk_packages(knowledge.loaders.__path__, 'knowledge.loaders.'):\n"
        "    importlib.import_module(found.name)\n"
        "assert 'django' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
