"""What customers upload: looked at apart, drawn anew or refused with what to do, stored once (S10)."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from PIL import Image

from conversations import limits
from conversations.attachments import taking_in
from conversations.attachments.calling import safe_name
from conversations.models import Attachment, Conversation
from tests.conversations.files import (
    PAGE,
    PDF,
    SCRIPT,
    SVG,
    archive,
    gif_and_script,
    photo,
    picture,
    png_of,
    token_of,
    upload,
    uploaded,
)
from untrusted.base import Refusal
from untrusted.receiving import write_down

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_keeps_its_pixels_the_right_way_up_and_nothing_else(conversation: Conversation) -> None:
    attachment = uploaded(conversation, photo(), "IMG_1234.JPEG")
    data = attachment.file.read()
    assert b"Secret" not in data
    assert b"Exif" not in data
    assert b"made at home" not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert drawn.size == (480, 640)
        assert not drawn.getexif()
    with Image.open(attachment.thumbnail) as small:
        assert max(small.size) == 480
    assert (attachment.name, attachment.kind, attachment.size) == ("IMG_1234.JPEG", "picture", len(data))


@pytest.mark.parametrize(
    ("kind", "name", "called", "media_type"),
    [
        ("PNG", "a.png", "a.png", "image/png"),
        ("GIF", "a.gif", "a.png", "image/png"),
        ("WEBP", "a.webp", "a.jpg", "image/jpeg"),
        ("JPEG", "a.png", "a.jpg", "image/jpeg"),
    ],
)
def test_a_picture_is_called_what_it_is(
    conversation: Conversation, kind: str, name: str, called: str, media_type: str
) -> None:
    attachment = uploaded(conversation, picture(kind), name)
    assert (attachment.name, attachment.media_type) == (called, media_type)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "invoice.pdf", "application/pdf"),
        (b"Two lamps, \xc3\xa9teintes", "list.txt", "text/plain"),
        (b"a;b\n1;2\n", "list.csv", "text/plain"),
        (b"junk " * 300 + PDF, "late.pdf.txt", "text/plain"),
    ],
)
def test_documents_are_kept_as_they_are(
    conversation: Conversation, data: bytes, name: str, media_type: str
) -> None:
    attachment = uploaded(conversation, data, name)
    assert (attachment.file.read(), attachment.name, attachment.media_type) == (data, name, media_type)
    assert not attachment.thumbnail


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"", "empty.png", 400, "empty"),
        (b" \n", "empty.txt", 400, "empty"),
        (png_of(50_000, 50_000), "bomb.png", 422, "too_many_pixels"),
        (png_of(2_000, 2_000), "torn.png", 422, "damaged"),
        (picture()[:4000], "torn.jpg", 422, "damaged"),
        (SVG, "drawing.svg", 415, "wrong_kind"),
        (SVG, "drawing.png", 415, "wrong_kind"),
        (PAGE, "page.png", 415, "wrong_kind"),
        (PAGE, "page.txt", 415, "wrong_kind"),
        (archive(), "invoice.pdf", 415, "wrong_kind"),
        (archive("[Content_Types].xml"), "letter.docx", 415, "wrong_kind"),
        (b"MZ\x90\x00" + bytes(200), "photo.jpg", 415, "wrong_kind"),
        (b"#!/bin/sh\nrm -rf /", "notes.txt", 415, "wrong_kind"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_refused_and_nothing_of_it_stays(
    conversation: Conversation, tmp_path: Path, data: bytes, name: str, status: int, code: str
) -> None:
    answer = upload(conversation, data, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.json()
    assert answer.json()["text"].endswith(".")
    assert not Attachment.objects.exists()
    assert kept(tmp_path) == []


@pytest.mark.parametrize("data", [gif_and_script(), picture("GIF") + SCRIPT, picture("PNG") + PAGE])
def test_a_picture_that_is_a_script_too_is_only_a_picture_afterwards(
    conversation: Conversation, data: bytes
) -> None:
    attachment = uploaded(conversation, data, "photo.gif")
    assert b"alert" not in attachment.file.read()
    assert b"alert" not in attachment.thumbnail.read()


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\me\\photo.jpg", "image/jpeg", "photo.jpg"),
        ("photo\x00.jpg", "image/jpeg", "photo.jpg"),
        ("gpj.\u202eexe.jpg", "image/jpeg", "gpj.exe.jpg"),
        ("  .hidden ", "application/pdf", "hidden.pdf"),
        ("page.html", "text/plain", "page.html.txt"),
        ("", "image/png", "file.png"),
        ("...", "image/png", "file.png"),
        ("a\r\nb.pdf", "application/pdf", "a b.pdf"),
        ('x"><img src=y>.png', "image/png", "x___img src=y_.png"),
        ("Éclairage à l’été.PDF", "application/pdf", "Éclairage à l’été.PDF"),
        ("photo.WEBP", "image/jpeg", "photo.jpg"),
    ],
)
def test_a_name_is_one_plain_line_that_says_what_the_file_is(name: str, media_type: str, safe: str) -> None:
    assert safe_name(name, media_type) == safe


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    name = safe_name("x" * 5000 + ".pdf", "application/pdf")
    assert len(name) == 120
    assert name.endswith("x.pdf")


def test_a_card_number_in_a_name_is_masked(conversation: Conversation) -> None:
    assert "4111" not in uploaded(conversation, PDF, "card 4111 1111 1111 1111.pdf").name


def test_a_name_that_no_system_takes_is_no_trouble(conversation: Conversation) -> None:
    assert uploaded(conversation, PDF, "a\x00b.pdf").name == "ab.pdf"


def test_the_same_upload_is_stored_once(conversation: Conversation, tmp_path: Path) -> None:
    client_id = uuid4()
    first = upload(conversation, PDF, "a.pdf", client_id=client_id).json()
    assert upload(conversation, PDF, "a.pdf", client_id=client_id).json() == first
    assert Attachment.objects.count() == 1
    assert len(kept(tmp_path)) == 1


def test_what_is_too_large_is_refused_while_it_comes(conversation: Conversation) -> None:
    conversation.assistant.largest_file = 1
    conversation.assistant.save()
    answer = upload(conversation, PDF + bytes(1_000_000), "a.pdf")
    assert answer.status_code == 413
    assert answer.json()["text"] == "The file is larger than 1 MB. Send a smaller one."


def test_a_length_that_lies_does_not_help(conversation: Conversation, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_down(io.BytesIO(bytes(2_000_000)), tmp_path / "given", most=1_000_000)
    assert refused.value.code == "too_large"
    assert (tmp_path / "given").stat().st_size <= 1_000_000


@pytest.mark.parametrize(
    ("pictures", "documents", "data", "status"),
    [
        (False, True, picture(), 415),
        (True, False, PDF, 415),
        (False, False, PDF, 403),
        (False, True, PDF, 201),
        (True, False, picture(), 201),
    ],
)
def test_an_assistant_takes_what_it_is_set_to(
    conversation: Conversation, pictures: bool, documents: bool, data: bytes, status: int
) -> None:
    assistant = conversation.assistant
    assistant.takes_pictures, assistant.takes_documents = pictures, documents
    assistant.save()
    assert upload(conversation, data, "x").status_code == status


def test_a_conversation_holds_so_many_files_and_no_more(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "MOST_FILES", 2)
    assert [upload(conversation, PDF, "a.pdf").status_code for _n in range(3)] == [201, 201, 409]


def test_too_many_in_a_while_have_to_wait(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADS_PER_HOUR", 1)
    assert upload(conversation, PDF, "a.pdf").status_code == 201
    answer = upload(conversation, PDF, "a.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_without_a_token_of_ours_nothing_is_taken(conversation: Conversation, token: str) -> None:
    assert upload(conversation, PDF, token=token).status_code == 401


def test_an_expired_token_says_so(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conversations.tokens.TOKEN_AGE", -1)
    answer = upload(conversation, PDF)
    assert (answer.status_code, answer.json()["code"]) == (401, "expired")


def test_a_token_of_a_conversation_that_was_erased_opens_nothing(conversation: Conversation) -> None:
    token = token_of(conversation)
    conversation.delete()
    assert upload(conversation, PDF, token=token).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_hundred_uploads_at_once_leave_as_many_files_as_rows(
    conversation: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "MOST_FILES", 10)
    monkeypatch.setattr(limits, "UPLOADS_PER_HOUR", 30)

    def send(number: int) -> int:
        try:
            return upload(conversation, PDF, f"{number}.pdf").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(100) as threads:
        statuses = list(threads.map(send, range(100)))
    assert set(statuses) <= {201, 409, 429, 503}
    assert statuses.count(201) == Attachment.objects.count() == len(kept(tmp_path)) <= 10
    assert 201 in statuses
