"""“Did it help?” counts from when customers got a change, not from when it was edited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.audit.rows import AuditEntry
from assistant.models import Assistant, Guidance, Release, Serving
from insights.concerns import Change
from insights.effects import effects, waiting
from insights.marks import marks
from insights.period import Period

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def week() -> Period:
    return Period((NOW - timedelta(days=27)).date(), NOW.date(), "UTC")


def edited(kind: str, key: object, days: float, app: str = "assistant", action: str = "changed") -> None:
    AuditEntry.objects.create(
        at=ago(days),
        who_name="Marie",
        action=action,
        app=app,
        kind=kind,
        key=str(key),
        label="It",
        via="page",
    )


def served(luce: Assistant, began: float, ended: float | None, release: Release | None = None) -> None:
    Serving.objects.create(
        assistant=luce, release=release, why="published" if release else "settings", began_at=ago(began),
        ended_at=ago(ended) if ended is not None else None,
    )  # fmt: skip


def release(luce: Assistant, number: int, made: float) -> Release:
    found = Release.objects.create(assistant=luce, number=number, contents={}, signature=str(number))
    Release.objects.filter(pk=found.pk).update(created_at=ago(made))
    return found


def found() -> list[Change]:
    return [effect.change for effect in effects(week(), now=NOW)[0]]


@pytest.fixture
def rule(luce: Assistant) -> Guidance:
    return Guidance.objects.create(assistant=luce, text="Be brief.", enabled=True)


def test_where_each_change_counts_at_once_it_counts_from_the_edit(luce, rule):
    edited("guidance", rule.pk, 10)
    assert [change.at for change in found()] == [ago(10)] and not found()[0].waited


def test_an_edited_rule_counts_from_the_release_that_first_had_it(luce, rule, client: Client, marie):
    first, second = release(luce, 1, 20), release(luce, 2, 6)
    served(luce, 20, 5, first)
    served(luce, 5, None, second)
    edited("guidance", rule.pk, 10)
    [change] = found()
    assert (change.at, change.edited, change.waited) == (ago(5), ago(10), True)
    assert [mark.day for mark in marks(week())] == [ago(5).date()]
    client.force_login(marie)
    assert "customers got it with a later release" in client.get("/staff/insights/changes/?range=28").text


def test_a_release_that_was_made_before_the_edit_does_not_have_it(luce, rule, client: Client, marie):
    first, second = release(luce, 1, 20), release(luce, 2, 12)
    served(luce, 20, 5, first)
    served(luce, 5, None, second)
    edited("guidance", rule.pk, 10)
    assert found() == [] and waiting(week()) == 1 and marks(week()) == []
    client.force_login(marie)
    assert (
        "1 change of these days waits for a release" in client.get("/staff/insights/changes/?range=28").text
    )


def test_a_trial_reaches_a_few_and_does_not_count(luce, rule):
    first, second = release(luce, 1, 20), release(luce, 2, 6)
    served(luce, 20, 5, first)
    Serving.objects.create(
        assistant=luce, release=first, trial=second, share=20, why="trial", began_at=ago(5)
    )
    edited("assistant", luce.pk, 10)
    assert found() == [] and waiting(week()) == 1


def test_it_counts_from_when_the_settings_are_served_again(luce, rule):
    served(luce, 20, 4, release(luce, 1, 20))
    served(luce, 4, None)
    edited("assistant", luce.pk, 10)
    assert [change.at for change in found()] == [ago(4)]


def test_a_flow_has_reached_customers_with_the_first_assistant_that_has_it(luce):
    served(luce, 20, None, release(luce, 1, 20))
    edited("flow", "hello", 10, app="flows", action="published")
    assert found() == [] and waiting(week()) == 1
    Assistant.objects.create(name="Max", slug="max", languages=["en"])
    assert [change.at for change in found()] == [ago(10)]


def test_an_article_counts_at_once(luce):
    served(luce, 20, None, release(luce, 1, 20))
    edited("document", "1", 10, app="knowledge", action="published")
    assert [change.at for change in found()] == [ago(10)] and waiting(week()) == 0
