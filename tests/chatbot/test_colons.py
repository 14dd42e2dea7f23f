"""A colon behind words that are translated belongs to the translation: French wants a space before it that
does not break. In a template `{% colon %}` stands between a name and what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

TEMPLATES = Path(__file__).parents[2] / "templates"
TRANSLATED = re.compile(r"{% (?:blocktrans|comment).*?{% end(?:blocktrans|blocktranslate|comment) %}", re.S)
ADDED = re.compile(r"(?:%}|}}|>|…):(?=\s|<|$)", re.M)
HEADERS = "admin/actions/tool/tried.html"  # of HTTP, as they are sent


def added(text: str) -> list[str]:
    return ADDED.findall(TRANSLATED.sub("…", text))


@pytest.mark.parametrize(
    "text",
    [
        '<span>{% translate "as expected" %}: </span>',
        "{{ field.label }}: {{ error }}",
        '<span class="visually-hidden">: {{ name }}</span>',
        'aria-label="{% translate "Run" %}: {{ name }}"',
        "{% blocktranslate %}a{% endblocktranslate %}: b",
    ],
)
def test_a_colon_that_a_template_adds_is_found(text: str) -> None:
    assert added(text)


def test_no_template_adds_a_colon_to_words() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): colons
        for path in TEMPLATES.rglob("*.html")
        if (colons := added(path.read_text()))
    }
    assert found.keys() == {HEADERS}


@pytest.mark.parametrize(("language", "said"), [("en", "Passed: 3"), ("fr", "Passed\u00a0: 3")])
def test_between_a_name_and_what_it_is_stands_the_colon_of_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert Template("{% load interface %}Passed{% colon %}3").render(Context()) == said
