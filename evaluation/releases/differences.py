"""What differs between two releases, or between one and the settings, as a page shows it: line by line,
with the names of things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assistant.guidance.rows import KINDS
from assistant.models import Assistant, Guidance, Welcome
from assistant.own_models import MODELS
from assistant.releases.contents import OBJECTIVE, Contents, Greeting, GuidanceRow
from knowledge.models import Source
from knowledge.revisions import DiffLine, compare

OF_A_ROW = ("about", "language", "hours", "who", "forbidden", "topics")


@dataclass(frozen=True)
class Item:
    """One thing that differs, line by line; `link` leads to it, where it can be edited."""

    title: str
    lines: Sequence[DiffLine]
    link: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]


def differences(before: Contents, after: Contents, flows: Mapping[str, str]) -> list[Group]:
    """`flows` are titles by key. Empty where customers get the same of both; the router is told apart."""
    found = [
        (_("Objective"), _objective(before, after)),
        (_("Before the first message"), _greetings(before, after)),
        (_("Models"), _models(before, after)),
        (_("Sources"), _sources(before, after)),
        (_("Guidance"), _guidance(before.guidance, after.guidance)),
        (_("Flows"), _flows(before.flows, after.flows, flows)),
    ]
    groups = [Group(title, tuple(items)) for title, items in found]
    return [group for group in groups if group.items]


def _objective(before: Contents, after: Contents) -> Iterator[Item]:
    for name in OBJECTIVE:
        was, now = (_plain(one.objective.get(name, "")) for one in (before, after))
        if was != now:
            yield Item(_label(name), compare(was, now))


def _greetings(before: Contents, after: Contents) -> Iterator[Item]:
    """Nothing where one of them is older than that releases hold these."""
    if before.accent is not None and after.accent is not None and before.accent != after.accent:
        yield Item(_label("accent"), compare(before.accent, after.accent))
    if before.greetings is None or after.greetings is None:
        return
    old, new = ({row.language: row for row in one.greetings or ()} for one in (before, after))
    names = dict(settings.LANGUAGES)
    for language in sorted({*old, *new}):
        was, now = (_greeting(one.get(language)) for one in (old, new))
        if was != now:
            yield Item(_line(_("Greeting"), str(names.get(language, language))), compare(was, now))


def _greeting(row: Greeting | None) -> str:
    if row is None:
        return ""
    label = capfirst(str(label_for_field("suggestions", Welcome)))
    questions = [_line(label, line) for line in row.suggestions.splitlines() if line.strip()]
    return "\n".join([row.greeting, *questions])


def _models(before: Contents, after: Contents) -> Iterator[Item]:
    without = {"answer": _("no model: quotes"), "rewrite": _("no model: by rules")}
    for task, field in MODELS.items():
        was, now = (one.models.get(task, "") or without[task] for one in (before, after))
        if was != now:
            yield Item(_label(field), compare(was, now))
    if before.redact_prompts != after.redact_prompts:
        was, now = (_("yes") if one.redact_prompts else _("no") for one in (before, after))
        yield Item(_label("redact_prompts"), compare(was, now))


def _sources(before: Contents, after: Contents) -> Iterator[Item]:
    if before.sources == after.sources:
        return
    names = dict(Source.objects.values_list("pk", "name"))
    was, now = (
        "\n".join(names.get(pk, f"#{pk}") for pk in one.sources) or _("all of them")
        for one in (before, after)
    )
    yield Item(_("Sources"), compare(was, now))


def _guidance(before: Sequence[GuidanceRow], after: Sequence[GuidanceRow]) -> Iterator[Item]:
    """Row by row; one that is in both and says the same, in another place, is told of as well."""
    old, new = {row.pk: row for row in before}, {row.pk: row for row in after}
    there = set(Guidance.objects.filter(pk__in=[*old, *new]).values_list("pk", flat=True))
    for pk in [*new, *(pk for pk in old if pk not in new)]:
        was, now = (_words(rows[pk]) if pk in rows else "" for rows in (old, new))
        if was != now:
            link = reverse("admin:assistant_guidance_change", args=[pk]) if pk in there else ""
            yield Item((new.get(pk) or old[pk]).text, compare(was, now), link)
    both = [[row.pk for row in rows if row.pk in old and row.pk in new] for rows in (before, after)]
    if both[0] != both[1]:
        order = ["\n".join(rows[pk].text for pk in one) for rows, one in zip((old, new), both, strict=True)]
        yield Item(_("Order of the list"), compare(*order))


def _flows(before: Mapping[str, int], after: Mapping[str, int], titles: Mapping[str, str]) -> Iterator[Item]:
    for key in sorted({*before, *after}):
        was, now = (_version(one.get(key)) for one in (before, after))
        if was != now:
            link = reverse("flows:editor", args=[key]) if key in titles else ""
            yield Item(titles.get(key, key), compare(was, now), link)


def _version(number: int | None) -> str:
    return _("version %(number)d") % {"number": number} if number else ""


def _words(row: GuidanceRow) -> str:
    """A row as lines that can be compared."""
    kinds = {str(value): str(name) for value, name in KINDS}
    lines = [_line(kinds.get(row.kind, row.kind), row.text)]
    for name in OF_A_ROW:
        if value := getattr(row, name):
            label = capfirst(str(label_for_field(name, Guidance)))
            lines += [_line(label, line) for line in str(value).splitlines()]
    lines += [_line(language, said) for language, said in sorted(row.words.items()) if said]
    if row.everybody:
        lines.append(_("Of all assistants"))
    return "\n".join(lines)


def _line(where: str, what: str) -> str:
    return _("%(where)s: %(what)s") % {"where": where, "what": what}


def _plain(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _label(name: str) -> str:
    return capfirst(str(label_for_field(name, Assistant)))
