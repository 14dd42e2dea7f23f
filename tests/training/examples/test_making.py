"""Made a little at a time, gone on with after a kill, cancelled; by the command."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Message
from evaluation.reviews import reviewing
from tests.training.examples.conftest import ENGLISH, begin, left_out, made, right, say
from training.examples import making, tokens
from training.examples.asked import Asked
from training.examples.files import files_of
from training.examples.rows import Dataset, Form

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_gone_on_with_where_somebody_stopped(assistant: Assistant, reviewed: list[Message]) -> None:
    whole = made(assistant)
    dataset = making.ask("Bits", Form.CHAT, assistant, Asked(), by=None)
    making.make(dataset.pk, most_seconds=0)
    dataset.refresh_from_db()
    assert (dataset.state, dataset.done, dataset.total) == ("making", 0, len(reviewed))
    Dataset.objects.filter(pk=dataset.pk).update(claimed_until=timezone.now() + timedelta(minutes=5))
    assert making.go_on() is False  # whoever was killed has it still
    assert Dataset.objects.get(pk=dataset.pk).done == 0
    Dataset.objects.filter(pk=dataset.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    making.go_on()
    dataset.refresh_from_db()
    assert dataset.state == "ready" and dataset.done == len(reviewed)
    assert files_of(dataset).signature == files_of(whole).signature  # the same seed, the same files


def test_what_is_cancelled_keeps_nothing_and_can_be_made_again(
    assistant: Assistant, reviewed: list[Message]
) -> None:
    dataset = making.ask("Bits", Form.CHAT, assistant, Asked(), by=None)
    assert making.cancel(dataset.pk) and not making.cancel(dataset.pk)
    making.make(dataset.pk)
    dataset.refresh_from_db()
    assert dataset.state == "cancelled" and not dataset.examples.exists()
    assert making.again(dataset.pk)
    making.go_on()
    dataset.refresh_from_db()
    assert dataset.state == "ready"


def test_what_reviewers_do_not_agree_on_is_left_out(
    assistant: Assistant, reviewed: list[Message], reviewer: User
) -> None:
    other = User.objects.create_user("olga", role="editor")
    reviewing.judge(reviewing.item_of(reviewed[0]), reviewer=other, verdict="outdated")
    assert left_out(made(assistant))["disagreed"] == 1


def test_what_was_refused_before_anything_was_looked_for_is_not_learned(
    assistant: Assistant, reviewer: User
) -> None:
    Assistant.objects.update(out_of_scope="Legal advice")
    assistant.refresh_from_db()
    answer = right(say(begin(assistant), "I want legal advice"), reviewer)
    assert answer.outcome == "declined" and left_out(made(assistant)) == {"not_written": 1}


def test_flows_courtesies_and_handovers_are_left_out(assistant: Assistant, reviewer: User) -> None:
    for text in ("thank you!", "I want to talk to a person"):
        right(say(begin(assistant), text), reviewer)
    assert left_out(made(assistant)) == {"not_written": 2}


def test_only_what_was_asked_for_is_looked_at(assistant: Assistant, reviewed: list[Message]) -> None:
    french = made(assistant, languages=("fr",))
    assert french.figures["languages"].keys() == {"fr"} and french.figures["found"] == 4
    today = timezone.localdate()
    assert made(assistant, until=today - timedelta(days=1)).figures["found"] == 0
    assert made(assistant, since=today, until=today).figures["found"] == len(reviewed)
    assert made(assistant, origins=("staff",)).figures["found"] == 0
    elsewhere = Assistant.objects.create(name="Max", slug="max")
    assert made(elsewhere).figures["found"] == 0


def test_tokens_are_those_of_the_encoding() -> None:
    """As tiktoken counts "hello world" and a French sentence with o200k_base."""
    encoding = tokens._encoding()
    assert encoding.encode("hello world") == [24912, 2375]
    assert encoding.decode(encoding.encode("Où est mon colis ?")) == "Où est mon colis ?"
    assert encoding.n_vocab == 200019
    assert tokens.count([{"role": "user", "content": "hello world"}]) == 3 + 1 + 2 + 3


def test_the_command_writes_files_and_says_what_is_in_them(
    assistant: Assistant, reviewed: list[Message], tmp_path: Path
) -> None:
    said = StringIO()
    call_command("make_dataset", "From a terminal", into=tmp_path / "set", stdout=said)
    assert "# From a terminal" in said.getvalue()
    dataset = Dataset.objects.get()
    assert (tmp_path / "set" / "training.jsonl").read_bytes() == files_of(dataset).training
    assert (tmp_path / "set" / "dataset.zip").stat().st_size > 0
    told = StringIO()
    call_command("make_dataset", stdout=told, json=True)
    assert json.loads(told.getvalue())["found"] == len(reviewed)


def test_the_command_says_what_is_wrong(assistant: Assistant, reviewer: User) -> None:
    right(say(begin(assistant), ENGLISH[0]), reviewer)
    with pytest.raises(CommandError, match="Fewer than 10 examples"):
        call_command("make_dataset", stdout=StringIO())
    with pytest.raises(CommandError, match="There are: lucie"):
        call_command("make_dataset", assistant="nobody", stdout=StringIO())
    with pytest.raises(CommandError, match="from 0 to 50"):
        call_command("make_dataset", held_out=90, stdout=StringIO())
