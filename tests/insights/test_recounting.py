"""After a release that counts otherwise everything is counted anew by itself; the old stands until then."""

from __future__ import annotations

import hashlib
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from assistant.events import Outcome
from assistant.models import Assistant
from conversations.models import Conversation, Customer
from insights import counting, recounting
from insights.counting import DEFINITIONS, count_changed
from insights.models import Counted, Tally
from tests.insights.talks import ask, begin

pytestmark = pytest.mark.django_db
NEXT = DEFINITIONS + 1
# Of the statements that count, for each number of the definitions. Whoever changes one raises the number, or
# everybody keeps figures of two kinds; then the new line goes here.
STATEMENTS = {1: "6cb7337d6626aba4"}


def test_whoever_counts_something_else_raises_the_number() -> None:
    statements = counting._COUNT + counting.SPENT
    assert hashlib.sha256(statements.encode()).hexdigest()[:16] == STATEMENTS[DEFINITIONS]


@pytest.fixture
def talks(luce: Assistant) -> list[Conversation]:
    """Three with numbers as a release before counted them, wrongly."""
    found = [begin(luce) for _ in range(3)]
    for talk in found:
        ask(talk)
        ask(talk, "To the moon?", Outcome.DECLINED)
    count_changed()
    assert recounting.go_on() == 3  # nobody has said yet by which definitions they were
    Tally.objects.update(answered=9, handoffs=["gone"])
    return found


def numbers() -> set[tuple[int, tuple[str, ...]]]:
    return {(one.answered, tuple(one.handoffs)) for one in Tally.objects.all()}


def test_by_the_same_definitions_nothing_is_counted_anew(talks: list[Conversation]) -> None:
    assert recounting.go_on() == 0
    assert numbers() == {(9, ("gone",))}
    assert Counted.objects.get().version == DEFINITIONS


@pytest.mark.usefixtures("talks")
def test_by_others_everything_is() -> None:
    assert recounting.go_on(definitions=NEXT) == 3
    assert numbers() == {(1, ())}
    assert recounting.go_on(definitions=NEXT) == 0
    assert Counted.objects.get().version == NEXT


def test_it_goes_on_where_it_was(talks: list[Conversation], browser: Client) -> None:
    customer = Customer.objects.create()
    empty = [Conversation(assistant=talks[0].assistant, customer=customer) for _ in range(1_200)]
    Conversation.objects.bulk_create(empty)
    assert "counted anew" not in browser.get("/staff/insights/").text
    Counted.objects.update(version=0, target=0)
    assert recounting.go_on(seconds=0) == counting.AT_ONCE
    row = Counted.objects.get()
    assert (row.version, row.done, row.total) == (0, 500, 1_203)
    first = set(Tally.objects.filter(answered=1).values_list("pk", flat=True))
    assert first == {talk.pk for talk in talks if row.reached and talk.pk <= row.reached}
    assert "counted anew: 500 of about 1,203 conversations" in browser.get("/staff/insights/").text
    assert "counted anew" in browser.get("/staff/insights/changes/").text
    assert recounting.go_on() == 703
    assert numbers() == {(1, ())}
    assert "counted anew" not in browser.get("/staff/insights/").text


def test_a_release_that_comes_before_the_last_is_through_begins_anew(talks: list[Conversation]) -> None:
    reached = max(talk.pk for talk in talks)
    Counted.objects.update(version=0, target=NEXT, reached=reached, done=3, total=3)
    assert recounting.go_on(definitions=NEXT + 1) == 3
    assert numbers() == {(1, ())}


@pytest.mark.usefixtures("talks")
def test_by_hand_it_is_done_too() -> None:
    Counted.objects.update(version=0, target=0)
    call_command("rebuild_insights", stdout=StringIO())
    assert numbers() == {(1, ())}
    assert recounting.go_on() == 0
