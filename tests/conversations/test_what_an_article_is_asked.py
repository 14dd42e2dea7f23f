"""Beside an article: what customers asked when an answer cited it; and how often it is used."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from assistant.events import Answer, Outcome, Route
from assistant.models import Assistant
from conversations import answering
from conversations.models import Citation, Conversation, Customer, Message, Turn
from conversations.posting import record
from knowledge.models import ArticleUse, Document
from tests.knowledge.articles import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    luce = Assistant.objects.create(name="Luce", slug="luce", languages=["en"], is_default=True)
    return Conversation.objects.create(assistant=luce, customer=Customer.objects.create(name="Carla"))


def answered(conversation: Conversation, question: str, document: Document) -> None:
    with record(conversation.pk) as writing:
        asked = writing.post(kind=Message.Kind.CUSTOMER, text=question, client_id=uuid4())
        turn = Turn.objects.create(conversation=conversation, question=asked, state="done")
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="So [1].", turn=turn, outcome="answered")
    Citation.objects.create(
        message=answer, number=1, document=document, title="Returns", url="/", language="en", passage="…"
    )


def test_the_questions_are_grouped_most_often_first(client, conversation):
    document = publish()
    for question in ("How long do I have?", "Can I send it back?", "can I send it  back"):
        answered(conversation, question, document)
    answered(conversation, "When does it arrive?", publish("Delivery", "Tomorrow."))
    client.force_login(User.objects.create_user("ann", role="agent"))
    page = client.get(reverse("conversations:article-questions", args=[document.pk])).content.decode()
    assert page.index("send it") < page.index("How long do I have?") and "2 times" in page
    assert "arrive" not in page and str(conversation.pk) in page


def test_an_article_that_was_never_cited_says_so(client):
    client.force_login(User.objects.create_user("ann", role="agent"))
    page = client.get(reverse("conversations:article-questions", args=[424242])).content.decode()
    assert "No answer has cited it yet" in page


def test_an_answer_counts_what_was_found_for_it(django_capture_on_commit_callbacks):
    document = publish()
    route = Route(kind="knowledge", language="en", passages=({"document": document.pk},) * 2)
    answer = Answer("…", Outcome.DECLINED, "en", route=route)
    with django_capture_on_commit_callbacks(execute=True):
        answering.note_use(answer)
    use = ArticleUse.objects.get()
    assert (use.document, use.found, use.cited) == (document, 1, 0)
