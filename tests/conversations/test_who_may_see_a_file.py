"""A file is for its own customer and for staff, and nothing in it ever runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from conversations.models import Attachment, Conversation, Customer
from conversations.receiving import receive
from conversations.tokens import COOKIE
from tests.access.world import cookie_of
from tests.conversations.files import PDF, picture, token_of, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(conversation: Conversation) -> Attachment:
    return uploaded(conversation, picture(), "lamp.jpg")


@pytest.fixture
def stranger(conversation: Conversation) -> Conversation:
    return Conversation.objects.create(assistant=conversation.assistant, customer=Customer.objects.create())


def customer(conversation: Conversation) -> Client:
    browser = Client()
    browser.cookies[COOKIE] = cookie_of(conversation.customer_id)
    return browser


def bearer(conversation: Conversation) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(conversation)}"}


def staff(marie: User) -> Client:
    browser = Client()
    browser.force_login(marie)
    return browser


def sent(photo: Attachment) -> Attachment:
    receive(conversation_id=photo.conversation_id, text="", client_id=uuid4(), files=[photo.pk])
    return photo


def assert_is_harmless(answer: HttpResponse) -> None:
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Content-Type"] in {"image/jpeg", "image/png", "application/pdf", "text/plain"}


def test_a_file_is_downloaded_and_never_shown_as_a_page(conversation: Conversation) -> None:
    for data, name in ((PDF, "é “x”.pdf"), (picture(), "lamp.jpg"), (b"Hello, <b>you", "p.txt")):
        file = uploaded(conversation, data, name)
        got = customer(conversation).get(f"/chat/files/{file.pk}/")
        assert_is_harmless(got)
        assert got.headers["Content-Disposition"].startswith("attachment")


def test_only_the_small_picture_is_shown(conversation: Conversation, photo: Attachment) -> None:
    answer = customer(conversation).get(f"/chat/files/{photo.pk}/thumbnail/")
    assert_is_harmless(answer)
    assert "Content-Disposition" not in answer.headers
    assert "private" in answer.headers["Cache-Control"]
    document = uploaded(conversation, PDF, "a.pdf")
    assert customer(conversation).get(f"/chat/files/{document.pk}/thumbnail/").status_code == 404


@pytest.mark.parametrize("path", ["", "thumbnail/"])
def test_another_customer_finds_nothing(photo: Attachment, stranger: Conversation, path: str) -> None:
    where = f"/chat/files/{photo.pk}/{path}"
    assert customer(stranger).get(where).status_code == 404
    assert Client().get(where).status_code == 404
    assert Client().get(where, headers=bearer(stranger)).status_code == 404
    assert Client().get(f"/chat/files/{uuid4()}/{path}").status_code == 404


def test_a_page_without_cookies_comes_with_its_token(conversation: Conversation, photo: Attachment) -> None:
    assert Client().get(f"/chat/files/{photo.pk}/", headers=bearer(conversation)).status_code == 200


def test_an_expired_token_shows_nothing_even_beside_a_good_cookie(
    conversation: Conversation, photo: Attachment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conversations.tokens.TOKEN_AGE", -1)
    got = customer(conversation).get(f"/chat/files/{photo.pk}/", headers=bearer(conversation))
    assert got.status_code == 404


def test_staff_see_what_was_sent_and_not_what_was_not(photo: Attachment, marie: User) -> None:
    for path in ("", "thumbnail/"):
        where = f"/staff/files/{photo.pk}/{path}"
        assert staff(marie).get(where).status_code == 404
        assert Client().get(where).status_code == 302
    sent(photo)
    assert_is_harmless(staff(marie).get(f"/staff/files/{photo.pk}/"))
    assert_is_harmless(staff(marie).get(f"/staff/files/{photo.pk}/thumbnail/"))


def test_what_was_not_sent_can_be_taken_back_by_its_own_customer_only(
    conversation: Conversation, photo: Attachment, stranger: Conversation
) -> None:
    where = f"/chat/files/{photo.pk}/"
    assert customer(conversation).delete(where).status_code == 401  # a page elsewhere could send a cookie
    assert Client().delete(where, headers=bearer(stranger)).status_code == 404
    assert Client().delete(where, headers=bearer(conversation)).status_code == 204
    assert not Attachment.objects.exists()


def test_what_was_sent_stays(conversation: Conversation, photo: Attachment) -> None:
    sent(photo)
    answer = Client().delete(f"/chat/files/{photo.pk}/", headers=bearer(conversation))
    assert answer.status_code == 404
    assert Attachment.objects.exists()


def test_bytes_that_are_gone_from_the_disk_are_not_there(
    conversation: Conversation, photo: Attachment
) -> None:
    Path(photo.file.path).unlink()
    assert customer(conversation).get(f"/chat/files/{photo.pk}/").status_code == 404
