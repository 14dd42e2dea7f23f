"""What the address alone does not say: whose conversation it is, which articles, which rows of the admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from conversations.models import Conversation, Customer, TranscriptMail
from conversations.tokens import COOKIE, read_token
from knowledge.models import Document
from tests.access.world import (
    ACTORS,
    ADMIN,
    AGENT,
    BRUNO,
    CARLA,
    EDITOR,
    NOBODY,
    RANK,
    World,
    cookie_of,
    secrets_seen,
)
from tests.conversations.transcripts import somebody
from tests.knowledge.articles import run_waiting_jobs

LEAST_TO_READ = {"public": NOBODY, "inside": AGENT, "draft": EDITOR}


def session(world: World, actor: str, **wanted: Any) -> dict[str, str]:
    answer = world.client(actor).post("/chat/session/", wanted, content_type="application/json")
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.mark.parametrize("actor", ACTORS)
def test_a_session_opens_ones_own_conversation_and_no_other(world: World, actor: str) -> None:
    opened = session(world, actor)
    theirs = UUID(opened["conversation"])
    if actor in (CARLA, BRUNO):
        assert theirs == world.conversation_of(actor).pk
    else:
        assert theirs not in {world.carla.pk, world.bruno.pk}
    grant = read_token(opened["token"])
    assert grant
    assert (grant.conversation, grant.expired) == (theirs, False)
    assert Conversation.objects.get(pk=theirs).customer_id == grant.customer


@pytest.mark.parametrize("named", ["conversation", "customer", "token", "id", "pk"])
def test_a_session_asked_for_somebody_elses_is_ones_own(world: World, named: str) -> None:
    opened = session(world, BRUNO, **{named: str(world.carla.pk)})
    assert opened["conversation"] == str(world.bruno.pk)


@pytest.mark.parametrize(
    "forge", [lambda true: true[:-4] + "AAAA", lambda true: true.split(":")[0], lambda true: ""]
)
def test_a_cookie_that_is_not_quite_hers_is_a_strangers(world: World, forge: Any) -> None:
    browser = world.client(NOBODY)
    browser.cookies[COOKIE] = forge(cookie_of(world.carla.customer_id))
    opened = browser.post("/chat/session/", {}, content_type="application/json").json()
    assert opened["conversation"] != str(world.carla.pk)


def test_a_cookie_of_somebody_who_was_erased_is_a_strangers(world: World) -> None:
    cookie = cookie_of(world.carla.customer_id)
    Customer.objects.filter(pk=world.carla.customer_id).delete()
    browser = world.client(NOBODY)
    browser.cookies[COOKIE] = cookie
    opened = browser.post("/chat/session/", {}, content_type="application/json").json()
    assert opened["conversation"] not in {str(world.carla.pk), str(world.bruno.pk)}


def test_an_assistant_that_is_not_active_is_there_for_nobody(world: World) -> None:
    for actor in ACTORS:
        assert world.client(actor).get("/chat/old/").status_code == 404
        asked = world.client(actor).post(
            "/chat/session/", {"assistant": "old"}, content_type="application/json"
        )
        assert asked.status_code == 404


@pytest.mark.parametrize("actor", ACTORS)
def test_a_transcript_is_sent_for_its_own_customer_only(world: World, settings: Any, actor: str) -> None:
    settings.EMAIL_HOST = "mail.shop.example"
    wish = {"email": somebody(), "client_id": str(uuid4())}
    where = f"/chat/transcripts/{world.carla.pk}/"
    answer = world.client(actor).post(where, wish, content_type="application/json")
    assert answer.status_code == (202 if actor == CARLA else 404)
    assert TranscriptMail.objects.exists() is (actor == CARLA)
    assert secrets_seen(answer.content.decode(), actor) == []


def test_a_page_elsewhere_cannot_make_carlas_browser_send_it(world: World, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.shop.example"
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[COOKIE] = cookie_of(world.carla.customer_id)
    wish = {"email": somebody(), "client_id": str(uuid4())}
    answer = browser.post(f"/chat/transcripts/{world.carla.pk}/", wish, content_type="application/json")
    assert answer.status_code == 403
    assert not TranscriptMail.objects.exists()


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("article", LEAST_TO_READ)
def test_an_article_is_read_by_its_audience_only(world: World, actor: str, article: str) -> None:
    document: Document = getattr(world, article)
    answer = world.client(actor).get(document.get_absolute_url())
    assert answer.status_code == (200 if RANK[actor] >= RANK[LEAST_TO_READ[article]] else 404)
    assert secrets_seen(answer.content.decode(), actor) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_help_centre_finds_and_lists_what_everybody_may_read(world: World, actor: str) -> None:
    run_waiting_jobs()
    browser = world.client(actor)
    for asked in ("", "?q=words-for-staff-only", "?q=words-of-a-draft", "?q=Margins+Sale"):
        shown = browser.get(f"/help/en/{asked}").content.decode()
        assert world.inside.get_absolute_url() not in shown
        assert world.draft.get_absolute_url() not in shown


@pytest.mark.parametrize("actor", [AGENT, EDITOR, ADMIN])
def test_the_search_of_the_admin_site_shows_rows_to_whoever_may_see_them(world: World, actor: str) -> None:
    browser = world.client(actor)
    for words in ("carla", "secret", "boss", "words", "question"):
        assert secrets_seen(browser.get(f"/admin/search/?s={words}").content.decode(), actor) == []


@pytest.mark.parametrize(
    "field",
    [
        "accounts.user.groups",
        "conversations.conversation.customer",
        "conversations.conversation.assignee",
        "knowledge.document.owner",
    ],
)
def test_completing_names_in_the_admin_site_tells_editors_nothing(world: World, field: str) -> None:
    app, model, name = field.split(".")
    asked = {"app_label": app, "model_name": model, "field_name": name, "term": "a"}
    answer = world.client(EDITOR).get("/admin/autocomplete/", asked)
    assert answer.status_code in {403, 404}
    assert secrets_seen(answer.content.decode(), EDITOR) == []
