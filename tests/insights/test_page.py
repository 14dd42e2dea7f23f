"""The page of figures: what it says, for whom, and how little it asks the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from flows.models import Flow, FlowVersion
from insights.counting import count_changed
from insights.models import Tally, Topic
from tests.insights.talks import ask, begin, moved, settled

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8


@pytest.fixture
def weeks(luce: Assistant) -> None:
    """Three conversations this week, two of them settled; one the week before, which was not."""
    for days, ends in ((1, True), (2, True), (3, False), (9, False)):
        talk = begin(luce)
        ask(talk)
        if ends:
            settled(talk)
        moved(talk, timezone.now() - timedelta(days=days))
    count_changed()


def read(browser: Client, **query: str) -> str:
    response = browser.get("/staff/insights/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_sentence_comes_first(weeks: None, browser: Client) -> None:
    said = "3 conversations in the last 7 days, 67% resolved without a person, up 67."
    assert said in read(browser)


def test_without_conversations_it_says_what_to_do(luce: Assistant, browser: Client) -> None:
    page = read(browser)
    assert "0 conversations in the last 7 days." in page
    assert "No conversations in these days" in page


def test_a_language_that_nobody_spoke_leaves_nothing(weeks: None, browser: Client) -> None:
    assert "No conversations in these days" in read(browser, language="fr")


def test_it_asks_the_database_seldom(weeks: None, browser: Client) -> None:
    topic = Topic.objects.create(name="Parcels", middle=[1.0], made_by="x")
    Tally.objects.update(topic=topic)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(browser, range="90")
    assert len(asked) <= MOST_QUERIES, [one["sql"][:80] for one in asked]


def test_each_definition_stands_behind_a_question_mark(weeks: None, browser: Client) -> None:
    page = read(browser)
    assert page.count('class="meaning__mark"') >= 10
    assert "What staff closed without answering is not counted." in page


def test_the_days_are_those_of_the_browser(weeks: None, browser: Client) -> None:
    browser.cookies["zone"] = "Asia%2FKolkata"
    assert "midnight in Asia/Kolkata" in read(browser)
    browser.cookies["zone"] = "nowhere"
    assert "midnight in UTC" in read(browser)


def test_only_admins_see_the_files(weeks: None, browser: Client) -> None:
    agent = Client()
    agent.force_login(User.objects.create_user("paul"))
    assert "topics.csv" in read(browser)
    assert "topics.csv" not in read(agent)


def test_years_are_shown_by_the_week(weeks: None, browser: Client) -> None:
    page = read(browser, since="2026-01-01", until="2026-12-31")
    assert "Week of " in page


def test_the_worst_topic_stands_first(luce: Assistant, browser: Client) -> None:
    from conversations.ratings.giving import rate

    topics = [Topic.objects.create(name=name, middle=[1.0], made_by="x") for name in ("Fine", "Awful")]
    for topic, score in zip(topics, (1, -1), strict=True):
        for _again in range(6):
            talk = begin(luce)
            rate(conversation_id=talk.pk, message_id=ask(talk).pk, score=score)
            count_changed()
            Tally.objects.filter(pk=talk.pk).update(topic=topic)
    page = read(browser)
    assert page.index(">Awful<") < page.index(">Fine<")


def test_a_flow_stands_under_its_title_in_the_charts(weeks: None, browser: Client) -> None:
    flow = Flow.objects.create(key="send-back", draft={"name": {"en": "Send it back"}})
    FlowVersion.objects.create(flow=flow, number=1, graph={})
    page = read(browser)
    assert "Flow published: Send it back" in page and "Flow published: send-back" not in page


@pytest.fixture
def three_topics(luce: Assistant) -> list[Topic]:
    """Each with questions of its own, of which the first stands for it on the page."""
    asked = {
        "Customs · Switzerland": ("Do I pay duty?", "Does a lamp to Zürich cost more?"),
        "Returns": ("How do I send it back?", "Jusqu’à quand puis-je renvoyer ma lampe ?"),
        "Opening hours": ("When are you open?", "Ouvert dimanche ?"),
    }
    found = []
    for name, questions in asked.items():
        topic = Topic.objects.create(name=name, middle=[1.0], made_by="x")
        for question in questions:
            talk = begin(luce)
            ask(talk, question)
            count_changed()
            Tally.objects.filter(pk=talk.pk).update(topic=topic)
            topic.example = topic.example or talk
        topic.save()
        found.append(topic)
    return found


def shown_topics(browser: Client, said: str) -> list[str]:
    response = browser.get("/staff/insights/", {"topic": said})
    return sorted(row.name for row in response.context["topics"])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("switz", ["Customs · Switzerland"]),
        ("RETURNS", ["Returns"]),
        ("duty", ["Customs · Switzerland"]),  # of the question that stands for it
        ("zurich", ["Customs · Switzerland"]),  # of another one
        ("lamp", ["Customs · Switzerland", "Returns"]),
        ("lamp cost", ["Customs · Switzerland"]),
        ("lamp duty", []),  # no name and no question has both
        ("amp", []),
        ("  ", ["Customs · Switzerland", "Opening hours", "Returns"]),
        ("\x00…", ["Customs · Switzerland", "Opening hours", "Returns"]),
    ],
)
def test_topics_are_found_by_name_and_question(
    three_topics: list[Topic], browser: Client, said: str, found: list[str]
) -> None:
    assert shown_topics(browser, said) == found


@pytest.mark.usefixtures("three_topics")
def test_what_is_looked_for_stays_with_other_days_and_nothing_found_says_what_to_do(browser: Client) -> None:
    page = read(browser, topic="lamp & co <b>", range="28")
    assert "No topic found" in page and "Search for fewer or other words" in page
    assert "<b>" not in page.split('id="topics"')[1].split("</section>")[0].replace("</b>", "")
    assert 'name="topic" value="lamp &amp; co &lt;b&gt;"' in page
    assert "topic=lamp%20%26%20co%20%3Cb%3E" in page
    assert '<input type="hidden" name="range" value="28">' in page
    assert "2 topics with “lamp”." in read(browser, topic="lamp")
