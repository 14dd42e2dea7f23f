"""The pages of datasets: asked for, made by a worker, looked through, set aside, taken along."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
import yaml
from django.test import Client

from accounts.audit.rows import AuditEntry
from accounts.models import Role, User
from assistant.models import Assistant
from conversations.models import Conversation, Message
from tests.training.examples.conftest import ENGLISH, begin, made, put_right, right, say
from training.examples import keeping, making
from training.examples.files import files_of
from training.examples.rows import Dataset, Example, Part

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/staff/training/examples/"
ASKED: dict[str, Any] = {
    "name": "Autumn", "form": "chat", "origins": ["review", "correction"], "languages": ["en", "fr"],
    "held_out": "15", "most": "25", "before": "4", "seed": "1", "supported": "on",
}  # fmt: skip


@pytest.fixture
def browser(client: Client, reviewer: User) -> Client:
    client.force_login(reviewer)
    return client


@pytest.fixture
def dataset(assistant: Assistant, reviewed: list[Message]) -> Dataset:
    return made(assistant)


def page(browser: Client, path: str = "") -> str:
    answer = browser.get(HOME + path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_empty_page_says_what_to_do_first(browser: Client, assistant: Assistant, reviewer: User) -> None:
    assert "Review answers first" in page(browser) and 'href="/staff/review/"' in page(browser)
    right(say(begin(assistant), ENGLISH[0]), reviewer)
    assert "No dataset yet" in page(browser) and "New dataset" in page(browser)


def test_it_is_asked_for_and_made_in_the_background(
    browser: Client, assistant: Assistant, reviewed: list[Message]
) -> None:
    sent = browser.post(f"{HOME}new/", ASKED | {"assistant": assistant.pk})
    dataset = Dataset.objects.get()
    assert sent["Location"] == f"{HOME}{dataset.pk}/"
    waits = page(browser, f"{dataset.pk}/")
    assert "waits" in waits and 'hx-trigger="every 2s"' in waits
    assert making.go_on() is False
    found = page(browser, f"{dataset.pk}/")
    assert "ready" in found and "every 2s" not in found and "Reviewed as right" in found
    assert AuditEntry.objects.filter(action="added", label="Autumn").exists()


def test_one_class_only_is_said_where_it_is_seen(
    browser: Client, assistant: Assistant, reviewed: list[Message]
) -> None:
    dataset = made(assistant, languages=("en",))
    shown = page(browser, f"{dataset.pk}/")
    assert "All examples are in one language" in shown and "All examples are about one topic" not in shown
    part = browser.get(f"{HOME}{dataset.pk}/", headers={"hx-request": "true"}).content.decode()
    assert "All examples are in one language" in part and "<html" not in part


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "Give it a name"),
        ({"origins": []}, "Choose which answers"),
        ({"since": "2026-05-02", "until": "2026-05-01"}, "before the first day"),
        ({"form": "preference", "origins": ["review"]}, "Pairs need a wrong answer"),
        ({"held_out": "80"}, "50"),
        ({"assistant": "77"}, "Choose an assistant"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    browser: Client, assistant: Assistant, said: dict[str, Any], words: str
) -> None:
    sent = browser.post(f"{HOME}new/", ASKED | {"assistant": assistant.pk, "seed": "4711"} | said)
    assert sent.status_code == 422 and words in sent.content.decode()
    assert 'value="4711"' in sent.content.decode() and not Dataset.objects.exists()


def test_one_is_set_aside_and_taken_back(browser: Client, dataset: Dataset) -> None:
    example = dataset.examples.filter(state="in", part=Part.TRAINING).first()
    assert example
    before = files_of(dataset)
    where = f"{HOME}{dataset.pk}/{example.pk}"
    sent = browser.post(f"{where}/set-aside/", {"show": "training", "page": "1"}, follow=True)
    assert "no file has it any more" in sent.content.decode()
    dataset.refresh_from_db()
    assert dataset.signature == files_of(dataset).signature != before.signature
    assert files_of(dataset).lines == before.lines - 1
    assert dataset.figures["left_out"]["set_aside"] == 1
    shown = page(browser, f"{dataset.pk}/examples/?show=left_out&why=set_aside")
    assert "Set aside by staff" in shown and "Take back" in shown
    browser.post(f"{where}/take-back/", {"show": "left_out"})
    assert files_of(dataset).training == before.training
    dataset.refresh_from_db()
    assert dataset.signature == before.signature


def test_setting_aside_too_much_refuses_the_whole_until_some_is_taken_back(
    browser: Client, dataset: Dataset, reviewer: User
) -> None:
    rows = list(dataset.examples.filter(state="in", part=Part.TRAINING))
    for example in rows[9:]:
        keeping.set_aside(dataset.pk, example.pk, by=reviewer)
    dataset.refresh_from_db()
    assert (dataset.state, dataset.why) == ("refused", "few")
    assert "Fewer than 10 examples" in page(browser, f"{dataset.pk}/")
    assert browser.get(f"{HOME}{dataset.pk}/files/training.jsonl").status_code == 404
    keeping.take_back(dataset.pk, rows[9].pk, by=reviewer)
    dataset.refresh_from_db()
    assert dataset.state == "ready"


def test_what_says_otherwise_is_not_taken_back_beside_the_other(
    browser: Client, assistant: Assistant, reviewer: User
) -> None:
    right(say(begin(assistant), ENGLISH[0]), reviewer)
    answer = say(begin(assistant), ENGLISH[0], answered_to="Do you sell tractors?")
    put_right(answer, reviewer, "Parcels leave our warehouse the same day.")
    dataset = made(assistant)
    old = dataset.examples.get(why="contradicted")
    assert dataset.examples.get(state="in").origin == "correction" and old.origin == "review"
    back = f"{HOME}{dataset.pk}/{old.pk}/take-back/"
    assert "Set that one aside first" in browser.post(back, follow=True).content.decode()
    newer = dataset.examples.get(state="in")
    browser.post(f"{HOME}{dataset.pk}/{newer.pk}/set-aside/")
    assert "It is in the dataset again" in browser.post(back, follow=True).content.decode()


def test_what_a_training_has_used_is_copied_and_not_changed(
    browser: Client, dataset: Dataset, reviewer: User
) -> None:
    keeping.mark_used(dataset)
    example = dataset.examples.filter(state="in").first()
    assert example
    sent = browser.post(f"{HOME}{dataset.pk}/{example.pk}/set-aside/", follow=True).content.decode()
    assert "so it stays as it was" in sent
    browser.post(f"{HOME}{dataset.pk}/copy/")
    second = Dataset.objects.exclude(pk=dataset.pk).get()
    assert second.name == "Autumn (copy)" and second.used_at is None
    assert files_of(second).training == files_of(dataset).training
    assert keeping.set_aside(second.pk, second.examples.filter(state="in")[0].pk, by=reviewer)
    assert files_of(second).signature != files_of(dataset).signature


def test_what_is_gone_with_its_conversation_is_told_and_counted_anew(
    browser: Client, dataset: Dataset
) -> None:
    Conversation.objects.filter(pk=dataset.examples.filter(state="in")[0].conversation_id).delete()
    assert "1 example is gone with its conversation" in page(browser, f"{dataset.pk}/")
    browser.post(f"{HOME}{dataset.pk}/count/")
    assert "gone with its conversation" not in page(browser, f"{dataset.pk}/")


def test_files_are_taken_along_and_the_trail_says_so(browser: Client, dataset: Dataset) -> None:
    where = f"{HOME}{dataset.pk}/files/"
    files = files_of(dataset)
    assert browser.get(f"{where}training.jsonl").content == files.training
    assert browser.get(f"{where}validation.jsonl").content == files.validation
    packed = zipfile.ZipFile(io.BytesIO(browser.get(f"{where}dataset.zip").content))
    assert set(packed.namelist()) == {
        "training.jsonl", "validation.jsonl", "CARD.md", "local/training.jsonl", "local/validation.jsonl",
        "local/README.md",
    }  # fmt: skip
    assert packed.read("training.jsonl") == files.training
    for line in packed.read("local/training.jsonl").splitlines():
        roles = [message["role"] for message in json.loads(line)["messages"]]
        assert roles[0] == "system" and all(one != other for one, other in zip(roles, roles[1:]))  # noqa: B905
    table = browser.get(f"{where}examples.csv").content.decode()
    assert table.splitlines()[0].startswith("example,part,state,left_out,origin")
    assert "# Autumn" in browser.get(f"{where}card.md").content.decode()
    assert browser.get(f"{where}passwords.txt").status_code == 404
    assert AuditEntry.objects.filter(action="exported").count() == 5


def test_what_the_router_learns_goes_to_rasa_and_comes_back(browser: Client, assistant: Assistant) -> None:
    from flows import publishing

    nodes = [{"id": "hello", "kind": "say", "text": {"en": "Hello", "fr": "Salut"}}]
    examples = {"en": ["send [this] lamp back", "I want to return it"], "fr": ["renvoyer la lampe"]}
    graph = publishing.read(
        {"key": "return_item", "name": {"en": "Return", "fr": "Retour"}, "start": "hello", "nodes": nodes,
         "examples": examples}
    )  # fmt: skip
    publishing.publish(publishing.create_flow(graph, author=None).pk, author=None)
    content = browser.get(f"{HOME}router/nlu-en.yml").content.decode()
    told = {one["intent"]: one["examples"].splitlines() for one in yaml.safe_load(content)["nlu"]}
    assert set(told["return_item"]) == {"- send (this) lamp back", "- I want to return it", "- Return"}
    assert "out_of_scope" in told and yaml.safe_load(content)["version"] == "3.1"
    french = browser.get(f"{HOME}router/nlu-fr.yml").content.decode()
    assert "renvoyer la lampe" in french and "I want to return it" not in french
    lines = [json.loads(line) for line in browser.get(f"{HOME}router/router.jsonl").content.splitlines()]
    assert {"text": "renvoyer la lampe", "label": "return_item", "language": "fr"} in lines
    assert browser.get(f"{HOME}router/nlu-de.yml").status_code == 404


def test_it_is_deleted_and_the_conversations_stay(browser: Client, dataset: Dataset) -> None:
    talks = Conversation.objects.count()
    assert "is deleted" in browser.post(f"{HOME}{dataset.pk}/delete/", follow=True).content.decode()
    assert not Example.objects.exists() and Conversation.objects.count() == talks


def test_agents_do_not_see_it(client: Client, dataset: Dataset) -> None:
    client.force_login(User.objects.create_user("agnes", role=Role.AGENT))
    assert client.get(HOME).status_code == client.get(f"{HOME}{dataset.pk}/").status_code == 403


def test_the_card_is_in_the_language_of_whoever_made_it(
    browser: Client, assistant: Assistant, reviewed: list[Message]
) -> None:
    browser.post(f"{HOME}new/", ASKED | {"assistant": assistant.pk}, headers={"accept-language": "fr"})
    making.go_on()
    dataset = Dataset.objects.get()
    assert dataset.language == "fr" and "Ce qu’il contient" in dataset.card
