"""A page that is not there leads on: staff to their inbox, everybody else to the chat."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User

pytestmark = pytest.mark.django_db
INBOX, CHAT = 'href="/staff/">', 'href="/">Ask a question'


def test_staff_are_led_back_to_their_inbox(client: Client) -> None:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    page = client.get("/staff/nowhere/")
    assert page.status_code == 404 and INBOX in page.text and CHAT not in page.text
    assert CHAT in client.get("/nowhere/").text


def test_others_are_led_to_the_chat(client: Client) -> None:
    page = client.get("/staff/nowhere/")
    assert page.status_code == 404 and CHAT in page.text and INBOX not in page.text
