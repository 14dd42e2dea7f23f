"""The trail is only added to: PostgreSQL refuses everything else, and the door keeps no secret."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.audit.keeping import forget_before
from accounts.audit.rows import AuditEntry
from accounts.audit.standing import shortened
from accounts.models import User
from accounts.tasks import forget_old_entries

pytestmark = pytest.mark.django_db


def entry(**more: Any) -> AuditEntry:
    audit.record(audit.Action.EXPORTED, label="A list", **more)
    found = AuditEntry.objects.first()
    assert found is not None
    return found


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        return "never changed" in str(error)
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET label = 'Nothing'",
        "UPDATE accounts_auditentry SET who_id = NULL, who_name = 'Somebody'",
        "UPDATE accounts_auditentry SET at = now() - interval '1 year'",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_nobody_changes_an_entry_or_deletes_one(statement: str) -> None:
    entry()
    assert refused(statement)
    assert AuditEntry.objects.get().label == "A list"


def test_the_product_cannot_either() -> None:
    found = entry()
    found.label = "Nothing"
    with pytest.raises(Error), transaction.atomic():
        found.save()
    with pytest.raises(Error), transaction.atomic():
        found.delete()
    with pytest.raises(Error), transaction.atomic():
        AuditEntry.objects.update(label="Nothing")


def test_the_name_stays_when_the_account_is_deleted() -> None:
    anna = User.objects.create_user("anna", first_name="Anna", last_name="Weber")
    entry(by=anna)
    anna.delete()
    left = AuditEntry.objects.get()
    assert (left.who, left.who_name) == (None, "Anna Weber")


def test_what_is_too_old_leaves_by_one_way_alone_and_that_is_told() -> None:
    with transaction.atomic():
        entry()
    old = AuditEntry.objects.create(action="exported", via="page", at=timezone.now() - timedelta(days=400))
    assert forget_before(timezone.now() - timedelta(days=365)) == 1
    assert not AuditEntry.objects.filter(pk=old.pk).exists()
    told = AuditEntry.objects.first()
    assert told is not None
    assert (told.action, told.after["number"]) == ("forgotten", 1)
    assert refused("DELETE FROM accounts_auditentry")


@pytest.mark.parametrize(("days", "left"), [(0, 1), (365, 0), (500, 1)])
def test_how_long_it_is_kept_is_a_setting(settings: Any, days: int, left: int) -> None:
    settings.AUDIT_KEEP_DAYS = days
    old = AuditEntry.objects.create(action="exported", via="page", at=timezone.now() - timedelta(days=400))
    forget_old_entries()
    assert AuditEntry.objects.filter(pk=old.pk).count() == left


def test_no_secret_stands_in_it_however_deep_and_however_it_is_called() -> None:
    secret = "4f9a-very-secret"
    values = {
        "password": secret, "new_secret": secret, "apiKey": secret, "X-Api-Key": secret, "token": secret,
        "accessToken": secret, "key": secret, "headers": {"X-Shop": secret}, "sealed": secret.encode(),
        "parts": [{"deep": {"client_secret": secret, "name": "kept"}}],
        "url": f"https://user:{secret}@shop.example/x",
    }  # fmt: skip
    found = entry(before=values, after={**values, "password": ""})
    assert secret not in str((found.before, found.after))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM accounts_auditentry")
        assert "very" not in cursor.fetchone()[0]
    assert found.after["parts"][0]["deep"]["name"] == "kept"
    assert found.after["password"] == ""  # that it was taken out is no secret


def test_what_cannot_be_stored_is_stored_all_the_same() -> None:
    found = entry(after={"text": "a\x00b" * 4_000, "when": timezone.now(), "many": list(range(1_000))})
    assert len(found.after["text"]) == 4_001
    assert len(found.after["many"]) == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(address: str, network: str) -> None:
    assert shortened(address) == network


def test_an_entry_costs_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        audit.record(audit.Action.EXPORTED, label="A list")
