"""Staff try questions in the playground, on the command line, and set assistants up in the admin."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from assistant.models import Assistant
from knowledge.models import Source
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"question": "How long does delivery in Europe take?", "audience": "everyone", "before": ""}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_user("grace", password="x", role="agent"))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    user = get_user_model().objects.create_user("ada2", password="x", role="editor", is_staff=True)
    client.force_login(user)
    return client


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse("assistant:playground")).status_code == 302


def test_the_playground_says_so_when_there_is_no_assistant(staff: Client) -> None:
    assert b"There is no assistant yet" in staff.get(reverse("assistant:playground")).content


@pytest.mark.usefixtures("articles")
def test_an_answer_is_shown_with_everything_behind_it(staff: Client, assistant: Assistant) -> None:
    data = {**ASKED, "assistant": assistant.pk}
    page = staff.post(reverse("assistant:try"), data).content.decode()
    part = staff.post(reverse("assistant:try"), data, headers={"HX-Request": "true"}).content.decode()
    for text in (page, part):
        assert "three to five working days" in text
        assert "delivery" in text and "outcome--answered" in text
    assert "<html" in page and "<html" not in part


@pytest.mark.usefixtures("articles")
def test_a_citation_in_the_playground_opens_its_source(staff: Client, assistant: Assistant) -> None:
    page = staff.post(reverse("assistant:try"), {**ASKED, "assistant": assistant.pk}).content.decode()
    assert re.search(r'<a class="cite" href="/help/en/[^"]+" data-number="1">1</a>', page)


def test_the_question_is_asked_for_first(staff: Client, assistant: Assistant) -> None:
    page = staff.get(reverse("assistant:playground")).content.decode()
    assert page.index('name="question"') < page.index('name="before"')


@pytest.mark.usefixtures("articles")
def test_with_a_model_its_prompt_cost_and_checks_are_shown(
    staff: Client, assistant: Assistant, scripted_model: ModelServer, settings: Settings
) -> None:
    settings.MODEL_PRICES = {"scripted": [1.0, 2.0]}
    scripted_model.script(
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]. It is 9 €."}
    )
    page = staff.post(reverse("assistant:try"), {**ASKED, "assistant": assistant.pk}).content.decode()
    for shown in (
        "written by the model from passages",
        "sentences that no passage supports, left out: 1",
        "check of the answer",
        "Cost 0.000",
        "Instructions",
        "You are Lucie, an AI assistant",
        "Score",
    ):
        assert shown in page, shown


@pytest.mark.usefixtures("articles")
def test_a_model_that_fails_in_mid_answer_is_said_to_have_failed(
    staff: Client, assistant: Assistant, scripted_model: ModelServer
) -> None:
    said = "[ANSWER] Delivery in Europe takes three to five working days [1]."
    scripted_model.script({"text": said, "fault": "error_event", "after": 6})
    answer = staff.post(reverse("assistant:try"), {**ASKED, "assistant": assistant.pk})
    assert answer.status_code == 200
    assert "The model failed in the middle of its answer (the provider had an error of its own" in (
        answer.content.decode()
    )


def test_the_playground_speaks_the_language_of_its_reader(staff: Client, assistant: Assistant) -> None:
    page = staff.get(reverse("assistant:playground"), headers={"Accept-Language": "fr"}).content.decode()
    assert 'lang="fr"' in page and "Ask as a customer would" not in page


def test_an_empty_question_is_refused_politely(staff: Client, assistant: Assistant) -> None:
    answer = staff.post(reverse("assistant:try"), {**ASKED, "question": "", "assistant": assistant.pk})
    assert answer.status_code == 200


@pytest.mark.usefixtures("articles")
def test_ask_prints_json_with_external_ids(assistant: Assistant, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    history = [{"role": "user", "text": "When do parcels leave?"}, {"role": "agent", "text": "Today."}]
    questions.write_text(
        json.dumps({"id": "a", "question": ASKED["question"]})
        + "\n"
        + json.dumps({"id": "b", "question": "and how long in Europe?", "history": history})
    )
    out = StringIO()
    call_command("ask", file=questions, json=True, stdout=out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert [row["citations"][0]["external_id"] for row in rows] == ["delivery", "delivery"]
    assert rows[0]["outcome"] == "answered" and rows[0]["timings"]["total"] > 0


@pytest.mark.usefixtures("articles")
def test_ask_goes_on_after_an_answer_that_fails(
    assistant: Assistant, scripted_model: ModelServer, tmp_path: Path
) -> None:
    said = "[ANSWER] Delivery in Europe takes three to five working days [1]."
    scripted_model.script({"text": said, "fault": "cut", "after": 7, "times": 1}, {"text": said})
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(json.dumps({"id": name, **ASKED}) for name in ("a", "b")))
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 answers"):
        call_command("ask", file=questions, json=True, stdout=out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["error"] in ("unreachable", "interrupted")
    assert rows[1]["outcome"] == "answered"


def test_ask_says_what_is_wrong(assistant: Assistant, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"role": "alien", "text": "hi"}]')
    with pytest.raises(CommandError, match="turn 1: the role"):
        call_command("ask", "hello", history=bad)
    with pytest.raises(CommandError, match="lucie"):
        call_command("ask", "hello", assistant="nobody")
    with pytest.raises(CommandError, match="either a question or --file"):
        call_command("ask")


def test_a_new_assistant_starts_from_its_template_and_is_shown_first(editor: Client) -> None:
    form = {
        "name": "Otto", "slug": "otto", "company": "", "accent": "#1f6f5c", "active": "on",
        "template": "support", "languages": ["en"], "welcomes-TOTAL_FORMS": 0, "welcomes-INITIAL_FORMS": 0,
        "introduction-TOTAL_FORMS": 0, "introduction-INITIAL_FORMS": 0, "largest_file": 10, "most_files": 5,
    }  # fmt: skip
    answer = editor.post(reverse("admin:assistant_assistant_add"), form)
    assert answer.status_code == 302, answer.context["errors"]
    otto = Assistant.objects.get(slug="otto")
    assert otto.is_default and "returns" in otto.tasks


def test_its_sources_are_ticked_and_every_label_begins_with_a_capital(
    editor: Client, assistant: Assistant
) -> None:
    Source.objects.create(name="Shop")
    page = editor.get(reverse("admin:assistant_assistant_change", args=[assistant.pk])).content.decode()
    assert re.search(r'<input type="checkbox" name="sources"', page)
    assert not re.findall(r"<label[^>]*>\s*[a-z]", page)


def test_only_one_assistant_is_on_the_chat_page(editor: Client, assistant: Assistant) -> None:
    other = Assistant.objects.create(name="Otto", slug="otto", languages=["en"])
    editor.post(reverse("admin:assistant_assistant_show_on_chat_page", args=[other.pk]))
    editor.get(reverse("admin:assistant_assistant_show_on_chat_page", args=[other.pk]))
    assert list(Assistant.objects.filter(is_default=True)) == [other]


def test_filling_in_keeps_what_staff_wrote(editor: Client, assistant: Assistant) -> None:
    Assistant.objects.filter(pk=assistant.pk).update(tone="Like a pirate.")
    editor.get(reverse("admin:assistant_assistant_start_from_template", args=[assistant.pk]))
    assistant.refresh_from_db()
    assert assistant.tone == "Like a pirate." and assistant.tasks
