"""The questions before the chat in the admin site: below the assistant that asks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.admin import StackedInline

from assistant.introduction.asked import OF_THE_CUSTOMER
from assistant.introduction.form import CODES, IntroductionForm, IntroductionFormSet, name_of
from assistant.introduction.rows import MOST, IntroductionQuestion
from assistant.models import Assistant

WORDS: tuple[Any, ...] = tuple(name for code in CODES for name in (f"label_{code}", f"options_{code}"))


class IntroductionInline(StackedInline):
    model = IntroductionQuestion
    form = IntroductionForm
    formset = IntroductionFormSet
    extra = 0
    max_num = MOST
    tab = True
    fieldsets = [(None, {"fields": ["kind", "required", *WORDS, "key", "position"]})]


def say_what_is_missing(request: HttpRequest, assistant: Assistant) -> None:
    """A hint, and no error: what has no words in a language is read in the first one."""
    for words in missing(assistant):
        messages.warning(request, words)


def missing(assistant: Assistant) -> Iterator[str]:
    rows = [row for row in assistant.introduction.all() if row.kind not in OF_THE_CUSTOMER]
    first, *others = assistant.languages or CODES[:1]
    for row in rows:
        for code in others:
            if not row.label.get(code) or (row.options and not row.options.get(code)):
                yield _(
                    "“%(question)s” is not written in %(language)s: customers read it in %(first)s there."
                ) % {"question": row, "language": name_of(code), "first": name_of(first)}
