"""Signing in and out, new passwords and roles, in the trail."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.audit.rows import AuditEntry
from accounts.models import Role, User

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of Anna"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", password=PASSWORD, role=Role.EDITOR)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_signing_in_and_out_is_kept_with_the_network(client: Client, anna: User) -> None:
    data = {"username": "anna", "password": PASSWORD}
    client.post("/staff/sign-in/", data, REMOTE_ADDR="203.0.113.77")
    client.post("/staff/sign-out/")
    assert actions() == ["signed_in", "signed_out"]
    first = AuditEntry.objects.last()
    assert first is not None
    assert (first.who, first.via, first.address) == (anna, "page", "203.0.113.0/24")


def test_a_wrong_password_is_kept_with_the_account_that_was_tried(client: Client, anna: User) -> None:
    client.post("/staff/sign-in/", {"username": "anna", "password": "guess-guess"})
    found = AuditEntry.objects.get()
    assert (found.action, found.label, found.who) == ("sign_in_failed", "anna", None)


def test_what_is_nobodys_name_is_not_kept(client: Client, anna: User) -> None:
    """It may be a password that somebody typed into the wrong field."""
    client.post("/staff/sign-in/", {"username": PASSWORD, "password": "x"})
    client.post("/staff/sign-in/", {"username": "a\x00b", "password": "x"})
    assert set(actions()) <= {"sign_in_failed"}
    assert not AuditEntry.objects.exclude(label="").exists()


def test_a_new_role_says_from_what_to_what(client: Client, anna: User) -> None:
    boss = User.objects.create_user("boss", role=Role.ADMIN)
    client.force_login(boss)
    form = {"username": "anna", "role": "admin", "is_active": "on", "language": ""}
    assert client.post(f"/admin/accounts/user/{anna.pk}/change/", form).status_code == 302
    found = AuditEntry.objects.get(action="role")
    assert (found.who, found.label, found.via) == (boss, "anna", "admin")
    assert (found.before["role"], found.after["role"]) == ("editor", "admin")


def test_a_new_password_is_told_and_not_kept(client: Client, anna: User) -> None:
    anna.set_password("another long password")
    anna.save()
    found = AuditEntry.objects.get()
    assert (found.action, found.key, found.before, found.after) == ("password", str(anna.pk), {}, {})
