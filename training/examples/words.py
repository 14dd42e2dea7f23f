"""Datasets in words: why an example was left out, why a dataset is refused, what it may lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.examples.validating import LEAST_LINES, LOPSIDED, MOST_TOKENS

# By the code; in the order in which they are shown.
WHYS: dict[str, Any] = {
    "unreadable": gettext_lazy("It could not be read"),
    "secret": gettext_lazy("It holds what looks like a secret: a key, a password, the number of a card"),
    "disagreed": gettext_lazy("Reviewers do not agree that it is right"),
    "contradicted": gettext_lazy("A newer example answers the same question otherwise"),
    "duplicate": gettext_lazy("The same question with the same answer is in already"),
    "balance": gettext_lazy("There is enough of its topic in its language"),
    "unsupported": gettext_lazy("No article that is found for the question bears the answer out"),
    "no_passages": gettext_lazy("Nothing of what it rested on is there any more"),
    "withdrawn": gettext_lazy("It rests on an article that is no longer published"),
    "licence": gettext_lazy("It rests on a source that no model may be trained on"),
    "audience": gettext_lazy("It rests on an article that not everybody may read"),
    "tool": gettext_lazy("It rests on what a tool brought for one customer"),
    "specific": gettext_lazy("It is about one customer’s own order"),
    "not_written": gettext_lazy("No model words this: a flow, a courtesy, a handover"),
    "partial": gettext_lazy("The answer was stopped half-way"),
    "no_question": gettext_lazy("Nothing was asked in words"),
    "no_wrong": gettext_lazy("There is no wrong answer to set against the right one"),
    "same": gettext_lazy("The right answer and the wrong one say the same"),
    "empty": gettext_lazy("A message in it is empty, or has no words"),
    "roles": gettext_lazy("It does not begin with the customer and end with the answer"),
    "too_long": gettext_lazy("It is longer than a model reads in training"),
    "set_aside": gettext_lazy("Set aside by staff"),
}
REFUSED: dict[str, Any] = {
    "few": gettext_lazy(
        "Fewer than %(least)s examples: hosts take no smaller file, and nothing is learned from so few. "
        "Review answers as right, correct wrong ones, or choose a longer period and more languages."
    ),
}
WARNINGS: dict[str, Any] = {
    "one_topic": gettext_lazy(
        "All examples are about one topic: a model learns to answer that, whatever is asked. Review answers "
        "about others too."
    ),
    "lopsided": gettext_lazy(
        "More than %(share)s of the examples are about one topic. Allow fewer of a topic, or review answers "
        "about others."
    ),
    "one_language": gettext_lazy(
        "All examples are in one language: in others, a model may become worse. That is as it should be if "
        "nobody writes in others."
    ),
    "only_refusals": gettext_lazy(
        "Every example refuses to answer, or asks back: a model learns to answer nothing. Review answers "
        "that are right."
    ),
    "no_refusals": gettext_lazy(
        "No example refuses to answer: a model may learn to answer always. Review refusals that are right, "
        "too."
    ),
    "more": gettext_lazy("There were more answers than one dataset takes: the newest were looked at."),
}
KINDS: dict[str, Any] = {
    "email": gettext_lazy("E-mail addresses"),
    "phone": gettext_lazy("Telephone numbers"),
    "iban": gettext_lazy("Bank accounts"),
    "card": gettext_lazy("Numbers of cards"),
    "name": gettext_lazy("Names"),
    "number": gettext_lazy("Numbers of orders and the like"),
}
TOPICS: dict[str, Any] = {
    "=declined": gettext_lazy("Not to be answered"),
    "=asked": gettext_lazy("To be asked back"),
    "": gettext_lazy("No article"),
}
CANNOT: dict[str, Any] = {
    "used": gettext_lazy(
        "A fine-tuning has learned from this dataset, so it stays as it was. Make a copy, and change that."
    ),
    "not_ready": gettext_lazy("It is still being made."),
    "twin": gettext_lazy("Another example answers the same question. Set that one aside first."),
    "wrong": gettext_lazy("It cannot be learned from: %(why)s."),
    "kept": gettext_lazy("Something still needs this dataset. Delete that first."),
}


def why(code: str) -> str:
    return str(WHYS.get(code, code))


def whys(figures: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Code, words and how many; of those that could not be read each trouble for itself, the most first."""
    counted = [
        (code, why(code), number) for code, number in figures["left_out"].items() if code != "unreadable"
    ]
    counted += [
        ("unreadable", unreadable(trouble), number)
        for trouble, number in figures.get("unreadable", {}).items()
    ]
    yield from sorted(counted, key=lambda one: one[2], reverse=True)


def unreadable(trouble: str) -> str:
    return _("It could not be read: %(trouble)s") % {"trouble": trouble}


def refusal(code: str) -> str:
    return str(REFUSED[code]) % {"least": number_format(LEAST_LINES)} if code in REFUSED else ""


def warning(code: str) -> str:
    share = _("%(share)s%%") % {"share": number_format(round(100 * LOPSIDED))}
    return str(WARNINGS[code]) % {"share": share} if code in WARNINGS else ""


def warnings(figures: dict[str, Any]) -> list[str]:
    codes = [*figures.get("warnings", ()), *(["more"] if figures.get("more") else [])]
    return list(filter(None, map(warning, codes)))


def topic(key: str) -> str:
    return str(TOPICS.get(key, key))


def language(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


def licence(name: str) -> str:
    return name or _("Not said")


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def longest() -> str:
    return number(MOST_TOKENS)
