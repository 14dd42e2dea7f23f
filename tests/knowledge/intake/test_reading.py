"""Files are read by a process of their own, which no file can keep from reading the others."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from knowledge.intake.reading import Progress, ReadingFailed, read_files
from knowledge.loaders.base import Record, Refused
from tests.knowledge.lines import LAMP
from untrusted import process


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.md").write_text(text)
    return path


def test_what_files_hold_comes_from_another_process(tmp_path):
    progress = Progress()
    found = list(read_files(folder(tmp_path, lamp=LAMP, plug=LAMP), progress=progress))
    assert [record.path for record in found if isinstance(record, Record)] == ["lamp.md", "plug.md"]
    assert (progress.units, progress.ended) == (2, True)


def test_reading_can_begin_in_the_middle(tmp_path):
    (found,) = read_files(folder(tmp_path, lamp=LAMP, plug=LAMP), first=1)
    assert isinstance(found, Record) and found.path == "plug.md"


@pytest.fixture
def a_loader_that(monkeypatch, tmp_path):
    """The real reading process, with one kind of file replaced by something that misbehaves."""

    def make(body: str) -> Path:
        home = tmp_path / "home"
        home.mkdir()
        (home / "sitecustomize.py").write_text(
            textwrap.dedent(
                """
                from knowledge.loaders import kinds
                plain = kinds.load_file
                def load_file(file):
                    if file.name.startswith("bad"):
                        BODY
                    return plain(file)
                kinds.load_file = load_file
                """
            ).replace("BODY", body)
        )
        environment = process.environment
        path = os.pathsep.join([str(home), environment()["PYTHONPATH"]])
        monkeypatch.setattr(process, "environment", lambda: environment() | {"PYTHONPATH": path})
        files = tmp_path / "files"
        files.mkdir()
        return folder(files, bad=LAMP, lamp=LAMP, bad2=LAMP, plug=LAMP)

    return make


@pytest.mark.parametrize(
    ("misbehaviour", "code"),
    [
        ("import os; os.abort()", "reader_failed"),
        ("x = bytearray(3_000_000_000)", "took_too_much"),
        ("raise MemoryError", "took_too_much"),
        ("raise RecursionError('deep')", "damaged"),
        ("raise ValueError('what nobody thought of')", "damaged"),
    ],
)
def test_a_file_that_ends_the_process_is_named_and_the_others_are_read(a_loader_that, misbehaviour, code):
    found = list(read_files(a_loader_that(misbehaviour)))
    assert [(each.place.file, each.code) for each in found if isinstance(each, Refused)] == [
        ("bad.md", code),
        ("bad2.md", code),
    ]
    assert [each.path for each in found if isinstance(each, Record)] == ["lamp.md", "plug.md"]


def test_a_file_that_takes_too_long_is_given_up(a_loader_that, monkeypatch):
    root = a_loader_that(
        "from untrusted import confinement; confinement.allow_more_time(0)\n        while True: pass"
    )
    found = list(read_files(root))
    assert [each.code for each in found if isinstance(each, Refused)] == ["took_too_long"] * 2
    assert len(found) == 4


def test_the_process_knows_no_secret_and_reaches_no_network(a_loader_that, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    root = a_loader_that(
        "import os, socket; from knowledge.loaders.base import Place, Record\n"
        "        seen = ' '.join(sorted(os.environ))\n"
        "        try: socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "        except OSError as error: seen += ' ' + type(error).__name__\n"
        "        return iter([Record(Place(file.name), {'title': seen})])"
    )
    told = [each.fields["title"] for each in read_files(root) if isinstance(each, Record)][0]
    assert "DATABASE_URL" not in told and "SECRET_KEY" not in told
    if not may_have_a_network_of_its_own():
        pytest.skip("this machine lets nobody make a network namespace: only the rest is shown")
    assert told.split()[-1] == "OSError"  # nothing there, which is not the same as a closed port


def may_have_a_network_of_its_own() -> bool:
    code = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x40000000) and 1)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_process_that_cannot_start_is_an_error_and_not_an_empty_import(monkeypatch, tmp_path):
    monkeypatch.setattr(process, "environment", lambda: {"PYTHONHOME": str(tmp_path)})
    with pytest.raises(ReadingFailed):
        list(read_files(folder(tmp_path, lamp=LAMP)))
