"""Whether a change helped: the conversations it concerns, before and since, and when nothing is claimed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import audit
from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Assistant, Guidance
from chatbot.chance import wilson
from conversations.inbox import listing
from conversations.inbox.filters import Filters
from conversations.models import Conversation
from evaluation.models import Correction
from flows.models import Flow
from insights.concerns import topics_of
from insights.counting import count_changed
from insights.difference import Share, difference
from insights.effects import effects
from insights.models import Tally, Topic
from insights.period import Period
from insights.spans import Span, is_span
from knowledge.models import Document
from tests.insights.talks import ask, begin, moved
from tests.knowledge.articles import publish

COUNTS = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda two: Share(min(two), max(two)))


def test_the_interval_is_the_published_one() -> None:
    """Newcombe (1998), table II, method 10: 56/70 less 48/80 lies between .0524 and .3339."""
    found = difference(Share(48, 80), Share(56, 70))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found.said == "better"


@given(COUNTS, COUNTS)
def test_the_difference_lies_within_its_bounds(before: Share, after: Share) -> None:
    found = difference(before, after)
    assert -1.0 - 1e-9 <= found.low <= found.by + 1e-9 and found.by - 1e-9 <= found.high <= 1.0 + 1e-9
    if min(before.asked, after.asked) < 20:
        assert found.said == "too_few"
    back = difference(after, before)
    assert {found.said, back.said} in ({"better", "worse"}, {"no_difference"}, {"too_few"})


def test_few_conversations_claim_nothing_however_clear_they_look() -> None:
    assert difference(Share(0, 19), Share(300, 300)).said == "too_few"
    assert difference(Share(10, 20), Share(12, 20)).said == "no_difference"
    assert difference(Share(60, 60), Share(20, 60)).said == "worse"
    assert wilson(0, 20)[0] == 0


def test_what_an_article_concerns() -> None:
    assert topics_of([(1, 90, False), (2, 5, False), (3, 35, False)]) == (1, 3)
    assert topics_of([(1, 90, False), (2, 1, True)]) == (2, 1)
    assert topics_of([]) == ()


def test_a_span_in_an_address() -> None:
    span = Span(datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC), (3, 5))
    assert is_span(str(span)) and str(span).endswith("_3,5")
    for nonsense in ("", "2026-13-01T00:00:00Z_2026-11-01T00:00:00Z_*", f"{span}'; DROP", str(span) + ","):
        assert not is_span(nonsense)


@pytest.fixture
def changed(luce: Assistant, marie: User) -> datetime:
    """A correction's article, published ten days ago: before it most questions of its topic failed."""
    topic = Topic.objects.create(name="Dogs", middle=[1.0, 0.0], made_by="x")
    other = Topic.objects.create(name="Lamps", middle=[0.0, 1.0], made_by="x")
    now = datetime.now(UTC).replace(microsecond=0)
    at = now - timedelta(days=10)
    talks: list[Conversation] = []
    for number in range(24):
        talks.append(_talk(luce, at - timedelta(hours=5 * number + 1), well=number % 6 == 0))
        talks.append(_talk(luce, at + timedelta(hours=5 * number + 1), well=number % 6 != 0))
    count_changed()
    Tally.objects.update(topic=topic)
    lamps = _talk(luce, at - timedelta(hours=1), well=False)
    count_changed()
    Tally.objects.filter(pk=lamps.pk).update(topic=other)
    document = publish("Dogs in our shops", "## Dogs\n\nDogs are welcome.")
    answer = talks[0].messages.filter(kind="assistant").get()
    Correction.objects.create(
        message=answer, assistant=luce, question="Dogs?", right_answer="Yes.", language="en",
        cause="missing", document=document,
    )  # fmt: skip
    _dated("Dogs in our shops", at, document, marie)
    return now


def _talk(luce: Assistant, at: datetime, *, well: bool) -> Conversation:
    talk = begin(luce)
    ask(talk, outcome="answered" if well else "declined")
    moved(talk, at)
    return talk


def _dated(label: str, at: datetime, document: Document, marie: User) -> None:
    """As if it had been published then."""
    AuditEntry.objects.create(
        at=at, who=marie, who_name="Marie", action="published", app="knowledge", kind="document",
        key=str(document.pk), label=label, via="page",
    )  # fmt: skip


def _period(now: datetime) -> Period:
    return Period(now.date() - timedelta(days=27), now.date(), "UTC")


@pytest.mark.django_db
def test_before_and_since(changed: datetime) -> None:
    found, more = effects(_period(changed), now=changed)
    [effect] = [one for one in found if (changed - one.change.at).days == 10]
    assert not more and effect.change.name == "Dogs in our shops"
    assert (effect.before, effect.after) == (Share(4, 24), Share(20, 24))
    assert difference(effect.before, effect.after).said == "better"


@pytest.mark.django_db
def test_every_number_opens_its_conversations(browser: Client, changed: datetime, marie: User) -> None:
    page = unescape(browser.get("/staff/insights/changes/?range=28").content.decode())
    assert "Dogs in our shops" in page and "It helped" in page and "Lamps" not in page
    links = dict.fromkeys(re.findall(r'href="(/staff/\?[^"]*behind=span[^"]*)"', page))
    counts = []
    for link in links:
        filters = Filters.read({k: v[0] for k, v in parse_qs(urlsplit(link).query).items()})
        counts.append(listing.shown(Conversation.objects.all(), filters, user=marie).count())
    assert sorted(counts)[-4:] == [4, 20, 24, 24] or {4, 20, 24} <= set(counts)


@pytest.mark.django_db
def test_a_rule_concerns_everything_and_few_claim_nothing(
    browser: Client, luce: Assistant, marie: User
) -> None:
    rule = Guidance.objects.create(assistant=luce, text="Always be brief.", enabled=True)
    audit.record(audit.Action.CHANGED, rule, by=marie)
    page = browser.get("/staff/insights/changes/").content.decode()
    assert "Always be brief." in page and "Concerns all conversations" in page and "Too few to say" in page


@pytest.mark.django_db
def test_a_flow_stands_under_its_title(browser: Client, marie: User) -> None:
    named = Flow.objects.create(key="send-back", draft={"name": {"en": "Send <i> back", "fr": "Renvoyer"}})
    gone = Flow.objects.create(key="long-gone", draft={"name": "no names"})
    for flow in (named, gone):
        audit.record(audit.Action.PUBLISHED, flow, key=flow.key, by=marie)
    page = browser.get("/staff/insights/changes/").content.decode()
    assert "Send &lt;i&gt; back" in page and ">send-back<" not in page and "long-gone" in page
    gone.delete()
    page = browser.get("/staff/insights/changes/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Renvoyer" in page and "long-gone" in page


@pytest.mark.django_db
def test_nothing_changed_is_said_and_nonsense_is_none(browser: Client) -> None:
    assert "Nothing was changed in these days" in browser.get("/staff/insights/changes/").content.decode()
    assert browser.get("/staff/insights/changes/?skip=x&since=y").status_code == 200


@pytest.mark.django_db
def test_a_page_of_changes_takes_few_queries(
    browser: Client, changed: datetime, django_assert_max_num_queries: type
) -> None:
    with django_assert_max_num_queries(8):
        browser.get("/staff/insights/changes/?range=28")
