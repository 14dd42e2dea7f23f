"""Datasets as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import pgettext_lazy

from chatbot.markdown import render_article
from training.examples import words
from training.examples.asked import Asked
from training.examples.keeping import BY_CHOICE
from training.examples.rows import Dataset, Example, Origin, Part

State = Dataset.State
LEFT_OUT = "left_out"
SHOWN: dict[str, Any] = {**dict(Part.choices), LEFT_OUT: pgettext_lazy("a dataset", "Left out")}
MOST_TOPICS = 40  # rows of the table; the card has more
MADE = (State.READY, State.REFUSED)


def row(dataset: Dataset) -> dict[str, Any]:
    figures = dataset.figures if dataset.state in MADE else {}
    return {
        "dataset": dataset,
        "kept": words.number(figures["kept"]) if figures else "–",
        "tokens": words.number(sum(figures[part]["tokens"] for part in Part.values)) if figures else "–",
        "percent": round(100 * dataset.done / dataset.total) if dataset.total else 0,
    }


def whole(dataset: Dataset) -> dict[str, Any]:
    context = row(dataset) | {"is_made": dataset.state in MADE, "can": can(dataset)}
    return context | _made(dataset) if dataset.state in MADE else context


def _made(dataset: Dataset) -> dict[str, Any]:
    figures, now = dataset.figures, dataset.examples.filter(state=Example.State.IN).count()
    return {
        "asked": Asked.from_json(dataset.asked),
        "refusal": words.refusal(dataset.why),
        "warnings": words.warnings(figures),
        "gone": figures["kept"] - now,
        "found": words.number(figures["found"]),
        "left_out_number": words.number(sum(figures["left_out"].values())),
        "parts": [
            {"key": part.value, "name": part.label, **_numbers(figures[part])} for part in Part
        ],
        "origins": _before_and_after(figures["origins"], lambda key: str(Origin(key).label)),
        "languages": _before_and_after(figures["languages"], words.language),
        "topics": [
            [words.topic(topic), words.language(language), words.number(found), words.number(kept)]
            for topic, language, found, kept in figures["topics"][:MOST_TOPICS]
        ],
        "more_topics": max(0, len(figures["topics"]) - MOST_TOPICS),
        "left_out": [
            {"code": code, "why": why, "number": words.number(number)}
            for code, why, number in words.whys(figures)
        ],
        "redacted": [
            (words.KINDS.get(kind, kind), words.number(number))
            for kind, number in _most_first(figures["redacted"])
        ],
        "card": render_article(dataset.card.partition("\n\n")[2]),
    }  # fmt: skip


def _numbers(part: Mapping[str, Any]) -> dict[str, str]:
    return {name: words.number(part[name]) for name in ("lines", "tokens", "longest")}


def _before_and_after(counted: Mapping[str, list[int]], name: Any) -> list[list[str]]:
    return [
        [name(value), words.number(found), words.number(kept)]
        for value, (found, kept) in _most_first(counted)
    ]


def _most_first(counted: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The database keeps no order of names."""
    return sorted(counted.items(), key=lambda one: one[1], reverse=True)


def can(dataset: Dataset) -> dict[str, bool]:
    made, used = dataset.state in MADE, dataset.used_at is not None
    ended = dataset.state in (State.FAILED, State.CANCELLED, State.REFUSED)
    return {
        "cancel": dataset.is_open,
        "again": ended and not used,
        "copy": made,
        "change": made and not used,
        "download": dataset.state == State.READY,
        "delete": not dataset.is_open,
    }


@dataclass(frozen=True)
class Filters:
    """What narrows the examples of a dataset; `show` is a part, or what was left out."""

    show: str = Part.TRAINING
    why: str = ""
    origin: str = ""
    language: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """What nobody offers is passed over."""
        said = {name: given.get(name, "").replace("\x00", "")[:200] for name in cls.__dataclass_fields__}
        show = said["show"] if said["show"] in SHOWN else Part.TRAINING
        return cls(
            show=show,
            why=said["why"] if said["why"] in words.WHYS and show == LEFT_OUT else "",
            origin=said["origin"] if said["origin"] in Origin.values else "",
            language=said["language"] if said["language"] in dict(settings.LANGUAGES) else "",
            q=said["q"].strip(),
        )

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


def narrowed(dataset: Dataset, filters: Filters) -> QuerySet[Example]:
    if filters.show == LEFT_OUT:
        rows = dataset.examples.filter(state=Example.State.LEFT_OUT)
    else:
        rows = dataset.examples.filter(state=Example.State.IN, part=filters.show)
    for name in ("why", "origin", "language"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.q:
        rows = rows.filter(question__icontains=filters.q)
    return rows.order_by("place", "pk")


def tabs(dataset: Dataset) -> list[tuple[str, Any, int]]:
    counted = dataset.examples.order_by().values_list("state", "part").annotate(n=Count("pk"))
    numbers: dict[str, int] = {}
    for state, part, number in counted:
        key = LEFT_OUT if state == Example.State.LEFT_OUT else part
        numbers[key] = numbers.get(key, 0) + number
    return [(key, name, numbers.get(key, 0)) for key, name in SHOWN.items()]


def choices(dataset: Dataset, filters: Filters) -> dict[str, list[tuple[str, str]]]:
    """Of the reasons those that there are."""
    known = dataset.figures.get("left_out", {}) if dataset.state in MADE else {}
    return {
        "why": [(code, words.why(code)) for code in words.WHYS if code in known or code == filters.why],
        "origin": [(value, str(label)) for value, label in Origin.choices],
        "language": [(code, words.language(code)) for code, _name in settings.LANGUAGES],
    }


def example(one: Example, dataset: Dataset) -> dict[str, Any]:
    """`said`: all messages but the answer, folded; the question alone stands open."""
    chat = not one.preferred
    free = dataset.used_at is None and dataset.state in MADE
    return {
        "example": one,
        "said": one.messages[:-1] if chat else one.messages,
        "answer": one.messages[-1]["content"] if chat and one.messages else "",
        "preferred": one.preferred[0]["content"] if one.preferred else "",
        "rejected": one.rejected[0]["content"] if one.rejected else "",
        "topic": words.topic(one.topic),
        "language": words.language(one.language),
        "why": words.unreadable(one.trouble) if one.trouble else words.why(one.why) if one.why else "",
        "tokens": words.number(one.tokens),
        "can_set_aside": free and one.state == Example.State.IN,
        "can_take_back": free and one.why in BY_CHOICE,
    }


def router_files() -> list[tuple[str, str]]:
    """What the router learns from, by the name of the file and in words."""
    names = [(f"nlu-{code}.yml", f"Rasa NLU, {words.language(code)}") for code, _name in settings.LANGUAGES]
    return [*names, ("router.jsonl", "JSONL")]
