"""What the page shows, as files: for admins, told to the trail, harmless in a spreadsheet, whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from accounts.models import AuditEntry, User
from assistant.models import Assistant
from insights import exporting
from insights.counting import count_changed
from insights.exporting import NAMES
from insights.models import Tally, Topic
from tests.insights.talks import ask, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(luce: Assistant) -> None:
    for _again in range(5):
        ask(begin(luce))
    count_changed()
    topic = Topic.objects.create(name="=1+1", middle=[1.0], made_by="x")
    Tally.objects.update(topic=topic)


def taken(browser: Client, name: str) -> str:
    response: Any = browser.get(f"/staff/insights/export/{name}")
    assert response.status_code == 200
    return text_of(response.streaming_content)


def text_of(parts: AsyncIterator[bytes] | Any) -> str:
    async def gathered() -> bytes:
        return b"".join([part async for part in parts])

    return async_to_sync(gathered)().decode() if hasattr(parts, "__aiter__") else b"".join(parts).decode()


@pytest.mark.parametrize("name", NAMES)
def test_both_forms_say_the_same(talks: None, browser: Client, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(taken(browser, f"{name}.csv"))))
    lines = [json.loads(line) for line in taken(browser, f"{name}.jsonl").splitlines()]
    assert len(rows) == len(lines)
    assert all(list(row) == list(line) for row, line in zip(rows, lines, strict=True))


def test_the_days_add_up_to_the_conversations(talks: None, browser: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(taken(browser, "days.csv"))))
    assert len(rows) == 7
    assert sum(int(row["all"]) for row in rows) == 5


def test_every_conversation_is_there_once_over_several_pages(
    talks: None, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    rows = list(csv.DictReader(io.StringIO(taken(browser, "conversations.csv"))))
    assert {row["conversation_id"] for row in rows} == {
        str(pk) for pk in Tally.objects.values_list("pk", flat=True)
    }
    assert len(rows) == 5


def test_a_name_is_no_formula(talks: None, browser: Client) -> None:
    [row] = csv.DictReader(io.StringIO(taken(browser, "topics.csv")))
    assert row["topic"] == "'=1+1"


def test_who_takes_out_a_file_stands_in_the_trail(talks: None, browser: Client, marie: User) -> None:
    taken(browser, "topics.csv")
    entry = AuditEntry.objects.get(action="exported")
    assert entry.who == marie and entry.label.startswith("topics-")


@pytest.mark.parametrize("role", ["agent", "editor"])
def test_an_editor_cannot_export(talks: None, role: str) -> None:
    browser = Client()
    browser.force_login(User.objects.create_user("paul", role=role))
    assert browser.get("/staff/insights/export/topics.csv").status_code == 403
    assert not AuditEntry.objects.filter(action="exported").exists()


@pytest.mark.parametrize("name", ["topics", "topics.xls", "customers.csv", ".csv"])
def test_what_there_is_no_file_of_is_not_found(browser: Client, name: str) -> None:
    assert browser.get(f"/staff/insights/export/{name}").status_code == 404
