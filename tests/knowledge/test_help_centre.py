"""Who can read which article, and what its page holds."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from knowledge.chunking import chunk_document
from knowledge.models import Category, Document
from knowledge.pages import render_body
from tests.knowledge.articles import RETURNS, ada, indexed, publish

ARTICLE = st.lists(
    st.sampled_from(
        [
            "## Part",
            "# Title",
            "### Part",
            "Text *is* here.",
            "- item",
            "> ## Part",
            "Part\n---",
            "```\n## code\n```",
        ]
        + [
            "",
            "## *Fine* `print`",
            "1. one\n2. two",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "## Été à Nîmes",
            "## ",
        ]
    ),
    max_size=12,
).map("\n\n".join)


def agent():
    return get_user_model().objects.get_or_create(username="bo", defaults={"role": "agent"})[0]


@given(ARTICLE)
def test_the_anchor_of_every_passage_is_on_the_page(body):
    page = render_body("Title", body)
    for piece in chunk_document("Title", body):
        assert piece.anchor in {"", page.top} or f'id="{piece.anchor}"' in page.html


pytestmark = pytest.mark.django_db


def test_a_published_article_has_a_page_with_anchors(client):
    document = publish()
    page = client.get(document.get_absolute_url())
    assert page.status_code == 200
    assert '<h2 id="how-to-send-it-back">How to send it back</h2>' in page.content.decode()


@pytest.mark.parametrize("fields", [{"audience": "staff"}, {"audience": "verified"}])
def test_an_article_for_others_does_not_exist_for_visitors(client, fields):
    document = publish(**fields)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(agent())
    assert client.get(document.get_absolute_url()).status_code == 200


def test_a_draft_is_seen_by_editors_only(client):
    document = publish()
    Document.objects.update(status="draft")
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(agent())
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(ada())
    assert "This is a draft" in client.get(document.get_absolute_url()).content.decode()


def test_an_address_with_an_old_title_or_language_leads_to_the_article(client):
    document = publish()
    assert client.get(f"/help/en/{document.pk}-old-title/").url == document.get_absolute_url()
    assert client.get(f"/help/fr/{document.pk}-returns/").url == document.get_absolute_url()
    assert client.get("/help/en/999-nothing/").status_code == 404


def test_a_page_is_in_its_articles_language_and_leads_to_the_translation(client):
    english = publish(external_id="returns")
    french = publish("Retours", "Trente jours.", external_id="returns", language="fr")
    page = client.get(french.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="fr"' in page and english.get_absolute_url() in page


def test_the_contents_list_public_articles_of_the_language_by_category(client):
    category = Category.objects.create(name="After buying", language="en")
    publish(category=category)
    publish("Retours", language="fr")
    publish("Secret", audience="staff")
    page = client.get("/help/en/").content.decode()
    assert "After buying" in page and "Returns" in page
    assert "Retours" not in page and "Secret" not in page
    assert client.get("/help/", headers={"accept-language": "fr"}).url == "/help/fr/"
    assert client.get("/help/xx/").status_code == 404


def test_searching_finds_articles_and_only_public_ones(client):
    indexed()
    indexed("For staff", RETURNS, audience="staff")
    page = client.get("/help/en/", {"q": "How do I send a parcel back?\x00"}).content.decode()
    assert "#how-to-send-it-back" in page and "For staff" not in page


def test_links_between_imported_files_lead_to_their_pages(client):
    there = publish("Delivery", "Fast.", external_id="delivery", path="en/ship/delivery.md")
    here = publish(
        "Returns", "[a](../ship/delivery.md#how) [b](gone.md)", external_id="r", path="en/back/r.md"
    )
    page = client.get(here.get_absolute_url()).content.decode()
    assert f'href="{there.get_absolute_url()}#how"' in page and "gone.md" not in page


def test_a_link_to_an_article_that_the_visitor_may_not_read_is_no_link(client):
    publish("Secret", "x", external_id="secret", audience="staff")
    here = publish("Returns", "[a](secret.md)")
    assert "secret" not in client.get(here.get_absolute_url()).content.decode()
