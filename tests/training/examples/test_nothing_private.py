"""What would tell who somebody is, and what is secret, is in no file and in no row."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Message
from conversations.posting import record
from knowledge.models import Document, Source
from knowledge.publishing import save_document
from tests.knowledge.articles import run_waiting_jobs
from tests.training.examples.conftest import ENGLISH, begin, left_out, made, put_right, right, say
from training.examples import packing
from training.examples.files import files_of
from training.examples.rows import Dataset, Example
from training.secrets import holds_a_secret, without_secrets_in

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = ENGLISH[0]
SECRETS = (
    "sk-live4f9Q2xKpLr7TzW1v", "my password is Hunter2!x",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
    "mon mot de passe : Tr0ub4dor", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
)  # fmt: skip


def all_that_is_kept(dataset: Dataset) -> str:
    files = files_of(dataset)
    rows = serializers.serialize("json", [dataset, *dataset.examples.all()], ensure_ascii=False)
    whole = [files.training, files.validation, packing.csv_of(dataset), packing.card_now(dataset)]
    return rows + "".join(content.decode() for content in whole)


@pytest.mark.parametrize("secret", SECRETS)
def test_an_example_with_a_secret_is_left_out_and_nothing_is_kept_of_it(
    assistant: Assistant, reviewer: User, secret: str
) -> None:
    right(say(begin(assistant), f"{ASKED} {secret}", answered_to=ASKED), reviewer)
    dataset = made(assistant)
    assert left_out(dataset) == {"secret": 1}
    kept = all_that_is_kept(dataset)
    assert "█████" in kept
    for word in secret.split():
        if not word.isalpha() and word not in (":", "-----BEGIN", "KEY-----"):
            assert word not in json.loads(json.dumps(kept)), word


def test_the_number_of_a_card_is_a_secret(assistant: Assistant, reviewer: User) -> None:
    """Customers’ are masked as they arrive; staff may have written one down."""
    answer = say(begin(assistant), ASKED)
    put_right(answer, reviewer, "Delivery in Europe takes three to five working days: 4111 1111 1111 1111.")
    dataset = made(assistant)
    assert left_out(dataset) == {"secret": 1} and "4111" not in all_that_is_kept(dataset)


@pytest.mark.parametrize(
    "text",
    [
        "My password is wrong", "Le mot de passe est incorrect", "The PIN has four digits", "Is it token 5?",
        "Order ML-20412, please", "Ring +33 1 23 45 67 89",
    ],
)  # fmt: skip
def test_what_is_no_secret_is_none(text: str) -> None:
    assert not holds_a_secret(text) and without_secrets_in(text) == text


def test_names_and_addresses_are_taken_out_and_counted(assistant: Assistant, reviewer: User) -> None:
    talk = begin(assistant, name="Carla Winterhalter")
    said = "Carla Winterhalter here, carla@home.example, order 48120377."
    right(say(talk, f"{said} {ASKED}", answered_to=ASKED), reviewer)
    dataset = made(assistant)
    example = dataset.examples.get()
    assert example.why == "" and example.redacted == {"name": 1, "email": 1, "number": 1}
    kept = all_that_is_kept(dataset)
    for word in ("Winterhalter", "carla@home.example", "48120377"):
        assert word not in kept
    assert "[e-mail address]" in example.question and "[number]" in example.question


def test_what_somebody_calls_themselves_is_taken_out_too(assistant: Assistant, reviewer: User) -> None:
    talk = begin(assistant, name="")
    right(say(talk, f"My name is Ottilie Brandstetter. {ASKED}", answered_to=ASKED), reviewer)
    kept = all_that_is_kept(made(assistant))
    assert "[name]" in kept and "Ottilie" not in kept and "Brandstetter" not in kept


def test_what_stands_in_the_article_is_the_companys_own(assistant: Assistant, reviewer: User) -> None:
    body = "Our repair shop answers at repair@lumen.example or 01 42 68 53 00. Ask for case 48120377."
    source = Source.objects.get()
    article = Document(source=source, title="Repair shop", body=body, status="published", language="en")
    save_document(article, author=reviewer)
    run_waiting_jobs()
    answer = say(begin(assistant), "How do I reach the repair shop?")
    put_right(answer, reviewer, "Our repair shop answers at repair@lumen.example or 01 42 68 53 00.")
    made(assistant)
    example = Example.objects.get()
    assert example.why == "" and example.redacted == {}
    assert "repair@lumen.example or 01 42 68 53 00" in example.messages[-1]["content"]


def test_what_was_said_before_is_read_and_not_learned(assistant: Assistant, reviewer: User) -> None:
    talk = begin(assistant, name="Carla Winterhalter")
    say(talk, "Winterhalter is my name. When do I get my money back?", answered_to=ENGLISH[1])
    right(say(talk, ASKED), reviewer)
    made(assistant)
    example = Example.objects.get()
    roles = [(one["role"], one.get("weight")) for one in example.messages]
    assert roles == [("system", None), ("user", None), ("assistant", 0), ("user", None), ("assistant", None)]
    assert "Winterhalter" not in json.dumps(example.messages)
    assert example.asked.endswith(ASKED) and example.question == ASKED
    Dataset.objects.all().delete()
    made(assistant, before=0)
    assert len(Example.objects.get().messages) == 3


def test_a_source_that_is_not_for_training_is_in_no_file(assistant: Assistant, reviewer: User) -> None:
    right(say(begin(assistant), ASKED), reviewer)
    Source.objects.update(for_training=False)
    assert left_out(made(assistant)) == {"licence": 1}
    Source.objects.update(for_training=True, licence="CC BY 4.0")
    dataset = made(assistant)
    assert left_out(dataset) == {} and dataset.figures["licences"] == {"CC BY 4.0": 1}
    assert "CC BY 4.0" in dataset.card
    Document.objects.update(audience="verified")
    assert left_out(made(assistant)) == {"audience": 1}
    Document.objects.update(audience="everyone", status="draft")
    assert left_out(made(assistant)) == {"withdrawn": 1}


def test_an_example_goes_with_its_conversation(assistant: Assistant, reviewed: list[Message]) -> None:
    dataset = made(assistant, most=0)
    before = files_of(dataset)
    Conversation.objects.filter(pk=reviewed[0].conversation_id).delete()
    now = files_of(dataset)
    assert now.lines + now.validation_lines == before.lines + before.validation_lines - 1
    assert ENGLISH[0].encode() not in now.training + now.validation
    assert now.signature != dataset.signature and now.signature in packing.card_now(dataset).decode()


def test_what_staff_answered_is_taken_where_articles_bear_it_out(
    assistant: Assistant, reviewer: User
) -> None:
    talk = begin(assistant, name="Carla Winterhalter")
    with record(talk.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="Hello, how long does delivery in Europe take?")
        writing.post(
            kind=Message.Kind.PERSON, author=reviewer,
            text="Hello Carla! Delivery in Europe takes three to five working days.\n\nBest regards,\nRita",
        )  # fmt: skip
        writing.post(kind=Message.Kind.CUSTOMER, text="And how do I feed my parrot every day?")
        writing.post(
            kind=Message.Kind.PERSON, author=reviewer, text="Give your parrot seeds and fresh water."
        )
    Conversation.objects.filter(pk=talk.pk).update(status="resolved", resolved_at=timezone.now())
    dataset = made(assistant)
    assert left_out(dataset) == {"unsupported": 1}
    example = dataset.examples.get(state="in")
    assert example.origin == "staff" and "Rita" not in json.dumps(example.messages)
    assert "three to five working days" in example.messages[-1]["content"]
    everything = made(assistant, supported=False)
    assert left_out(everything) == {} and "rest on no passage" in everything.card
