"""The pages of guidance: rows are written, refused with the reason, tried, tested, and deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant, Guidance
from evaluation.models import Scenario
from evaluation.scenarios import keep
from evaluation.script_yaml import from_yaml
from tests.assistant.guidance.rows import SORRY, row

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/admin/assistant/guidance/"
RULE: dict[str, Any] = {"kind": "rule", "text": "Tell them about Corsica", "position": 1, "by_meaning": "on"}
GREETS = """name: A greeting
turns:
  - customer: hello
    expects:
      says: [{}]
"""


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    return client


def problems(editor: Client, **fields: Any) -> str:
    page = editor.post(f"{ADDRESS}add/", RULE | fields)
    assert page.status_code == 200 and not Guidance.objects.exists()
    return " ".join(error for errors in page.context["adminform"].form.errors.values() for error in errors)


def tried(editor: Client, question: str, **fields: Any) -> str:
    page = editor.post(f"{ADDRESS}try/", RULE | {"try-question": question} | fields, HTTP_HX_REQUEST="true")
    assert page.status_code == 200
    return " ".join(page.text.split())


def test_a_row_is_written_and_stands_in_the_list(editor: Client, assistant: Assistant) -> None:
    assert "tried before it is switched on" in editor.get(ADDRESS).text
    fields = {"about": " Corsica \n\nCorse\nCorsica", "words_en": "Two days more.", "assistant": assistant.pk}
    editor.post(f"{ADDRESS}add/", RULE | fields)
    kept = Guidance.objects.get()
    assert (kept.about, kept.words, kept.enabled) == ("Corsica\nCorse", {"en": "Two days more."}, False)
    page = editor.get(ADDRESS).text
    assert "Tell them about Corsica" in page and "Corsica +1" in page and "Lucie" in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "required"),
        ({"text": "x" * 501}, "500"),
        ({"about": "\n".join(f"line {n}" for n in range(31))}, "At most 30 lines"),
        ({"about": "x" * 151}, "too long"),
        ({"about": "a*"}, "says too little"),
        ({"about": "?!"}, "says too little"),
        ({"kind": "escalation"}, "every message would go to a person"),
        ({"kind": "guardrail"}, "Say what must not be said"),
        ({"words_fr": "x" * 1001}, "1000"),
    ],
)
def test_what_cannot_work_is_refused_with_the_reason(
    editor: Client, fields: dict[str, Any], told: str
) -> None:
    assert told in problems(editor, **fields)


def test_lines_that_are_too_many_to_be_compared_are_told(editor: Client, assistant: Assistant) -> None:
    """Of an assistant: its own rows and everybody's. Those that are off, or know words alone, are none."""
    told = "130 lines to be compared by meaning"
    other = Assistant.objects.create(name="Other", slug="other", languages=["en"])
    for number, whose in enumerate([None, None, assistant, assistant, other]):
        row("rule", about="\n".join(f"line {number} {n}" for n in range(26)), assistant=whose)
    row("rule", about="\n".join(f"off {n}" for n in range(26)), enabled=False)
    row("rule", about="\n".join(f"words {n}" for n in range(26)), by_meaning=False)
    assert "lines to be compared" not in editor.get(ADDRESS).text
    last = row("rule", about="\n".join(f"more {n}" for n in range(26)), assistant=assistant)
    for page in (ADDRESS, f"{ADDRESS}{last.pk}/change/"):
        assert editor.get(page).text.count(told) == 1


def test_saving_a_row_does_not_take_back_hits_that_came_meanwhile(editor: Client) -> None:
    kept = row("rule", "Tell them about Corsica")
    editor.get(f"{ADDRESS}{kept.pk}/change/")
    Guidance.objects.update(hits=7)
    editor.post(f"{ADDRESS}{kept.pk}/change/", RULE | {"text": "Tell them about Elba"})
    kept.refresh_from_db()
    assert (kept.text, kept.hits, kept.enabled) == ("Tell them about Elba", 7, False)


def test_rows_are_switched_and_ordered_in_the_list(editor: Client) -> None:
    kept = row("rule", "Tell them about Corsica")
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": kept.pk, "form-0-position": 3}
    editor.post(ADDRESS, form | {"_save": "Save"})
    kept.refresh_from_db()
    assert (kept.position, kept.enabled, kept.words) == (3, False, {})


def test_a_row_is_tried_before_it_is_saved(editor: Client) -> None:
    said = tried(editor, "Is delivery to Corsica free?", about="delivery to Corsica")
    assert "It holds." in said and "“delivery to Corsica”, by its words" in said
    assert "It needs a model, and there is none" in said
    assert "does not hold" in tried(editor, "Where is my lamp?", about="delivery to Corsica")
    assert not Guidance.objects.exists()


def test_it_is_said_how_near_a_question_is_in_other_words(editor: Client, titles: None) -> None:
    said = tried(
        editor, "Livrez-vous en Corse ?", about="delivery to Corsica", words_fr="Deux jours de plus."
    )
    assert "It holds." in said and "by meaning:" in said and "against 4.3" in said
    assert "Its words would be said beside the answer." in said
    said = tried(editor, "How long does delivery take?", about="delivery to Corsica")
    assert "It does not hold." in said and "against 4.3" in said


def test_each_condition_is_told_by_itself(editor: Client) -> None:
    fields = {"who": "verified", "hours": "closed", "language": "fr"}
    said = tried(editor, "Bonjour, où est ma commande ?", **fields, **{"try-time": "closed"})
    assert "It does not hold." in said and said.count("✓") == 2 and said.count("✗") == 1
    said = tried(
        editor, "Bonjour, où est ma commande ?", **fields, **{"try-time": "closed", "try-signed_in": "on"}
    )
    assert "It holds." in said


def test_an_answer_is_held_against_a_guardrail(editor: Client) -> None:
    fields = {"kind": "guardrail", "forbidden": "guarant*"}
    said = tried(editor, "Is it safe?", **fields, **{"try-answer": "Yes, **guaranteed**!"})
    assert "would not be sent" in said and "“guarant*”" in said
    assert "would be sent." in tried(editor, "Is it safe?", **fields, **{"try-answer": "Yes."})


def test_what_is_missing_is_said_and_without_scripts_the_saved_row_is_tried(editor: Client) -> None:
    assert "required" in tried(editor, "")
    kept = row("guardrail", about="prices", words=SORRY)
    page = editor.post(f"{ADDRESS}try/", {"row": kept.pk, "try-question": "What about prices?"})
    assert "It holds." in page.text and "the customer would read its words" in page.text
    assert editor.post(f"{ADDRESS}try/", {"row": "0", "try-question": "x"}).status_code == 404


def test_tests_are_linked_run_and_shown_at_the_row(editor: Client, assistant: Assistant) -> None:
    kept = row("tone", "Be brief")
    panel = f"/admin/evaluation/scenario/guidance/{kept.pk}/"
    right, wrong = (
        keep(Scenario(), from_yaml(GREETS.format(said)), author=None) for said in ("Hello", "Moon")
    )
    assert "No scenario watches" in editor.get(panel).text
    for scenario in (right, wrong):
        editor.post(panel, {"wish": "link", "scenario": scenario.pk})
    assert "2 not run" in editor.get(ADDRESS).text
    editor.post(panel, {"wish": "run"})
    assert set(Scenario.objects.values_list("passed", flat=True)) == {True, False}
    assert "1 failed" in editor.get(ADDRESS).text
    editor.post(panel, {"wish": "unlink", "scenario": wrong.pk})
    assert "1 passed" in editor.get(ADDRESS).text
    assert "Choose a scenario first." in editor.post(panel, {"wish": "link", "scenario": "x"}).text


def test_agents_do_not_come_here(client: Client) -> None:
    client.force_login(User.objects.create_user("anna", role=Role.AGENT))
    assert client.get(ADDRESS).status_code in (302, 403)
    assert client.post(f"{ADDRESS}try/", RULE | {"try-question": "x"}).status_code in (302, 403)
