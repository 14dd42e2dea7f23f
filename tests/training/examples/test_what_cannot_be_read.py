"""A conversation that cannot be read is left out of its dataset, with the reason; the others are made."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from conversations.models import Message
from llm.errors import ModelError
from tests.training.examples.conftest import left_out, made
from training.examples import making
from training.examples.asked import Asked
from training.examples.rows import Dataset, Form

pytestmark = pytest.mark.django_db(transaction=True)


def spoil(*answers: Message) -> None:
    """What no reply leaves behind: guidance that is no guidance."""
    for answer in answers:
        trace = answer.trace
        trace.route = {**trace.route, "guidance": ["nonsense"]}
        trace.save()


def test_it_is_left_out_with_what_went_wrong_and_the_others_are_made(
    assistant: Assistant, reviewed: list[Message], client: Client
) -> None:
    spoil(*reviewed[:2])
    dataset = made(assistant)
    assert dataset.state == "ready" and dataset.figures["found"] == len(reviewed)
    assert left_out(dataset)["unreadable"] == 2
    [(trouble, number)] = dataset.figures["unreadable"].items()
    assert number == 2 and trouble.startswith("AttributeError (building.py:")
    line = next(line for line in dataset.card.splitlines() if "could not be read" in line)
    assert line.startswith("| It could not be read: AttributeError (building.py:") and line.endswith("| 2 |")
    one = dataset.examples.filter(why="unreadable").first()
    assert one.conversation_id == reviewed[0].conversation_id or reviewed[1].conversation_id
    assert not one.messages and not one.question
    client.force_login(User.objects.create_user("erin", role=Role.EDITOR))
    page = client.get(f"/staff/training/examples/{dataset.pk}/").content.decode()
    assert "It could not be read: AttributeError" in page
    shown = client.get(f"/staff/training/examples/{dataset.pk}/examples/?show=left_out&why=unreadable")
    assert shown.content.decode().count("It could not be read: AttributeError") == 2


def test_where_none_can_be_read_it_fails_and_says_so(assistant: Assistant, reviewed: list[Message]) -> None:
    spoil(*reviewed)
    dataset = making.ask("Autumn", Form.CHAT, assistant, Asked(), by=None)
    with pytest.raises(Exception, match="None of the answers could be read: AttributeError"):
        making.make(dataset.pk)
    dataset.refresh_from_db()
    assert dataset.state == "failed" and "None of the answers could be read" in dataset.error
    assert making.again(dataset.pk)


@pytest.mark.parametrize("error", [OperationalError("the connection is gone"), ModelError("unreachable")])
def test_what_would_be_true_of_all_stops_it(
    assistant: Assistant, reviewed: list[Message], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def gone(*given: object) -> None:
        raise error

    monkeypatch.setattr("training.examples.building.of_review", gone)
    dataset = making.ask("Autumn", Form.CHAT, assistant, Asked(), by=None)
    with pytest.raises(type(error)):
        making.make(dataset.pk)
    assert Dataset.objects.get(pk=dataset.pk).state == "failed"
    assert not dataset.examples.exists()
