"""However many a list is narrowed to, the same conversations are found in the same order."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from conversations import guidance_counts
from conversations.inbox import few, listing
from conversations.inbox.filters import Filters
from conversations.inbox.searching import gather_new
from conversations.models import Conversation, Message, Rating, Trace
from conversations.posting import record
from conversations.ratings.giving import rate
from insights.counting import count_changed
from tests.conversations.inbox.conftest import Talk

pytestmark = pytest.mark.django_db
QUERIES = [
    {"q": "lamp"}, {"q": "lamp broken"}, {"q": "nowhere"}, {"rated": "down"}, {"rated": "up"},
    {"guidance": "7"}, {"step": "reached returns@1/why"}, {"behind": "all 2020-01-01 2030-01-01 UTC 0 - 0"},
]  # fmt: skip


@pytest.fixture
def talks(talk: Talk) -> None:
    for number in range(6):
        words = "my lamp is broken" if number % 2 else "my lamp is late"
        found = talk(f"Carla {number}", words)
        with record(found.pk) as writing:
            answer = writing.post(kind=Message.Kind.ASSISTANT, text="So it is", outcome="answered")
        rate(conversation_id=found.pk, message_id=answer.pk, score=-1 if number % 3 else 1)
        route = {"steps": ["returns@1/why"], "guidance": [{"row": 7, "hit": True}]} if number % 2 else {}
        Trace.objects.create(message=answer, route=route)
    gather_new()
    count_changed()


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("order", ["", "newest", "oldest", "due"])
def test_few_and_many_are_the_same(
    talks: None, marie: User, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], order: str
) -> None:
    def shown() -> list[str]:
        filters = Filters.read({**query, "show": "all", "order": order})
        found = listing.shown(Conversation.objects.all(), filters, user=marie)
        return [str(one.customer) for one in found]

    few_of_them = shown()
    monkeypatch.setattr(few, "FEW", 0)
    assert shown() == few_of_them
    assert bool(few_of_them) is (query.get("q") != "nowhere")


def test_what_is_rated_says_of_which_conversation(talks: None) -> None:
    for found in Conversation.objects.all():
        assert found.messages.filter(rating__conversation=found).count() == 1
    assert few.is_few(guidance_counts.behind(7))


def test_ratings_of_before_the_upgrade_say_it_too(talks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Rating.objects.update(conversation=None)
    upgrade = import_module("conversations.migrations.0022_ratings_of_conversations")
    monkeypatch.setattr(upgrade, "AT_ONCE", 4)
    with connection.schema_editor() as editor:
        upgrade.fill(apps, editor)
    assert all(one.conversation_id == one.message.conversation_id for one in Rating.objects.all())
