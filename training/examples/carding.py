"""What a dataset is, for whoever is to use it: a card in Markdown, in the language of whoever made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from training.examples import tokens, words
from training.examples.asked import Asked
from training.examples.rows import Dataset, Form, Origin, Part

Figures = dict[str, Any]
MOST_TOPICS = 60  # rows of the table


def card_of(dataset: Dataset) -> str:
    with translation.override(dataset.language):
        return "\n\n".join(_parts(dataset, dataset.figures, Asked.from_json(dataset.asked))) + "\n"


def _parts(dataset: Dataset, figures: Figures, asked: Asked) -> Iterator[str]:
    yield f"# {_plain(dataset.name)}"
    yield _about(dataset, figures)
    for said in (words.refusal(dataset.why), *words.warnings(figures)):
        if said:
            yield f"> {said}"
    yield f"## {_('What is in it')}"
    yield _table([_("Part"), _("Lines"), _("Tokens"), _("Longest line")], _of_parts(figures))
    yield _table(
        [_("Where from"), pgettext("a dataset", "Found"), _("In it")], _of(figures["origins"], _origin)
    )
    yield _table(
        [_("Language"), pgettext("a dataset", "Found"), _("In it")], _of(figures["languages"], words.language)
    )
    yield f"## {_('Topics')}"
    yield _topics(figures)
    yield f"## {_('What was left out')}"
    yield _left_out(figures)
    yield f"## {_('What was changed')}"
    yield _changed(figures)
    yield f"## {_('How it was split')}"
    yield _split(asked)
    yield f"## {_('Licences')}"
    yield _table([_("Licence of the source"), _("Examples")], _pairs(figures["licences"], words.licence))
    yield f"## {_('Known limits')}"
    yield "\n".join(f"- {line}" for line in _limits(figures, asked))
    yield f"## {_('Signature')}"
    yield f"SHA-256: `{dataset.signature}`"


def _about(dataset: Dataset, figures: Figures) -> str:
    form = Form(dataset.form).label
    by = _("by %(name)s") % {"name": dataset.by} if dataset.by else _("by a command")
    first, last = (parse_datetime(figures[name]) for name in ("first", "last"))
    said = _("%(form)s. Made on %(day)s %(by)s from the conversations of %(assistant)s.") % {
        "form": form, "day": date_format(dataset.created_at, "DATE_FORMAT"), "by": _plain(by),
        "assistant": _plain(str(dataset.assistant or "–")),
    }  # fmt: skip
    if first and last:
        days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
        said += " " + _("The answers are from %(first)s to %(last)s.") % days
    return said


def _plain(text: str) -> str:
    """What somebody typed is no Markdown."""
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|!&~" else sign for sign in line)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *("---:" for _head in heads[1:])], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _of_parts(figures: Figures) -> Iterator[list[str]]:
    for part in Part:
        own = figures[part]
        yield [str(part.label), *(words.number(own[name]) for name in ("lines", "tokens", "longest"))]


def _of(counted: dict[str, list[int]], name: Any) -> Iterator[list[str]]:
    for value, numbers in counted.items():
        yield [_plain(name(value)), *map(words.number, numbers)]


def _pairs(counted: dict[str, int], name: Any) -> Iterator[list[str]]:
    for value, number in counted.items():
        yield [_plain(name(value)), words.number(number)]


def _origin(value: str) -> str:
    return str(Origin(value).label)


def _topics(figures: Figures) -> str:
    rows = [
        [_plain(words.topic(topic)), words.language(language), words.number(found), words.number(kept)]
        for topic, language, found, kept in figures["topics"][:MOST_TOPICS]
    ]
    table = _table([_("Topic"), _("Language"), pgettext("a dataset", "Found"), _("In it")], rows)
    more = len(figures["topics"]) - len(rows)
    said = ngettext("%(count)s more is not shown.", "%(count)s more are not shown.", more)
    return f"{table}\n\n{said % {'count': words.number(more)}}" if more else table


def _left_out(figures: Figures) -> str:
    if not figures["left_out"]:
        return _("Nothing.")
    rows = [[_plain(why), words.number(number)] for _code, why, number in words.whys(figures)]
    return _table([_("Why"), _("Examples")], rows)


def _changed(figures: Figures) -> str:
    lines = [
        f"- {words.KINDS.get(kind, kind)}: {words.number(number)}"
        for kind, number in figures["redacted"].items()
    ]
    told = _(
        "Taken out of what customers and staff wrote, and replaced by words that say what stood there. What "
        "stands in the articles is the company’s own and was left."
    )
    tidied = ngettext(
        "In %(count)s text, invisible signs, quoted mail or signatures were taken off.",
        "In %(count)s texts, invisible signs, quoted mail or signatures were taken off.",
        figures["cleaned"],
    ) % {"count": words.number(figures["cleaned"])}
    return "\n\n".join([told, "\n".join(lines) or _("Nothing personal was found."), tidied])


def _split(asked: Asked) -> str:
    return _(
        "%(share)s%% are held out, chosen at random (seed %(seed)s) so that topics and languages have their "
        "share. What belongs together stays together: one conversation, nearly the same question, or nearly "
        "the same answer is never in both parts."
    ) % {"share": asked.held_out, "seed": asked.seed}


def _limits(figures: Figures, asked: Asked) -> Iterator[str]:
    yield _(
        "Personal data is found by its form and by the names that are known. What somebody tells of "
        "themselves in other words stays: look through the examples."
    )
    yield _(
        "Tokens are those of OpenAI’s encoding %(encoding)s, counted by tiktoken. Other models count "
        "otherwise: OpenAI’s older ones hardly more in English, and about an eighth more in French."
    ) % {"encoding": tokens.ENCODING}
    if figures["changed"]:
        yield ngettext(
            "%(count)s example rests on a passage that reads otherwise by now.",
            "%(count)s examples rest on passages that read otherwise by now.",
            figures["changed"],
        ) % {"count": words.number(figures["changed"])}
    if not asked.supported:
        yield _("Some answers rest on no passage: a model may learn to say what it has not read.")
    if figures["licences"].get(""):
        yield _("Not every source says under which licence its texts are.")
    yield _("Who says that an answer is right are the people who reviewed it. They may be wrong.")
