"""Reviewed answers become a dataset whose every line a host would take."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Message
from tests.training.examples.conftest import DECLINED, ENGLISH, FRENCH, begin, made, put_right, right, say
from training.examples import tokens
from training.examples.files import files_of
from training.examples.rows import Dataset, Example, Form

pytestmark = pytest.mark.django_db(transaction=True)


def lines(content: bytes) -> list[dict[str, Any]]:
    text = content.decode("utf-8")
    assert text.endswith("\n") and "\n\n" not in text
    return [json.loads(line) for line in text.splitlines()]


def test_every_line_is_one_that_a_host_takes(
    assistant: Assistant, reviewed: list[Message], reviewer: User
) -> None:
    dataset = made(assistant, by=reviewer)
    assert (dataset.state, dataset.why) == ("ready", "")
    files = files_of(dataset)
    training, validation = lines(files.training), lines(files.validation)
    assert (len(training), len(validation)) == (files.lines, files.validation_lines)
    assert files.lines >= 10 and files.validation_lines >= 1
    assert len(training) + len(validation) == dataset.figures["kept"]
    for line in training + validation:
        assert set(line) == {"messages"}
        roles = [message["role"] for message in line["messages"]]
        assert roles[0] == "system" and roles[1] == "user" and roles[-1] == "assistant"
        assert all(message["content"].strip() for message in line["messages"])
        last = line["messages"][-1]["content"]
        assert last.startswith("[ANSWER]\n") or last == "[NONE]"
    assert files.tokens == sum(tokens.count(line["messages"]) for line in training)
    signed = hashlib.sha256(files.training + b"\0" + files.validation).hexdigest()
    assert dataset.signature == signed and signed in dataset.card


def test_an_answer_comes_with_the_passages_that_it_cites(
    assistant: Assistant, reviewed: list[Message]
) -> None:
    made(assistant, most=0)
    example = Example.objects.get(question=ENGLISH[0], state="in")
    system, asked, answer = example.messages
    assert "You are Lucie, an AI assistant of Lumen." in system["content"]
    assert asked["content"].endswith(f"<message>\n{ENGLISH[0]}\n</message>")
    assert '<passage number="1" from="Delivery' in asked["content"]
    assert "three to five working days" in asked["content"]
    assert "three to five working days" in answer["content"] and "[1]" in answer["content"]
    assert (example.topic, example.language, example.origin) == ("Delivery", "en", "review")


def test_a_refusal_that_is_right_is_learned_as_one(assistant: Assistant, reviewed: list[Message]) -> None:
    made(assistant)
    refused = Example.objects.filter(question__in=DECLINED, state="in")
    assert [example.messages[-1]["content"] for example in refused] == ["[NONE]", "[NONE]"]
    assert {example.topic for example in refused} == {"=declined"}


def test_a_correction_is_learned_as_the_reviewer_has_put_it(
    assistant: Assistant, reviewed: list[Message], reviewer: User
) -> None:
    answer = say(begin(assistant), "Will somebody bring it to my door?", answered_to="Do you sell tractors?")
    text = "Delivery in Europe takes three to five working days, and a courier rings at the door."
    put_right(answer, reviewer, text)
    made(assistant)
    example = Example.objects.get(origin="correction")
    assert (example.state, example.why) == ("in", "")
    assert example.messages[-1]["content"].startswith(f"[ANSWER]\n{text[:-1]}")
    assert "[1]" in example.messages[-1]["content"]


def test_pairs_set_the_right_answer_against_the_wrong_one(assistant: Assistant, reviewer: User) -> None:
    for text in ENGLISH:
        heard = "How long does delivery in Europe take?" if "delivery" not in text else ENGLISH[1]
        answer = say(begin(assistant), text, answered_to=heard)
        told = "We refund the way you paid within five working days of receiving the parcel."
        if heard != ENGLISH[1]:
            put_right(answer, reviewer, told)
    right(say(begin(assistant), FRENCH[0]), reviewer)
    dataset = made(assistant, Form.PREFERENCE, held_out=0, most=0)
    assert dataset.figures["origins"].keys() == {"correction"}
    found = lines(files_of(dataset).training) if dataset.figures["kept"] else []
    assert found, dataset.figures
    for line in found:
        assert set(line) == {"input", "preferred_output", "non_preferred_output"}
        assert line["input"]["messages"][-1]["role"] == "user"
        for side in ("preferred_output", "non_preferred_output"):
            [message] = line[side]
            assert message["role"] == "assistant"
        assert line["preferred_output"] != line["non_preferred_output"]
        assert "five working days" in line["preferred_output"][0]["content"]


def test_fewer_than_ten_lines_are_refused_in_words(assistant: Assistant, reviewer: User) -> None:
    for text in ENGLISH[:3]:
        right(say(begin(assistant), text), reviewer)
    dataset = made(assistant, by=reviewer)
    assert (dataset.state, dataset.why) == ("refused", "few")
    assert "Fewer than 10 examples" in dataset.card


def test_nothing_at_all_is_refused_too(assistant: Assistant) -> None:
    dataset = made(assistant)
    assert (dataset.state, dataset.why, Dataset.objects.count()) == ("refused", "few", 1)
