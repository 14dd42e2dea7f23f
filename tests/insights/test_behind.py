"""Every number opens the conversations behind it: as many as it says, whoever's days they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.events import HandoffReason, Outcome
from assistant.models import Assistant
from conversations import handoff
from conversations.inbox import listing
from conversations.inbox.filters import LONGEST, Filters
from conversations.models import Conversation
from conversations.ratings.giving import rate, rate_conversation
from evaluation.models import Gap, GapQuestion
from insights.behind import Behind, reader
from insights.counting import count_changed
from insights.definitions import MEASURES
from insights.models import Tally, Topic
from insights.period import Period
from insights.reading import figures
from insights.steps import step_at
from llm.pricing import Usage
from tests.insights.talks import ask, begin, moved, reply, settled

pytestmark = pytest.mark.django_db
ZONES = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"]
DAY = timedelta(days=1)


@pytest.fixture
def month(luce: Assistant, marie: User) -> datetime:
    """Conversations of all kinds, around the midnights of several days; the moment they are counted at."""
    now = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - DAY
    for at, make in enumerate([helped, thanked, given_over, not_known, opened_again, unhappy] * 3):
        talk = make(luce, marie)
        moved(talk, now - at * timedelta(hours=11, minutes=40))
    topic = Topic.objects.create(name="Parcels", middle=[1.0, 0.0], made_by="x")
    count_changed()
    some = list(Tally.objects.order_by("began_at").values_list("pk", flat=True)[::2])
    Tally.objects.filter(pk__in=some).update(topic=topic)
    return now


def helped(luce: Assistant, marie: User) -> Conversation:
    talk = begin(luce, language="fr")
    ask(talk, usage=Usage("large", 100, 10, Decimal("0.01")))
    settled(talk)
    return talk


def thanked(luce: Assistant, marie: User) -> Conversation:
    talk = begin(luce)
    rate(conversation_id=talk.pk, message_id=ask(talk).pk, score=1)
    settled(talk)
    return talk


def given_over(luce: Assistant, marie: User) -> Conversation:
    talk = begin(luce)
    ask(talk, "A person!", Outcome.HANDOFF, reason=HandoffReason.CUSTOMER_REQUEST)
    reply(talk, marie)
    handoff.resolve(conversation_id=talk.pk, user=marie)
    line = talk.messages.get(data__code="resolved")
    rate_conversation(conversation_id=talk.pk, message_id=line.pk, score=5)
    return talk


def not_known(luce: Assistant, marie: User) -> Conversation:
    talk = begin(luce)
    answer = ask(talk, "And gift wrapping?", Outcome.DECLINED)
    gap = Gap.objects.get_or_create(title="Gift wrapping")[0]
    GapQuestion.objects.create(
        gap=gap, message=answer.turn.question, text="Gift wrapping?", language="en", reason="declined",
        asked_at=timezone.now(), vector=[1.0], made_by="x",
    )  # fmt: skip
    return talk


def opened_again(luce: Assistant, marie: User) -> Conversation:
    talk = helped(luce, marie)
    ask(talk, "Still not")
    return talk


def unhappy(luce: Assistant, marie: User) -> Conversation:
    talk = begin(luce, language="fr")
    rate(conversation_id=talk.pk, message_id=ask(talk).pk, score=-1)
    return talk


def listed(behind: Behind, user: User) -> int:
    """How many the list of conversations shows at the number's address."""
    filters = Filters.read({"show": "all", "behind": str(behind)})
    assert filters.behind
    return listing.shown(Conversation.objects.all(), filters, user=user).count()


def period(now: datetime, zone: str, **more: Any) -> Period:
    last = (now + DAY).date()
    return Period(last - 5 * DAY, last, zone, **more)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("more", [{}, {"language": "fr"}], ids=["all", "french"])
def test_a_number_is_as_long_as_its_list(
    month: datetime, marie: User, zone: str, more: dict[str, Any]
) -> None:
    of = period(month, zone, **more)
    found = figures(of)
    assert found.now["all"] > 3
    assert {key: listed(Behind(key, of), marie) for key in MEASURES} == {
        key: found.now[key] for key in MEASURES
    }
    for on, counts in found.days.items():
        assert listed(Behind("alone", of).on(on), marie) == counts["alone"]
    for topic, counts in found.topics.items():
        if topic:
            assert listed(Behind("topic", of, detail=str(topic)), marie) == counts["all"]
            assert listed(Behind("rated_down", of, topic=topic), marie) == counts["rated_down"]
    for hour, count in found.hours.items():
        assert listed(Behind("hour", of, detail=str(hour)), marie) == count
    slow = {what: step_at(getattr(found.speed, what), 0.95) for what in ("first", "full")}
    for what, step in slow.items():
        assert listed(Behind(f"slow_{what}", of, detail=str(step)), marie) > 0
    for name, used in found.models.items():
        assert listed(Behind("model", of, detail=name), marie) == used.conversations
    assert sum(counts["all"] for counts in found.days.values()) == found.now["all"]


def test_a_day_elsewhere_is_another_day(month: datetime) -> None:
    days = [tuple(figures(period(month, zone)).days) for zone in ("UTC", "Pacific/Kiritimati")]
    assert days[0] != days[1]


LINKS = re.compile(r'<a href="(/staff/\?[^"]*behind[^"]*)">([^<]*)</a>')


def test_every_link_of_the_page_leads_to_as_many_as_it_says(
    month: datetime, browser: Client, marie: User
) -> None:
    page = browser.get("/staff/insights/?range=28").content.decode()
    found = LINKS.findall(page)
    assert len(found) > 30
    for link, words in found:
        said = re.search(r"\d+", words.split(" by ")[-1])
        if words == "the slowest":  # leads to conversations, and is no number of them
            continue
        query = parse_qs(urlsplit(unescape(link)).query)
        filters = Filters.read({name: values[0] for name, values in query.items()} | {"limit": str(LONGEST)})
        listed_there = listing.shown(Conversation.objects.all(), filters, user=marie).count()
        assert said and int(said[0]) == listed_there, words


def test_the_list_says_what_it_is_narrowed_to(month: datetime, browser: Client) -> None:
    behind = Behind("alone", period(month, "UTC"))
    page = browser.get("/staff/", {"show": "all", "behind": str(behind)}).content.decode()
    assert "Resolved without a person · " in page


@pytest.mark.parametrize(
    "said",
    [
        "",
        "alone",
        "nothing 2026-11-01 2026-11-02 UTC 0 - 0",
        "alone 2026-11-02 2026-11-01 UTC 0 - 0",
        "alone 2026-11-01 2026-11-02 Mars/Base 0 - 0",
        "topic 2026-11-01 2026-11-02 UTC 0 - 0 x",
        "hour 2026-11-01 2026-11-02 UTC 0 - 0",
        "hour 2026-11-01 2026-11-02 UTC 0 - 0 1; drop table",
    ],
)
def test_what_is_no_number_narrows_nothing(said: str) -> None:
    assert reader(said) is None
    assert Filters.read({"behind": said}).behind == ""


def test_an_address_is_read_as_it_was_written(month: datetime) -> None:
    for behind in (
        Behind("alone", period(month, "Asia/Kolkata", assistant=3, language="fr"), topic=4),
        Behind("model", period(month, "UTC"), detail="a model of ours"),
    ):
        assert reader(str(behind)) == behind
