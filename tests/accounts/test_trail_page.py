"""The page of the trail: what it shows, finds, leads to and gives out as a file."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from accounts import audit
from accounts.audit.rows import AuditEntry
from accounts.models import Role, User
from knowledge.models import Category

pytestmark = pytest.mark.django_db
PAGE = "/staff/audit/"


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_user("boss", first_name="Béa", last_name="Roy", role=Role.ADMIN)
    client.force_login(boss)
    return boss


def page(client: Client, **query: object) -> str:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def labels(client: Client, **query: object) -> list[str]:
    response = client.get(PAGE, query)
    return [entry["row"].label for entry in response.context["entries"]]


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("editor", 403), ("admin", 200)])
def test_it_is_for_admins(client: Client, role: str, status: int) -> None:
    client.force_login(User.objects.create_user("anna", role=role))
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}csv/").status_code == status


def test_it_shows_before_and_after_and_leads_to_the_thing(client: Client, boss: User) -> None:
    shelf = Category.objects.create(name="Shelf", language="en")
    audit.record(audit.Action.CHANGED, shelf, by=boss, before={"name": "Old"}, after={"name": "Shelf"})
    shown = page(client, action="changed")
    assert "Béa Roy" in shown
    assert f'href="/admin/knowledge/category/{shelf.pk}/change/"' in shown
    assert "Old</del>" in shown
    assert "Shelf</ins>" in shown


def test_of_a_long_text_only_what_differs_is_shown(client: Client, boss: User) -> None:
    lines = [f"line {number}" for number in range(40)]
    new = [*lines[:20], "quite another", *lines[21:]]
    audit.record(
        audit.Action.CHANGED, by=boss, before={"body": "\n".join(lines)}, after={"body": "\n".join(new)}
    )
    shown = page(client, action="changed")
    assert "line 20</del>" in shown
    assert "quite another</ins>" in shown
    assert "line 30" not in shown


def test_filters_stand_in_the_address(client: Client, boss: User) -> None:
    anna = User.objects.create_user("anna", role=Role.EDITOR)
    shelf = Category.objects.create(name="Étagère", language="fr")
    audit.record(audit.Action.ADDED, shelf, by=anna, after={"name": "Retours gratuits"})
    audit.record(audit.Action.EXPORTED, by=boss, label="A list")
    audit.record(audit.Action.COMMAND, label="load_sample")
    AuditEntry.objects.create(
        action="added", via="page", label="Long ago", at=datetime(2020, 5, 1, tzinfo=UTC)
    )
    assert labels(client, who=anna.pk) == ["Étagère"]
    assert labels(client, who="none") == ["load_sample", "Long ago"]
    assert labels(client, action="exported") == ["A list"]
    assert labels(client, kind="knowledge.category", key=shelf.pk) == ["Étagère"]
    assert (
        labels(client, until="2020-05-01")
        == labels(client, since="2020-01-01", until="2020-12-31")
        == ["Long ago"]
    )
    assert "Long ago" not in labels(client, since="2020-05-02")
    assert (
        labels(client, q="etag")
        == labels(client, q="ETAGERE")
        == labels(client, q="retours grat")
        == ["Étagère"]
    )
    assert labels(client, q="load_sample") == ["load_sample"]
    assert labels(client, q="nothing of it") == []


WRONG = [
    "who=x&action=x&kind=x&since=x&until=2020-99-99&before=x&q=%00%27&key=%00",
    "who=" + "9" * 40,
    "before=" + "9" * 18,
    "q=%26%20%7C%20!%20:*&kind=a.b",
    "since=0001-01-01&until=9999-12-31",
]


@pytest.mark.parametrize("query", WRONG)
def test_what_is_wrong_in_the_address_is_as_if_it_were_not_there(
    client: Client, boss: User, query: str
) -> None:
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_older_ones_are_on_the_next_pages_each_once(client: Client, boss: User) -> None:
    same = datetime(2030, 1, 1, tzinfo=UTC)  # many at one moment
    AuditEntry.objects.bulk_create(
        AuditEntry(action="added", via="page", label=str(number), at=same) for number in range(120)
    )
    seen: list[str] = []
    query = "action=added"
    while query:
        response = client.get(f"{PAGE}?{query}")
        seen += [entry["row"].label for entry in response.context["entries"]]
        query = response.context["older"]
    assert seen == [str(number) for number in reversed(range(120))]


def test_a_page_asks_the_database_little(
    client: Client, boss: User, django_assert_max_num_queries: Any
) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(action="added", via="page", who=boss, label=str(number)) for number in range(60)
    )
    with django_assert_max_num_queries(5):
        page(client)


def test_nothing_found_says_so(client: Client, boss: User) -> None:
    assert "Nothing found" in page(client, q="nowhere")


def exported(boss: User, form: str, query: str = "") -> str:
    """As Daphne gives it out."""

    async def read() -> str:
        browser = AsyncClient()
        await browser.aforce_login(boss)
        response: Any = await browser.get(f"{PAGE}{form}/?{query}")
        assert response.status_code == 200
        return "".join([part.decode() async for part in response.streaming_content])

    return async_to_sync(read)()


def test_it_can_be_taken_out_as_a_file_and_that_is_told(boss: User) -> None:
    audit.record(audit.Action.ADDED, by=boss, label="=1+1", after={"name": "Étagère"})
    rows = list(csv.DictReader(io.StringIO(exported(boss, "csv", "action=added"))))
    assert [(row["who"], row["label"], row["after"]) for row in rows] == [
        ("Béa Roy", "'=1+1", '{"name": "Étagère"}')
    ]
    first = json.loads(exported(boss, "jsonl").splitlines()[0])
    assert (first["action"], first["label"][-6:]) == ("exported", ".jsonl")
    assert AuditEntry.objects.filter(action="exported", who=boss).count() == 2


def test_a_large_file_is_whole(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.audit.exporting.AT_ONCE", 7)
    AuditEntry.objects.bulk_create(
        AuditEntry(action="added", via="page", label=str(number)) for number in range(50)
    )
    lines = exported(boss, "jsonl", "action=added").splitlines()
    assert [json.loads(line)["label"] for line in lines] == [str(number) for number in reversed(range(50))]


def test_there_is_no_other_form(client: Client, boss: User) -> None:
    assert client.get(f"{PAGE}pdf/").status_code == 404
