"""Names that programs go by, beside the words that people read; and which calls are of which action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actions import kinds
from actions.errors import in_words as error_in_words
from actions.models import Call
from actions.wording import beside, called, in_words

_LABELS = "labels_of_arguments"  # kept with a call that is shown


def named(words: str, name: str) -> SafeString:
    """The technical name is small, and left out where it says the same."""
    technical = beside(words, name)
    return (
        format_html('{} <code class="act-name">{}</code>', words, technical) if technical else _plain(words)
    )


def _plain(words: str) -> SafeString:
    return format_html("{}", words)


def action_of(call: Call) -> str:
    """What was called, in words: as its tool is called today, if it is still there."""
    if call.tool is not None:
        return call.tool.name or in_words(call.action)
    built_in = kinds.built_in(call.action)
    return built_in.title if built_in else in_words(call.action)


def labels_of(call: Call) -> Mapping[str, str]:
    """What its arguments are called, as far as somebody has said so; its page asks several times."""
    known: Mapping[str, str] | None = vars(call).get(_LABELS)
    if known is None:
        declared = kinds.find(call.action)
        known = vars(call)[_LABELS] = declared.labels if declared else {}
    return known


def given_in_words(given: Mapping[str, Any], labels: Mapping[str, str]) -> list[tuple[str, str, Any]]:
    """(words, technical name, value) of each."""
    return [(words := called(name, labels), beside(words, name), value) for name, value in given.items()]


def given_as_list(given: Mapping[str, Any], labels: Mapping[str, str]) -> SafeString:
    rows = [(named(words, name), _shown(value)) for words, name, value in given_in_words(given, labels)]
    if not rows:
        return _plain("–")
    return format_html('<dl class="act-given">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _shown(value: Any) -> Any:
    yes_or_no = {True: _("yes"), False: _("no"), None: "–"}
    return yes_or_no[value] if value is None or isinstance(value, bool) else value


class ActionFilter(SimpleListFilter):
    """Of the log: by what was called, in words."""

    title = _("action")
    parameter_name = "action__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = Call.objects.order_by("action").values_list("action", flat=True).distinct()
        titles = {declared.name: declared.title for declared in kinds.whole()}
        found = [(name, titles.get(name) or in_words(name)) for name in names]
        return sorted(found, key=lambda one: one[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Call]) -> QuerySet[Call]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class ErrorFilter(SimpleListFilter):
    """Of the log: by what went wrong, in words."""

    title = _("error")
    parameter_name = "error__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = Call.objects.exclude(error="").order_by("error").values_list("error", flat=True).distinct()
        return [(code, str(error_in_words(code, ""))) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Call]) -> QuerySet[Call]:
        return queryset.filter(error=self.value()) if self.value() else queryset
