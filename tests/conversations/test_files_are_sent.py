"""Files that go with a message: shown, listed in transcripts, told to the assistant, forgotten with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from conversations import answering
from conversations.attachments.forgetting import forget_unsent
from conversations.models import Attachment, Conversation, Turn
from conversations.protocol import event_adapter
from conversations.receiving import Received, receive
from conversations.refusals import Refused
from conversations.transcripts.content import transcript_of
from conversations.transcripts.writing import as_text
from conversations.viewing import look, see_message
from tests.conversations.files import PDF, picture, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(conversation: Conversation, *files: Attachment, text: str = "", client_id: Any = None) -> Received:
    return receive(
        conversation_id=conversation.pk,
        text=text,
        client_id=client_id or uuid4(),
        files=[file.pk for file in files],
    )


def test_a_message_may_be_a_file_alone(conversation: Conversation) -> None:
    photo = uploaded(conversation, picture(), "lamp.jpg")
    message = send(conversation, photo).message
    photo.refresh_from_db()
    conversation.refresh_from_db()
    assert (message.text, photo.message) == ("", message)
    assert conversation.last_words == "lamp.jpg"
    assert Turn.objects.get().question == message


def test_a_repeated_message_keeps_its_files(conversation: Conversation) -> None:
    photo, client_id = uploaded(conversation), uuid4()
    first = send(conversation, photo, text="Look", client_id=client_id)
    again = send(conversation, photo, text="Look", client_id=client_id)
    assert (again.message, again.fresh) == (first.message, False)


def test_a_file_is_sent_once_and_only_where_it_was_uploaded(conversation: Conversation) -> None:
    photo = uploaded(conversation)
    send(conversation, photo)
    other = Conversation.objects.create(assistant=conversation.assistant, customer=conversation.customer)
    for where in (conversation, other):
        with pytest.raises(Refused) as refused:
            send(where, photo, text="Again")
        assert refused.value.code == "file_gone"
    assert Turn.objects.count() == 1


def test_a_message_takes_no_more_files_than_the_assistant(conversation: Conversation) -> None:
    conversation.assistant.most_files = 1
    conversation.assistant.save()
    files = [uploaded(conversation, PDF, "a.pdf") for _n in range(2)]
    with pytest.raises(Refused) as refused:
        send(conversation, *files)
    assert refused.value.code == "too_many_files"


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_each_audience_is_shown_addresses_that_it_may_ask(conversation: Conversation, audience: Any) -> None:
    photo = uploaded(conversation, picture(), "lamp <b>.jpg")
    message = send(conversation, photo, uploaded(conversation, PDF, "invoice.pdf"), text="Both").message
    event = see_message(message.pk, audience=audience, language="en")
    view = event_adapter.validate_python(event).message
    root = "/staff/files" if audience == "staff" else "/chat/files"
    assert [file.url for file in view.files][0] == f"{root}/{photo.pk}/"
    assert [file.thumbnail for file in view.files] == [f"{root}/{photo.pk}/thumbnail/", ""]
    assert f'src="{root}/{photo.pk}/thumbnail/"' in view.html
    assert "lamp _b_.jpg" in view.html
    assert "<b>" not in view.html


def test_without_words_there_is_no_empty_bubble(conversation: Conversation) -> None:
    send(conversation, uploaded(conversation))
    (message,) = look(conversation.pk, audience="customer", language="en").messages
    assert "message__body" not in message["html"]


def test_the_assistant_is_told_of_files_and_not_what_stands_in_them(conversation: Conversation) -> None:
    photo = uploaded(conversation, picture(), "lamp.jpg")
    send(conversation, photo, text="It is broken")
    (said,) = answering.load(Turn.objects.get().pk).transcript.said
    (file,) = said.files
    assert (said.text, file.id, file.name, file.kind) == (
        "It is broken",
        str(photo.pk),
        "lamp.jpg",
        "picture",
    )


def test_a_transcript_lists_them(conversation: Conversation) -> None:
    send(conversation, uploaded(conversation, PDF, "invoice.pdf"))
    conversation.refresh_from_db()
    assert "  [File: invoice.pdf (1 kB)]" in as_text(transcript_of(conversation, time_zone="UTC"))


def test_what_nobody_sends_is_forgotten_after_a_day(
    conversation: Conversation, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    sent, old, fresh = (uploaded(conversation, PDF, name) for name in ("a.pdf", "b.pdf", "c.pdf"))
    send(conversation, sent)
    yesterday = timezone.now() - timedelta(hours=25)
    Attachment.objects.filter(pk__in=[sent.pk, old.pk]).update(created_at=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unsent() == 1
    assert set(Attachment.objects.all()) == {sent, fresh}
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2


@pytest.mark.parametrize("whose", ["conversation", "customer"])
def test_the_bytes_go_with_the_conversation(
    conversation: Conversation, folder: Path, django_capture_on_commit_callbacks: Any, whose: str
) -> None:
    send(conversation, uploaded(conversation))
    uploaded(conversation)
    with django_capture_on_commit_callbacks(execute=True):
        (conversation if whose == "conversation" else conversation.customer).delete()
    assert not Attachment.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
