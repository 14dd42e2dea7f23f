"""What a person answered is suggested when the conversation is resolved: once, nobody's data with it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations import suggesting
from conversations.handoff import resolve
from conversations.models import Conversation, Customer, Message
from conversations.posting import record
from knowledge.models import Document, ImportRun, Job, Source
from tests.knowledge.intake.importing import do_jobs

pytestmark = pytest.mark.django_db

CUSTOMER, ASSISTANT, PERSON, NOTE = (
    Message.Kind.CUSTOMER,
    Message.Kind.ASSISTANT,
    Message.Kind.PERSON,
    Message.Kind.NOTE,
)
ASKED = "How long is the warranty on your reading lamps?"
TOLD = "Our lamps have a warranty of two years from the day of delivery, and we repair them free of charge."
MINE = "Write to carla@secret.example or call +33 6 12 34 56 78 when the lamp is repaired, Carla."
DECLINED = "I have not found anything about that in our help centre, I am sorry."


def held(assistant: Assistant, marie: User, *said: tuple[Message.Kind, str], **facts: str) -> Conversation:
    """A conversation that Marie has resolved; `facts` are those of the assistant's messages."""
    carla = Customer.objects.create(name="Carla Winter")
    begun = Conversation.objects.create(assistant=assistant, customer=carla)
    with record(begun.pk) as writing:
        for kind, text in said:
            writing.post(
                kind=kind,
                text=text,
                author=marie if kind in (PERSON, NOTE) else None,
                **(facts if kind == ASSISTANT else {}),
            )
    resolve(conversation_id=begun.pk, user=marie)
    return begun


def suggested() -> ImportRun:
    run = suggesting.collect()
    assert run is not None
    do_jobs()
    run.refresh_from_db()
    return run


def test_a_persons_answer_waits_among_the_imports(assistant: Assistant, marie: User) -> None:
    said = (CUSTOMER, ASKED), (NOTE, "note-among-staff: he is a pain"), (PERSON, TOLD)
    conversation = held(assistant, marie, *said)
    run = suggested()
    assert (run.origin, run.state, run.source.kind) == ("conversations", "review", "conversations")
    row = run.items.get()
    assert (row.title, row.body, row.state, row.decision) == (ASKED, TOLD, "new", "waiting")
    assert row.place["name"] == str(conversation.pk)
    assert not Document.objects.exists()


def test_each_conversation_is_looked_at_once(assistant: Assistant, marie: User) -> None:
    held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    run = suggested()
    run.items.update(decision="discarded")
    ImportRun.objects.update(state="done")
    assert suggesting.collect() is None
    assert ImportRun.objects.count() == 1


def test_what_comes_while_suggestions_wait_comes_after_them(assistant: Assistant, marie: User) -> None:
    held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    first = suggested()
    held(
        assistant, marie, (CUSTOMER, "Do you deliver lamps to Norway?"), (PERSON, "We deliver to Norway too.")
    )
    assert suggesting.collect() is None
    ImportRun.objects.filter(pk=first.pk).update(state="done")
    second = suggested()
    assert second.source == first.source and second.items.get().title.startswith("Do you deliver")
    assert Source.objects.filter(kind="conversations").count() == 1


def test_personal_data_never_comes_along(assistant: Assistant, marie: User) -> None:
    marie.last_name = "Durand"
    marie.save()
    asked = f"{ASKED} I am Carla Winter, carla@secret.example."
    held(assistant, marie, (CUSTOMER, asked), (PERSON, f"{TOLD} {MINE} Yours, Marie Durand"))
    kept = json.dumps(list(suggested().items.values("title", "body", "before", "fields", "place")))
    for personal in ("Carla", "Winter", "secret.example", "6 12 34", "Durand"):
        assert personal not in kept, personal
    assert "[e-mail address]" in kept and "two years" in kept


def test_what_the_assistant_said_is_not_suggested(assistant: Assistant, marie: User) -> None:
    """What it declined to answer is the question that the person answered."""
    held(assistant, marie, (CUSTOMER, ASKED), (ASSISTANT, TOLD), (PERSON, "Bye!"), outcome="answered")
    assert suggesting.collect() is None
    declined = (CUSTOMER, ASKED), (ASSISTANT, DECLINED), (CUSTOMER, "Please, a person."), (PERSON, TOLD)
    held(assistant, marie, *declined, outcome="declined")
    row = suggested().items.get()
    assert row.title.startswith(ASKED) and row.body == TOLD


def test_two_who_ask_the_same_are_one_suggestion(assistant: Assistant, marie: User) -> None:
    held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    held(assistant, marie, (CUSTOMER, "What warranty do the reading lamps have?"), (PERSON, TOLD))
    row = suggested().items.get()
    assert row.times == 2 and len(row.fields["questions"]) == 1


def test_only_what_is_resolved_and_what_persons_answered(assistant: Assistant, marie: User) -> None:
    talking = held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    Conversation.objects.filter(pk=talking.pk).update(status="open")
    held(assistant, marie, (CUSTOMER, ASKED), (ASSISTANT, TOLD), outcome="answered")
    assert suggesting.collect() is None
    assert not Source.objects.filter(kind="conversations").exists()


def test_an_import_that_stopped_goes_on_without_files(assistant: Assistant, marie: User) -> None:
    from knowledge.intake import running

    held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    run = suggesting.collect()
    Job.objects.all().delete()
    ImportRun.objects.update(state="failed", finished_at=timezone.now() - timedelta(days=1))
    run.refresh_from_db()
    assert running.try_again(run)
    do_jobs()
    run.refresh_from_db()
    assert run.state == "review" and run.items.get().title == ASKED


def test_the_button_leads_to_what_is_to_be_decided(assistant: Assistant, marie: User, client: Client) -> None:
    editor = User.objects.create_user("ed", role="editor")
    client.force_login(editor)
    imports = "/admin/knowledge/importrun/"
    assert b"/staff/suggestions/" in client.get(imports).content
    assert client.post("/staff/suggestions/")["Location"] == imports
    conversation = held(assistant, marie, (CUSTOMER, ASKED), (PERSON, TOLD))
    page = client.post("/staff/suggestions/")["Location"]
    run = ImportRun.objects.get()
    assert page == f"{imports}{run.pk}/change/" == client.post("/staff/suggestions/")["Location"]
    do_jobs()
    row = run.items.get()
    opened = client.get(f"{imports}{run.pk}/items/{row.pk}/", HTTP_HX_REQUEST="true").content.decode()
    assert f"/staff/conversations/{conversation.pk}/" in opened
