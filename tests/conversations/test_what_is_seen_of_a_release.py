"""The chat page has name, colour and greeting from what customers get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant, Release, Serving, Welcome
from assistant.releases import as_served, serving
from assistant.releases.as_served import lot
from assistant.releases.making import make
from conversations.models import Conversation
from conversations.transcripts.content import transcript_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/chat/lucie/"


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    as_served.forget()
    yield
    as_served.forget()


@pytest.fixture
def lucie(transactional_db: None) -> Assistant:
    made = Assistant.objects.create(name="Lucie", slug="lucie", accent="#1f6f5c", languages=["en", "fr"])
    Welcome.objects.create(
        assistant=made, language="en", greeting="Good day!", suggestions="Where is my parcel?",
        people="Monday to Friday",
    )  # fmt: skip
    return made


@pytest.fixture
def editor(transactional_db: None) -> User:
    return User.objects.create_user("edda", first_name="Edda", role=Role.EDITOR)


def otherwise(lucie: Assistant) -> None:
    lucie.name, lucie.accent = "Max", "#aa3300"
    lucie.save()
    Welcome.objects.update(greeting="Hi there!", suggestions="Do you repair lamps?", people="Daily")


@pytest.fixture
def two(lucie: Assistant, editor: User) -> list[Release]:
    """The second is called Max, is red, and says “Hi there!”, as the settings do."""
    first = make(lucie, by=editor)
    otherwise(lucie)
    return [first, make(lucie, by=editor)]


def test_what_is_edited_waits_for_the_next_release(client: Client, two, editor):
    serving.publish(two[0], by=editor)
    page = client.get(PAGE).text
    assert "Lucie" in page and "Good day!" in page and "Where is my parcel?" in page
    assert "Max" not in page and "Hi there!" not in page and "repair lamps" not in page
    assert "theme.css?1f6f5c" in page
    assert "Daily" in page  # when people answer is a fact, and counts at once
    serving.publish(two[1], by=editor)
    page = client.get(PAGE).text
    assert "Max" in page and "Hi there!" in page and "theme.css?aa3300" in page and "Lucie" not in page


def test_the_stylesheet_is_that_of_the_release(client: Client, two, editor):
    red = client.get(f"{PAGE}theme.css?aa3300").text
    serving.publish(two[0], by=editor)
    green = client.get(f"{PAGE}theme.css?1f6f5c").text
    assert green != red and client.get(f"{PAGE}theme.css?bada55").text == green


def test_a_conversation_that_gets_the_trial_sees_all_of_it(client: Client, two, editor):
    serving.publish(two[0], by=editor)
    pk = client.post("/chat/session/", "{}", content_type="application/json").json()["conversation"]
    place = lot(pk, two[1].pk)
    Serving.objects.update(trial=two[1], share=min(99, place + 1))
    page = client.get(PAGE).text
    assert ("Max" in page) == (place < 99) and ("theme.css?aa3300" in page) == (place < 99)
    transcript = transcript_of(Conversation.objects.get(), time_zone="UTC")
    assert ("Max" in transcript.title) == (place < 99)
    assert "Lucie" in Client().get(PAGE).text  # somebody who was never here sees what most get


def test_a_release_of_before_has_those_of_the_settings(client: Client, two, editor):
    kept = {name: value for name, value in two[0].contents.items() if name not in ("accent", "greetings")}
    Release.objects.filter(pk=two[0].pk).update(contents=kept)
    serving.publish(two[0], by=editor)
    page = client.get(PAGE).text
    assert "Hi there!" in page and "theme.css?aa3300" in page
