"""Questions are put into topics by their meaning and the articles they find; staff name and join topics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEntry, User
from assistant.events import HandoffReason, Outcome
from assistant.models import Assistant
from conversations.models import Conversation
from insights import topics
from insights.counting import count_all, count_changed
from insights.first_questions import Question, first_questions
from insights.grouping import groups, middle, name, nearest, own, point
from insights.models import Tally, Topic
from insights.topics import merge, sort
from tests.insights.talks import ask, begin

PARCELS = ["Where is my parcel?", "My parcel is late", "Parcel not delivered", "When does my parcel come?"]
RETURNS = [
    "How do I return a lamp?",
    "I want to return a lamp",
    "Return of a lamp",
    "Can I return this lamp?",
]
TIMES = 3


@pytest.fixture
def talks(luce: Assistant) -> list[Conversation]:
    made = []
    for texts, article in ((PARCELS, "parcels"), (RETURNS, "returns")):
        for text in texts * TIMES:
            made.append(begin(luce))
            ask(made[-1], text, articles=(article, article, "contact"))
    count_changed()
    return made


def sorted_now() -> dict[str, set[str]]:
    """By topic, what is asked in it."""
    sort()
    said = first_questions(Tally.objects.values_list("pk", flat=True))
    found: dict[str, set[str]] = {}
    for key, topic in Tally.objects.values_list("pk", "topic__name"):
        found.setdefault(topic, set()).add(said[key].text)
    return found


@pytest.mark.django_db
def test_questions_of_a_kind_are_a_topic(talks: list[Conversation]) -> None:
    found = sorted_now()
    assert sorted(map(sorted, found.values())) == sorted([sorted(PARCELS), sorted(RETURNS)])
    assert any("parcel" in one.lower() for one in found) and any("eturn" in one for one in found)


@pytest.mark.django_db
def test_a_heap_of_them_is_sorted_in_one_go(
    talks: list[Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "AT_ONCE", 7)
    assert topics.sort_for(60) == len(talks)
    assert not Tally.objects.filter(made_by="").exists() and Topic.objects.count() == 2
    assert topics.sort_for(0) == 0


@pytest.mark.django_db
def test_a_topic_stays_and_takes_in_what_is_like_it(talks: list[Conversation], luce: Assistant) -> None:
    sort()
    before = dict(Tally.objects.values_list("pk", "topic"))
    later = begin(luce)
    ask(later, "Where is my late parcel?", articles=("parcels", "contact"))
    count_changed()
    sort()
    found = dict(Tally.objects.values_list("pk", "topic"))
    assert {key: found[key] for key in before} == before
    assert found[later.pk] == found[talks[0].pk]


@pytest.mark.django_db
def test_counting_anew_leaves_topics_as_they_are(talks: list[Conversation]) -> None:
    sort()
    before = dict(Tally.objects.values_list("pk", "topic"))
    list(count_all())
    assert dict(Tally.objects.values_list("pk", "topic")) == before


@pytest.mark.django_db
def test_what_is_put_together_takes_in_what_was_like_either(
    talks: list[Conversation], luce: Assistant
) -> None:
    sort()
    one, other = Topic.objects.order_by("pk")
    merge(one, other)
    assert set(Tally.objects.values_list("topic", flat=True)) == {other.pk}
    for text, article in (("My parcel is late", "parcels"), ("I want to return a lamp", "returns")):
        ask(begin(luce), text, articles=(article, article, "contact"))
    count_changed()
    sort()
    assert set(Tally.objects.values_list("topic", flat=True)) == {other.pk}


@pytest.mark.django_db
def test_a_greeting_is_not_what_it_is_about(luce: Assistant) -> None:
    talk, only = begin(luce), begin(luce)
    ask(talk, "hello", kind="small_talk")
    ask(talk, "Where is my parcel?")
    ask(only, "thank you", kind="small_talk")
    assert {key: one.text for key, one in first_questions([talk.pk, only.pk]).items()} == {
        talk.pk: "Where is my parcel?"
    }


@pytest.mark.django_db
def test_an_editor_renames_a_topic_and_the_trail_knows(talks: list[Conversation], browser: Client) -> None:
    sort()
    topic = Topic.objects.first()
    browser.post(f"/staff/insights/topics/{topic.pk}/rename/", {"name": "Our parcels"})
    topic.refresh_from_db()
    assert (topic.name, topic.named_by_staff) == ("Our parcels", True)
    assert AuditEntry.objects.filter(kind="topic", action="changed").count() == 1
    page = browser.get(f"/staff/insights/topics/{topic.pk}/").content.decode()
    assert "Our parcels" in page


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "x" * 121])
def test_a_topic_keeps_its_name_where_none_is_given(browser: Client, given: str) -> None:
    topic = Topic.objects.create(name="Parcels", middle=[1.0], made_by="x")
    page = browser.post(f"/staff/insights/topics/{topic.pk}/rename/", {"name": given}, follow=True)
    topic.refresh_from_db()
    assert topic.name == "Parcels"
    assert "A topic needs a name" in page.content.decode()


@pytest.mark.django_db
def test_a_topic_cannot_be_put_together_with_itself(browser: Client) -> None:
    topic = Topic.objects.create(name="Parcels", middle=[1.0], made_by="x")
    page = browser.post(f"/staff/insights/topics/{topic.pk}/merge/", {"into": topic.pk}, follow=True)
    assert "Choose another topic" in page.content.decode()


@pytest.mark.django_db
def test_agents_look_and_change_nothing(luce: Assistant) -> None:
    topic = Topic.objects.create(name="Parcels", middle=[1.0], made_by="x")
    agent = Client()
    agent.force_login(User.objects.create_user("paul"))
    page = agent.get(f"/staff/insights/topics/{topic.pk}/").content.decode()
    assert "Rename" not in page
    assert agent.post(f"/staff/insights/topics/{topic.pk}/rename/", {"name": "X"}).status_code == 403


vectors = st.lists(st.lists(st.floats(-1, 1, width=32), min_size=4, max_size=4), min_size=1, max_size=30)


@given(vectors)
def test_no_question_stands_in_two_groups(rows: Sequence[Sequence[float]]) -> None:
    found = [place for members in groups(own(rows, None)) for place in members]
    assert len(found) == len(set(found))


@given(vectors)
def test_a_question_belongs_to_the_middle_of_those_that_are_it(rows: Sequence[Sequence[float]]) -> None:
    points = own([*rows, [1.0, 0.0, 0.0, 0.0]], None)
    same = np.repeat(points[-1:], 3, axis=0)
    assert nearest(points[-1:], {7: middle(same)}) == [7]


def test_articles_bring_two_languages_together() -> None:
    english = point(Question("Customs?", "en", ("customs", "prices")), [1.0, 0.0], None)
    french = point(Question("Douane ?", "fr", ("customs", "prices")), [0.0, 1.0], None)
    assert float(english @ french) == pytest.approx(0.5, abs=1e-3)


def test_a_topic_is_called_by_what_several_say() -> None:
    mine = [
        Question(text, "en") for text in ("customs for Switzerland", "Customs, says Rosalind", "customs?")
    ]
    others = [Question("Where is my parcel", "en")]
    assert name(mine, others) == "Customs"


def test_it_is_written_as_most_write_it() -> None:
    mine = [
        Question(text, "fr")
        for text in ("quelqu'un livre en Suisse ?", "Suisse", "LIVRER EN SUISSE", "la Suisse")
    ]
    assert name(mine, []) == "Suisse · livre"


@pytest.mark.django_db
def test_a_flow_and_a_wish_for_a_person_are_not_alike(luce: Assistant) -> None:
    wish, flow = begin(luce), begin(luce)
    ask(wish, "I want a human", Outcome.HANDOFF, kind="handoff", reason=HandoffReason.CUSTOMER_REQUEST)
    ask(flow, "I want to return a lamp", Outcome.GUIDED, kind="flow", steps=("return_item@3/ask_order",))
    found = first_questions([wish.pk, flow.pk])
    assert (found[wish.pk].articles, found[flow.pk].articles) == (("handoff",), ("flow return_item",))


@pytest.mark.django_db
def test_a_topic_is_shown_with_the_question_most_like_it(talks: list[Conversation], browser: Client) -> None:
    sort()
    said = first_questions(Topic.objects.values_list("example", flat=True))
    assert {one.text for one in said.values()} & set(PARCELS) and len(said) == 2
    page = browser.get("/staff/insights/").content.decode()
    assert all(one.text in page for one in said.values())


@pytest.mark.django_db
def test_another_takes_the_place_of_an_example_that_is_deleted(talks: list[Conversation]) -> None:
    sort()
    topic = Topic.objects.earliest("pk")
    Conversation.objects.get(pk=topic.example_id).delete()
    topic.refresh_from_db()
    assert topic.example is None
    sort()
    topic.refresh_from_db()
    assert topic.example is not None and topic.example.tally.topic == topic
