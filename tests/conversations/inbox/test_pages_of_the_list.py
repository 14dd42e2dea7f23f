"""Page by page, the list shows each conversation once and in its order, whatever is the same of several."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Http
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assistant.models import Assistant
from conversations.inbox import listing
from conversations.inbox.filters import PAGE, Filters
from conversations.inbox.places import ORDERS, Place
from conversations.models import Conversation, Customer, Mention, Message

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours, microseconds=hours))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "last_message_at": MOMENTS,
            "waiting_since": st.none() | MOMENTS,
            "reply_due_at": st.none() | MOMENTS,
            "called": st.booleans(),
        }
    ),
    max_size=14,
)


def made(assistant: Assistant, user: User, rows: list[dict[str, Any]]) -> None:
    customer = Customer.objects.create()
    for number, row in enumerate(rows):
        called = row.pop("called")
        one = Conversation.objects.create(assistant=assistant, customer=customer, **row)
        note = Message.objects.create(conversation=one, seq=1, changed_seq=1, kind="note", text="@marie")
        seen_at = None if called else NOON
        Mention.objects.create(message=note, user=user, seen_at=seen_at if number % 3 else None)


@pytest.mark.django_db
@pytest.mark.parametrize("show", ["all", "mentions"])
@pytest.mark.parametrize("order", ORDERS)
@given(rows=ROWS, size=st.integers(1, 4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_together_are_the_list(
    assistant: Assistant, marie: User, show: str, order: str, rows: list[dict[str, Any]], size: int
) -> None:
    Conversation.objects.all().delete()
    made(assistant, marie, rows)
    filters = Filters(show=show, order=order)
    everything = Conversation.objects.all()
    whole = [one.pk for one in listing.shown(everything, filters, user=marie)]
    found, after = [], ""
    while True:
        page = listing.shown(everything, Filters(show=show, order=order, after=after), user=marie)
        page_rows = list(listing.with_what_rows_show(page, user=marie)[:size])
        if not page_rows:
            break
        found += [one.pk for one in page_rows]
        after = str(Place.of(page_rows[-1], listing.sorted_by(filters)))
    assert found == whole and len(whole) == len(rows)


@given(said=st.text(alphabet="0123456789.-abcdefx ", max_size=60))
def test_what_is_no_place_is_none(said: str) -> None:
    place = Place.read(said, "")
    assert place is None or str(place) == said


@pytest.mark.django_db
def test_one_goes_on_and_back_to_the_first_page(assistant: Assistant, marie: User) -> None:
    http = Http()
    http.force_login(marie)
    rows = [
        {"last_message_at": NOON + timedelta(minutes=n), "waiting_since": None, "reply_due_at": None}
        for n in range(PAGE + 2)
    ]
    made(assistant, marie, [{**row, "called": False} for row in rows])
    first = http.get("/staff/?show=all")
    assert "First page" not in first.text
    second = http.get(f"/staff/?{first.context['more']}")
    assert len(second.context["conversations"]) == 2 and not second.context["more"]
    assert second.context["first"] == "show=all" and "First page" in second.text
    seen = {one.pk for page in (first, second) for one in page.context["conversations"]}
    assert len(seen) == PAGE + 2
    assert "after=" not in second.context["tabs"][0][3], "another list begins at its beginning"
    gone = Place((None, NOON - timedelta(days=9)), uuid4())
    assert "moved to another page" in http.get(f"/staff/?show=all&after={gone}").text
