"""For staff a source opens the text that the answer saw, with what has changed since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conversations.models import Citation, Conversation, Message
from conversations.posting import record
from conversations.rendering import render_html
from knowledge import publishing
from knowledge.models import Document
from tests.knowledge.articles import RETURNS, ada, publish

pytestmark = pytest.mark.django_db
POSTAGE = "Print the label from your account and bring the parcel to any post office. We pay for the postage."

QUOTE = "We pay for the postage."


@pytest.fixture
def article() -> Document:
    return publish()


@pytest.fixture
def cited(conversation: Conversation, article: Document) -> Citation:
    with record(conversation.pk) as writing:
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="Print it [1].", outcome="answered")
    return Citation.objects.create(
        message=answer, number=1, document=article, revision=article.revisions.get(), title="Returns",
        heading="How to send it back", url="/help/", language="en", passage=POSTAGE, quote=QUOTE,
    )  # fmt: skip


@pytest.fixture
def agent(client: Client, marie: User) -> Client:
    client.force_login(marie)
    return client


def shown(browser: Client, cited: Citation) -> str:
    return browser.get(reverse("conversations:citation", args=[cited.pk])).content.decode()


def save(article: Document, body: str) -> None:
    article.body = body
    publishing.save_document(article, author=ada())


def test_its_link_is_in_what_staff_read_and_not_in_what_customers_read(cited: Citation) -> None:
    where, assistant = (
        reverse("conversations:citation", args=[cited.pk]),
        cited.message.conversation.assistant,
    )
    assert where in render_html(cited.message, assistant=assistant, audience="staff")
    assert where not in render_html(cited.message, assistant=assistant, audience="customer")


def test_unchanged_it_says_so_and_marks_the_passage(agent: Client, cited: Citation) -> None:
    page = shown(agent, cited)
    assert "still says the same" in page and f'<p class="cited">{POSTAGE}</p>' in page
    assert "<mark>We pay for the postage.</mark>" in page and "What has changed since" not in page


def test_changed_it_shows_the_difference(agent: Client, cited: Citation, article: Document) -> None:
    save(article, RETURNS.replace("thirty", "sixty"))
    page = shown(agent, cited)
    assert "has changed since" in page and "<del>thirty</del>" in page and "<ins>sixty</ins>" in page
    assert "Revision 1" in page and "/admin/" not in page.split('class="citation"')[1]
    agent.force_login(ada())
    assert reverse("admin:knowledge_document_compare", args=[article.pk, 1]) in shown(agent, cited)


def test_gone_it_says_so_and_keeps_the_passage(agent: Client, cited: Citation, article: Document) -> None:
    publishing.delete_documents([article])
    page = shown(agent, cited)
    assert "it was deleted" in page and "We pay for the postage." in page


def test_a_draft_is_for_editors(agent: Client, cited: Citation, article: Document) -> None:
    publishing.unpublish(article)
    save(article, "words-of-a-draft")
    page = shown(agent, cited)
    assert "not published any more" in page and "words-of-a-draft" not in page and POSTAGE in page
    agent.force_login(ada())
    page = shown(agent, cited)
    assert "it is a draft now" in page and "words-of-a-draft" in page


def test_what_was_not_kept_is_said(agent: Client, cited: Citation) -> None:
    Citation.objects.update(revision=None)
    assert "was not kept" in shown(agent, cited)


def test_customers_do_not_come_here(client: Client, cited: Citation) -> None:
    answer = client.get(reverse("conversations:citation", args=[cited.pk]))
    assert answer.status_code == 302 and "sign-in" in answer.headers["Location"]
