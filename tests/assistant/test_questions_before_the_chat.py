"""Staff set up what is asked before the chat: each wrong entry is said beside its field."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from assistant.models import Assistant, IntroductionQuestion

pytestmark = pytest.mark.django_db
NAME = {"kind": "name"}
EMAIL = {"kind": "email", "required": "on"}
ORDER = {"kind": "text", "label_en": "Your order number", "label_fr": "Votre numéro de commande"}
TOPIC = {
    "kind": "choice", "label_en": "What is it about?", "label_fr": "De quoi s’agit-il ?",
    "options_en": "A lamp\n\n A  parcel ", "options_fr": "Une lampe\nUn colis",
}  # fmt: skip


@pytest.fixture
def editor(client: Client) -> Client:
    user = get_user_model().objects.create_user("ada2", password="x", role="editor", is_staff=True)
    client.force_login(user)
    return client


@pytest.fixture
def assistant() -> Assistant:
    return Assistant.objects.create(name="Lucie", slug="lucie", languages=["en", "fr"], is_default=True)


def save(editor: Client, assistant: Assistant, *rows: dict[str, Any], languages: str = "en fr") -> Any:
    """Their rows take the place of those that there are."""
    before = list(assistant.introduction.order_by("pk"))
    form: dict[str, Any] = {
        "name": "Lucie", "slug": "lucie", "company": "", "accent": "#1f6f5c", "active": "on",
        "template": "support", "languages": languages.split(), "largest_file": 10, "most_files": 5,
        "welcomes-TOTAL_FORMS": 0, "welcomes-INITIAL_FORMS": 0,
        "introduction-TOTAL_FORMS": max(len(rows), len(before)), "introduction-INITIAL_FORMS": len(before),
    }  # fmt: skip
    for number, row in enumerate(rows):
        known = {"id": before[number].pk} if number < len(before) else {}
        values = {"position": number + 1, "assistant": assistant.pk, **known, **row}
        form |= {f"introduction-{number}-{name}": value for name, value in values.items()}
    return editor.post(reverse("admin:assistant_assistant_change", args=[assistant.pk]), form, follow=True)


def errors(answer: Any) -> list[str]:
    """Of the questions, in their order, and of all of them together."""
    formset = answer.context["inline_admin_formsets"][1].formset
    found = [f"{name}: {words}" for one in formset.errors for name, all_ in one.items() for words in all_]
    return found + list(formset.non_form_errors())


def asked(assistant: Assistant) -> list[tuple[str, str, bool]]:
    return list(assistant.introduction.values_list("kind", "key", "required"))


def test_they_are_kept_in_their_order_with_a_key_made_of_their_words(
    editor: Client, assistant: Assistant
) -> None:
    save(editor, assistant, NAME, EMAIL, ORDER, TOPIC)
    assert asked(assistant) == [
        ("name", "name", False), ("email", "email", True), ("text", "your_order_number", False),
        ("choice", "what_is_it_about", False),
    ]  # fmt: skip
    topic = IntroductionQuestion.objects.get(kind="choice")
    assert topic.options == {"en": ["A lamp", "A parcel"], "fr": ["Une lampe", "Un colis"]}
    page = editor.get(reverse("admin:assistant_assistant_change", args=[assistant.pk])).content.decode()
    assert "A lamp\nA parcel" in page and "Question in English" in page
    assert not re.findall(r"<label[^>]*>\s*[a-z]", page)


def test_a_key_stays_when_the_words_change(editor: Client, assistant: Assistant) -> None:
    save(editor, assistant, {**ORDER, "key": "order"})
    save(editor, assistant, {**ORDER, "key": "order", "label_en": "Order"})
    assert asked(assistant) == [("text", "order", False)]
    save(editor, assistant, {**ORDER, "key": "order"}, ORDER, {**ORDER, "label_en": "Order"})
    assert [key for _, key, _ in asked(assistant)] == ["order", "your_order_number", "order_2"]


def test_two_may_change_their_kinds_in_one_form(editor: Client, assistant: Assistant) -> None:
    save(editor, assistant, NAME, EMAIL)
    answer = save(editor, assistant, EMAIL, NAME)
    assert "inline_admin_formsets" not in answer.context or not errors(answer)
    assert asked(assistant) == [("email", "email", True), ("name", "name", False)]


def test_one_can_be_deleted_and_put_again(editor: Client, assistant: Assistant) -> None:
    save(editor, assistant, NAME, ORDER)
    save(editor, assistant, {**NAME, "DELETE": "on"}, {**ORDER, "key": "order"}, NAME)
    assert [key for _, key, _ in asked(assistant)] == ["order", "name"]


def test_what_is_not_written_in_a_language_is_hinted_at(editor: Client, assistant: Assistant) -> None:
    answer = save(editor, assistant, NAME, {**ORDER, "label_fr": ""}, {**TOPIC, "options_fr": ""})
    said = [unescape(str(message)) for message in answer.context["messages"]]
    for question in ("Your order number", "What is it about?"):
        assert f"“{question}” is not written in French: customers read it in English there." in said
    assert len(asked(assistant)) == 3


def test_the_first_language_is_that_of_the_same_form(editor: Client, assistant: Assistant) -> None:
    save(editor, assistant, {**ORDER, "label_en": ""}, languages="fr")
    assert [key for _, key, _ in asked(assistant)] == ["votre_numero_de_commande"]


WRONG: dict[str, tuple[list[dict[str, Any]], str]] = {
    "the same kind twice": (
        [NAME, NAME],
        "kind: Another question is of this kind already: it is asked once.",
    ),
    "the same key twice": (
        [{**ORDER, "key": "order"}, {**TOPIC, "key": "order"}],
        "key: Another question has this key already. Choose another one.",
    ),
    "the key of a kind": (
        [{**ORDER, "key": "email"}],
        "key: This is the key of the kind “Name” or “E-mail”. Choose another one.",
    ),
    "no key": (
        [{**ORDER, "key": "Order No."}],
        "key: Small letters, digits and underscores, a letter first: order_number",
    ),
    "no words": (
        [{**ORDER, "label_en": ""}],
        "label_en: Write the question in English, the first language of the assistant.",
    ),
    "no options": (
        [{**TOPIC, "options_en": " \n"}],
        "options_en: Write the options in English, one per line.",
    ),
    "another number of options": (
        [{**TOPIC, "options_fr": "Une lampe"}],
        "options_fr: English has 2 options and French 1. Write the same options, in the same order.",
    ),
    "an option twice": ([{**TOPIC, "options_en": "A\nA"}], "options_en: “A” stands there twice."),
    "a long option": (
        [{**TOPIC, "options_en": "x" * 121 + "\nb"}],
        f"options_en: “{'x' * 40}…” is too long: at most 120 characters.",
    ),
    "too many options": (
        [{**TOPIC, "options_en": "\n".join(map(str, range(21))), "options_fr": ""}],
        "options_en: At most 20 options.",
    ),
    "options of a text": (
        [{**ORDER, "options_en": "A\nB"}],
        "options_en: Only “One of several” has options. Empty this, or choose that kind.",
    ),
    "seven": (
        [{**ORDER, "key": f"key_{number}"} for number in range(7)],
        "At most 6 questions: each one more keeps customers from asking theirs.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_entry_is_said_beside_its_field(editor: Client, assistant: Assistant, case: str) -> None:
    rows, words = WRONG[case]
    assert errors(save(editor, assistant, *rows)) == [words]
    assert asked(assistant) == []
