"""Any bytes under any name and any headers: a file is taken, or refused with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from conversations import limits
from conversations.models import Attachment
from tests.access.world import EDITOR, World
from tests.conversations.files import PAGE, PDF, SVG, archive, gif_and_script, picture, png_of, token_of
from tests.fuzz.values import RAW, TEXT, fuzz

FILES = [
    PDF,
    PAGE,
    SVG,
    archive(),
    gif_and_script(),
    picture(),
    picture("PNG"),
    picture("WEBP"),
    png_of(9, 9),
]
STATUSES = {201, 400, 401, 403, 404, 409, 413, 415, 422}


def torn(data: bytes) -> st.SearchStrategy[bytes]:
    """Cut off, or with something in it changed."""
    places = st.integers(0, max(0, len(data) - 1))
    return st.one_of(
        places.map(lambda at: data[:at]),
        st.tuples(places, st.binary(min_size=1, max_size=4)).map(
            lambda put: data[: put[0]] + put[1] + data[put[0] + len(put[1]) :]
        ),
    )


DATA = st.one_of(st.sampled_from(FILES), st.sampled_from(FILES).flatmap(torn), st.binary(max_size=200))
NAMES = st.one_of(TEXT.map(quote), RAW, st.just("photo.jpg"))
IDS = st.one_of(st.uuids().map(str), st.sampled_from(["", "x", "0" * 5000]))


@pytest.fixture
def world(world: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(limits, "UPLOADS_PER_HOUR", 100_000)
    monkeypatch.setattr(limits, "UPLOADS_PER_HOUR_PER_ADDRESS", 100_000)
    return world


def test_whatever_is_uploaded_is_taken_or_refused(world: World) -> None:
    tokens = [token_of(world.carla), token_of(world.carla)[:-2], "", "a.b.c", "x" * 3000]

    @fuzz(40)
    @given(DATA, NAMES, IDS, st.sampled_from(tokens))
    def send(data: bytes, name: str, client_id: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "X-File-Name": name, "X-Client-Id": client_id}
        kind = "application/octet-stream"
        answer = Client().post("/chat/files/", data, content_type=kind, headers=headers)
        assert answer.status_code in STATUSES, (answer.status_code, name)
        said = answer.json()
        assert said["name" if answer.status_code == 201 else "text"]

    send()
    for attachment in Attachment.objects.exclude(pk=world.file.pk):
        assert 0 < len(attachment.name) <= 120
        assert attachment.name.isprintable()
        assert "/" not in attachment.name


def test_whatever_is_sent_for_a_card_is_a_picture_or_refused(world: World) -> None:
    browser = world.client(EDITOR)

    @fuzz(30)
    @given(DATA)
    def send(data: bytes) -> None:
        kind = "application/octet-stream"
        answer = browser.post("/staff/flows/card-pictures/", data, content_type=kind)
        assert answer.status_code in {201, 400, 415, 422}, answer.status_code
        said = answer.json()
        if answer.status_code == 201:
            shown = Client().get(said["url"])
            assert shown.headers["Content-Type"] in ("image/png", "image/jpeg")
        else:
            assert said["error"]

    send()


def test_an_upload_for_a_stranger_is_not_found(world: World) -> None:
    headers = {"Authorization": f"Bearer {token_of(world.bruno)}", "X-Client-Id": str(uuid4())}
    answer = Client().delete(f"/chat/files/{world.file.pk}/", headers=headers)
    assert answer.status_code == 404
