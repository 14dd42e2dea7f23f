"""The queue as a file: for admins, as it is narrowed, told to the trail, harmless in a spreadsheet, whole."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from conversations.models import Message
from conversations.ratings.giving import rate
from evaluation.models import Correction, ReviewItem
from evaluation.reviews import exporting, reviewing
from evaluation.reviews.picking import note
from tests.evaluation.conftest import Ask
from tests.insights.test_exporting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_user("boss", role="admin"))
    return client


@pytest.fixture
def answers(ask: Ask) -> list[Message]:
    """The worst first; the first is judged by two and corrected."""
    found = [ask("=Worst?"), ask("Bad?"), ask("Weak?")]
    rate(conversation_id=found[0].conversation_id, message_id=found[0].pk, score=-1, comment="+1 for nobody")
    for answer, reason in zip(found, ["low_rating", "declined", "weak_grounding"], strict=True):
        note(answer, [reason])
    worst = ReviewItem.objects.get(pk=found[0].pk)
    reviewing.ask_another(worst)
    for name, verdict in (("colin", "incorrect"), ("cora", "outdated")):
        reviewer = User.objects.create_user(name, role="agent")
        reviewing.judge(worst, reviewer=reviewer, verdict=verdict, remark=f"@{name}")
    Correction.objects.create(
        message=found[0], assistant=found[0].conversation.assistant, question="Worst?", language="en",
        right_answer="Yes.", cause="missing",
    )  # fmt: skip
    ReviewItem.objects.filter(pk=found[0].pk).update(state="open", wanted=1)
    return found


def taken(browser: Client, form: str = "csv", query: str = "") -> str:
    response: Any = browser.get(f"/staff/review/export.{form}{query}")
    assert response.status_code == 200
    return text_of(response.streaming_content)


def rows(browser: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(browser, query=query))))


def test_an_answer_with_all_that_was_said_of_it(boss: Client, answers: list[Message]) -> None:
    first, second, *rest = rows(boss)
    assert [row["question"] for row in (first, second, *rest)] == ["'=Worst?", "'=Worst?", "Bad?", "Weak?"]
    assert (first["reviewer"], first["verdict"], first["note"]) == ("colin", "incorrect", "'@colin")
    assert (second["reviewer"], second["verdict"]) == ("cora", "outdated")
    assert (first["cause"], first["correction_state"], first["right_answer"]) == ("missing", "wrong", "Yes.")
    assert first["rating_comment"] == "'+1 for nobody" and first["answer"] == "Sorry."
    assert rest[0]["reviewer"] == rest[0]["cause"] == "" and rest[0]["reasons"] == "declined"


def test_both_forms_say_the_same_over_several_pages(
    boss: Client, answers: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    lines = [json.loads(line) for line in taken(boss, "jsonl").splitlines()]
    table = rows(boss)
    assert len(lines) == len(table) == 4
    assert all(list(row) == list(line) for row, line in zip(table, lines, strict=True))
    assert lines[0]["question"] == "=Worst?" and lines[0]["correction_id"] == Correction.objects.get().pk


def test_the_filters_of_the_page_hold(boss: Client, answers: list[Message]) -> None:
    assert [row["question"] for row in rows(boss, "?reason=declined")] == ["Bad?"]
    assert rows(boss, "?state=done") == []
    assert taken(boss, query="?state=done").startswith("answer_id,")  # the columns are there all the same


def test_who_judges_unknowing_does_not_read_the_others_here(boss: Client, answers: list[Message]) -> None:
    ReviewItem.objects.filter(pk=answers[0].pk).update(wanted=3)
    assert {row["verdict"] for row in rows(boss)} == {""}
    ReviewItem.objects.filter(pk=answers[0].pk).update(state="done")
    assert {row["verdict"] for row in rows(boss, "?state=done")} == {"incorrect", "outdated"}


def test_it_is_for_admins_and_stands_in_the_trail(boss: Client, answers: list[Message], editor: User) -> None:
    taken(boss, query="?reason=declined")
    entry = AuditEntry.objects.get(action="exported")
    assert entry.label.startswith("reviews-") and entry.after == {"filters": "reason=declined"}
    page = boss.get(f"/staff/review/{answers[0].pk}/?reason=declined").content.decode()
    assert '/staff/review/export.csv?reason=declined"' in page
    browser = Client()
    browser.force_login(editor)
    assert browser.get("/staff/review/export.csv").status_code == 403
    assert "export.csv" not in browser.get(f"/staff/review/{answers[0].pk}/").content.decode()
    assert boss.get("/staff/review/export.xls").status_code == 404
