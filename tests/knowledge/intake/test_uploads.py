"""Uploaded files are kept in pieces, under names that lead nowhere else, and only so many of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake import tidying, uploads
from knowledge.intake.uploads import _safe
from knowledge.models import ImportRun, Source, Upload, UploadPart
from tests.knowledge.intake.importing import ADD, articles, do_jobs, states

pytestmark = pytest.mark.django_db


def new_run() -> ImportRun:
    return ImportRun.objects.create(source=Source.objects.create(name="Shop"))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "c:\\windows\\x.md",
        "..",
        "a/../../b.md",
        "\x00.md",
        "",
        "/",
        "." * 300,
    ],
)
def test_a_name_cannot_lead_out_of_the_folder(tmp_path, name):
    run = new_run()
    uploads.keep(run, SimpleUploadedFile("x.md", b"text"), name=name)
    with uploads.written(run) as (root, _pages):
        assert root.read_bytes() == b"text" and "causerie-import-" in root.parts[2]


@given(st.text(max_size=400))
def test_any_name_is_a_relative_path(name):
    parts = _safe(name).split("/")
    assert all(part not in {"", ".", ".."} for part in parts) and len(_safe(name)) <= 300


def test_a_big_file_comes_back_whole(monkeypatch):
    monkeypatch.setattr(uploads, "PART", 10)
    run = new_run()
    data = bytes(range(256)) * 3
    with TemporaryUploadedFile("a.bin", "", len(data), None) as file:  # what a browser's big file becomes
        file.write(data)
        uploads.keep(run, file)
    assert UploadPart.objects.count() == 77
    with uploads.written(run) as (path, _pages):
        assert path.read_bytes() == data


def test_files_of_one_name_are_kept_apart():
    run = new_run()
    for text in (b"one", b"two"):
        uploads.keep(run, SimpleUploadedFile("a.md", text))
    with uploads.written(run) as (root, _pages):
        assert {path.name: path.read_bytes() for path in root.iterdir()} == {
            "a.md": b"one",
            "a (2).md": b"two",
        }


def test_too_much_is_refused_with_a_sentence_and_leaves_nothing(editor, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_TOTAL", 1_000_000)
    big = SimpleUploadedFile("big.md", b"x" * 1_000_001)
    page = editor.post(ADD, {"files": [big], "audience": "everyone"}, follow=True).content.decode()
    assert "may have 1 MB together" in page
    assert not Upload.objects.exists() and ImportRun.objects.get().state == "cancelled"


def test_files_come_in_pieces_and_a_piece_that_comes_twice_is_kept_once(editor):
    asked = editor.post(ADD, {"first": "lamps.jsonl"}, headers={"accept": "application/json"}).json()
    data = articles("Lamps", "Plugs").read()
    first = {"file": SimpleUploadedFile("x", data[:50]), "name": "shop/lamps.jsonl", "size": len(data)}
    said = editor.post(asked["file"], first).json()
    assert (said["name"], said["at"]) == ("shop/lamps.jsonl", 50)
    assert editor.post(asked["start"]).status_code == 400  # the rest has not come
    rest = {"upload": said["upload"], "at": 50}
    for _time in range(2):
        said = editor.post(asked["file"], {"file": SimpleUploadedFile("x", data[50:]), **rest}).json()
        assert said["at"] == len(data)
    editor.post(asked["start"])
    do_jobs()
    run = ImportRun.objects.get()
    assert set(states(run)) == {"Lamps", "Plugs"} and run.source.name == "lamps"
    assert editor.post(asked["file"], {"file": articles("Plugs")}).status_code == 404


def test_more_than_was_said_is_not_kept(editor):
    asked = editor.post(ADD, {"first": "a.md"}, headers={"accept": "application/json"}).json()
    said = editor.post(
        asked["file"], {"file": SimpleUploadedFile("x", b"12345"), "name": "a.md", "size": 3}
    ).json()
    assert said["at"] == 0 and not UploadPart.objects.exists()


def test_a_page_that_was_closed_before_the_files_came_is_forgotten(editor):
    editor.post(ADD, {"first": "lamps.jsonl"}, headers={"accept": "application/json"})
    tidying.tidy()
    assert ImportRun.objects.get().state == "queued"
    ImportRun.objects.update(created_at="2020-01-01T00:00Z")
    tidying.tidy()
    assert ImportRun.objects.get().state == "cancelled"


def test_a_name_that_is_taken_is_asked_about(editor):
    Source.objects.create(name="Shop")
    page = editor.post(ADD, {"name": "Shop", "files": [articles("Lamps")]}).content.decode()
    assert "There is a source with this name already" in page
    assert reverse("admin:knowledge_importrun_add") and not ImportRun.objects.exists()
