"""A flow is compared by the conversations in which it ran, a rule by those in which it was followed, an
import as one; where that is not recorded, it is said."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts import audit
from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Assistant, Guidance
from conversations.inbox import listing
from conversations.inbox.filters import Filters
from conversations.models import Conversation
from flows.models import Flow
from insights.behind import reader
from insights.counting import count_changed
from insights.difference import Share
from insights.effects import Effect, effects
from insights.models import Tally, Topic
from insights.period import Period
from insights.spans import CONDITIONS, Span, is_span
from knowledge.intake import approving
from knowledge.models import Document, ImportItem, ImportRun, Source
from tests.insights.talks import ask, begin, moved
from tests.insights.test_counting import assert_is_as_counted_anew
from tests.knowledge.articles import publish

pytestmark = pytest.mark.django_db
DONE = "done returns@1/end"
NOW = datetime.now(UTC).replace(microsecond=0)
AT = NOW - timedelta(days=10)


def walked(luce: Assistant, at: datetime, *, done: bool = True, flow: str = "returns") -> Conversation:
    """A customer who goes through a flow, to its end or not."""
    talk = begin(luce)
    passed = (f"begun {flow}@1/order", *([f"done {flow}@1/end"] if done else [f"cancelled {flow}@1/order"]))
    ask(talk, "I return it", "guided", kind="flow", steps=(f"{flow}@1/order",), passed=passed)
    moved(talk, at)
    return talk


def asked(luce: Assistant, at: datetime, *, well: bool = True, **facts: Any) -> Conversation:
    talk = begin(luce)
    ask(talk, outcome="answered" if well else "declined", **facts)
    moved(talk, at)
    return talk


def changed(kind: str, key: object, action: str = "published", *, at: datetime = AT, **after: Any) -> None:
    """As if it had been done then."""
    app = {"flow": "flows", "guidance": "assistant"}.get(kind, "knowledge")
    AuditEntry.objects.create(
        at=at, who_name="Marie", action=action, app=app, kind=kind, key=str(key), label=f"the {kind}",
        via="page", after=after,
    )  # fmt: skip


def one_effect() -> Effect:
    found, _more = effects(Period(NOW.date() - timedelta(days=20), NOW.date(), "UTC"), now=NOW)
    [effect] = [one for one in found if one.change.name.startswith("the ")]
    return effect


def test_what_ran_and_what_was_followed_is_counted(luce: Assistant) -> None:
    talk = walked(luce, AT)
    ask(talk, followed=(7, 7, 3))
    ask(talk, "Next", "guided", kind="flow", steps=("bookings@2/a", "bookings@2/b"))
    count_changed()
    found = Tally.objects.get()
    assert (found.flows, found.flows_done, found.rules) == (["bookings", "returns"], ["returns"], [3, 7])
    assert_is_as_counted_anew()


def test_a_new_version_is_compared_by_where_the_flow_ran(luce: Assistant, browser: Client) -> None:
    Flow.objects.create(key="returns", draft={})
    for number in range(4):
        walked(luce, AT - timedelta(days=number + 1), done=number == 0)
        walked(luce, AT + timedelta(days=number + 1), done=number > 0)
        asked(luce, AT + timedelta(days=number + 1), well=False)  # of which it is none
        walked(luce, AT + timedelta(hours=1), flow="bookings")
    count_changed()
    changed("flow", "returns")
    effect = one_effect()
    assert (effect.before, effect.after) == (Share(1, 4), Share(3, 4))
    page = unescape(browser.get("/staff/insights/changes/?range=28").content.decode())
    assert "conversations in which it ran" in page


def test_a_new_flow_is_compared_by_the_topics_in_which_it_runs(luce: Assistant) -> None:
    topic = Topic.objects.create(name="Returns", middle=[1.0], made_by="x")
    other = Topic.objects.create(name="Lamps", middle=[0.0], made_by="x")
    for number in range(3):
        asked(luce, AT - timedelta(days=number + 1), well=number == 0)
        walked(luce, AT + timedelta(days=number + 1))
        asked(luce, AT + timedelta(days=number + 1))
    lamps = asked(luce, AT + timedelta(days=1), well=False)
    count_changed()
    Tally.objects.update(topic=topic)
    Tally.objects.filter(pk=lamps.pk).update(topic=other)
    changed("flow", "returns")
    effect = one_effect()
    assert effect.concern.topics == (topic.pk,) and effect.concern.flow == "returns"
    assert (effect.before, effect.after) == (Share(1, 3), Share(6, 6))


def test_a_new_flow_that_never_ran_concerns_none(luce: Assistant, browser: Client) -> None:
    asked(luce, AT - timedelta(days=1))
    count_changed()
    changed("flow", "returns")
    assert one_effect().before == Share(0, 0)
    page = browser.get("/staff/insights/changes/?range=28").content.decode()
    assert "has run in no conversation" in page


def test_a_rule_with_a_condition_is_compared_by_where_it_was_followed(
    luce: Assistant, browser: Client
) -> None:
    rule = Guidance.objects.create(text="Say when.", about="opening hours", enabled=True)
    for number in range(4):
        asked(luce, AT - timedelta(days=number + 1), well=number == 0, followed=(rule.pk,))
        asked(luce, AT + timedelta(days=number + 1), well=number > 0, followed=(rule.pk,))
        asked(luce, AT + timedelta(days=number + 1))
    count_changed()
    changed("guidance", rule.pk, "changed")
    effect = one_effect()
    assert (effect.before, effect.after) == (Share(1, 4), Share(3, 4))
    assert "in which it was followed" in browser.get("/staff/insights/changes/?range=28").content.decode()


def test_a_rule_that_was_not_followed_before_is_compared_by_all_and_that_is_said(
    luce: Assistant, browser: Client
) -> None:
    rule = Guidance.objects.create(text="Say when.", about="opening hours", enabled=True)
    asked(luce, AT - timedelta(days=1))
    asked(luce, AT + timedelta(days=1), followed=(rule.pk,))
    count_changed()
    changed("guidance", rule.pk, "added")
    effect = one_effect()
    assert effect.concern.is_all and (effect.before.asked, effect.after.asked) == (1, 1)
    page = browser.get("/staff/insights/changes/?range=28").content.decode()
    assert "would have held before is not recorded" in page
    Guidance.objects.update(about="")
    assert "Concerns all conversations" in browser.get("/staff/insights/changes/?range=28").content.decode()


def test_an_import_is_one_change_with_its_articles(luce: Assistant, marie: User, browser: Client) -> None:
    topic = Topic.objects.create(name="Lamps", middle=[1.0], made_by="x")
    run = ImportRun.objects.create(
        source=Source.objects.create(name="Files"), what="shop.zip", state="review"
    )
    for number in range(5):
        ImportItem.objects.create(
            run=run, number=number, state="new", external_id=f"lamp-{number}", language="en",
            title=f"Lamp {number}", body="It shines.", fields={"audience": "everyone"},
            place={"file": "lamps.md"},
        )  # fmt: skip
    waiting = list(run.items.values_list("pk", flat=True))
    approving.publish_page(run, waiting[:2], author=marie)
    approving.publish_page(run, waiting[2:], author=marie)
    document = Document.objects.get(title="Lamp 3")
    talk = asked(luce, NOW - timedelta(hours=2))
    answer = talk.messages.get(kind="assistant")
    answer.citations.create(number=1, document=document, title="Lamp 3", url="/", language="en", passage="x")
    count_changed()
    Tally.objects.update(topic=topic)
    today = Period(NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1), "UTC")
    [effect] = effects(today, now=datetime.now(UTC))[0]
    assert (effect.change.kind, effect.concern.articles, effect.concern.topics) == ("import", 5, (topic.pk,))
    assert effect.before.asked == 1
    page = unescape(browser.get("/staff/insights/changes/?range=28").content.decode())
    assert "Import published" in page and "<q>Lamp 2</q> and 2 other articles" in page
    assert f"/admin/knowledge/importrun/{run.pk}/change/" in page


def test_all_kinds_at_once_take_few_statements(
    luce: Assistant, browser: Client, django_assert_max_num_queries: Any
) -> None:
    rule = Guidance.objects.create(text="Say when.", about="opening hours", enabled=True)
    asked(luce, AT - timedelta(days=1), followed=(rule.pk,))
    walked(luce, AT - timedelta(days=1))
    count_changed()
    run = ImportRun.objects.create(source=Source.objects.create(name="Files"), state="review")
    changed("document", publish("Returns").pk)
    changed("importrun", run.pk, "imported", published=1)
    changed("flow", "returns")
    changed("guidance", rule.pk, "changed")
    with django_assert_max_num_queries(9):  # one more asks what still waits for a release
        browser.get("/staff/insights/changes/?range=28")


def test_drafts_of_an_import_change_nothing_for_customers(marie: User) -> None:
    run = ImportRun.objects.create(source=Source.objects.create(name="Files"), state="review")
    audit.record(audit.Action.IMPORTED, run, by=marie, after={"drafts": 3})
    publish("Returns")
    today = Period(NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1), "UTC")
    assert [one.change.kind for one in effects(today, now=datetime.now(UTC))[0]] == ["document"]


def test_every_number_opens_its_conversations(luce: Assistant, browser: Client, marie: User) -> None:
    rule = Guidance.objects.create(text="Say when.", about="opening hours", enabled=True)
    for number in range(3):
        walked(luce, AT - timedelta(days=number + 1), done=number == 0)
        walked(luce, AT + timedelta(days=number + 1))
        asked(luce, AT - timedelta(days=number + 1), well=number < 2, followed=(rule.pk,))
    count_changed()
    changed("flow", "returns")
    changed("guidance", rule.pk, "changed")
    page = unescape(browser.get("/staff/insights/changes/?range=28").content.decode())
    counts = []
    for link in dict.fromkeys(re.findall(r'href="(/staff/\?[^"]*behind=[^"]*)"', page)):
        filters = Filters.read({k: v[0] for k, v in parse_qs(urlsplit(link).query).items()})
        assert filters.behind, link
        counts.append(listing.shown(Conversation.objects.all(), filters, user=marie).count())
    assert sorted(counts) == [1, 2, 3, 3, 3]


def test_spans_of_flows_and_rules_in_an_address() -> None:
    known = [
        Span(AT, NOW, (3, 5)), Span(AT, NOW, (3,), flow="return_item"), Span(AT, NOW, flow="return_item"),
        Span(AT, NOW, rule=17),
    ]  # fmt: skip
    assert [span.key for span in known] == ["span", "flow_span", "flow_span", "rule_span"]
    for span in known:
        assert [key for key in CONDITIONS if is_span(str(span), key)] == [span.key]
        assert reader(f"{span.key} 2026-11-01 2026-11-29 UTC 0 - 0 {span}")
        assert reader(f"{span.key}_badly 2026-11-01 2026-11-29 UTC 0 - 0 {span}")
    for nonsense in (f"{known[1]}'", f"{known[3]}9999999999", f"{known[2]}-x", f"{known[2]}_rule:1"):
        assert not any(is_span(nonsense, key) for key in CONDITIONS)
    assert reader(f"rule_span 2026-11-01 2026-11-29 UTC 0 - 0 {known[0]}") is None
