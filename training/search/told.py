"""A training of search for whoever asks on the command line: figures as data and in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knowledge.weighing import Weighing
from training.search import register, running, words
from training.search.pairing import Both
from training.search.rows import SearchTraining
from training.trainings.register import Refused
from training.words import SAID, percent


def trained() -> dict[str, Any]:
    """As a worker would, in one go."""
    training = register.REGISTER.at_once(running.finish)
    if not training.report:
        raise Refused(words.why(training) or _("It could not be begun. Try again."))
    return figures(training)


def measured() -> dict[str, Any]:
    """Without keeping anything, or changing what is in use."""
    training = SearchTraining()
    if running.measure(training) is not None:
        raise Refused(words.why(training))
    training.state = "measured"
    return figures(training)


def figures(training: SearchTraining) -> dict[str, Any]:
    """Everything that the page shows, in numbers; of questions only how many."""
    report = training.report
    both = Both.from_json(report["compared"])
    ends: dict[str, dict[str, dict[str, int]]] = {}
    for _kind, _row, _turn, _language, held_out, before, now in report["questions"]:
        part = ends.setdefault("held_out" if held_out else "learned", {"before": {}, "now": {}})
        for side, cell in (("before", before), ("now", now)):
            part[side][cell] = part[side].get(cell, 0) + 1
    return {
        "number": training.pk,
        "state": str(training.state),
        "why": str(training.why),
        "signature": training.signature,
        "learned_from": training.learned_from,
        "gone": report["gone"],
        "twice": report["twice"],
        "present": report["present"],
        "chosen": report["chosen"],
        "bar_learned": report["with_lift"],
        "compared": {
            **report["compared"],
            "before": both.before,
            "now": both.now,
            "said": both.said(),
            "chance": both.chance,
        },
        "cross_validated": report["cross"],
        "hits": report["hits"],
        "questions": ends,
        "asking_seconds": round(training.asking_seconds, 2),
        "learning_seconds": round(training.learning_seconds, 2),
    }


def in_words(found: dict[str, Any]) -> str:
    numbers = [sum(of) for of in zip(*_each(found), strict=True)] or [0, 0]
    now, before = Weighing(**found["chosen"]), Weighing(**found["present"])
    both = Both.from_json(found["compared"])
    lines = [
        _("%(answerable)s saved questions with a known article, %(unanswerable)s that have to be declined.")
        % {"answerable": numbers[0], "unanswerable": numbers[1]},
        _("In use: %(before)s. Learned: %(now)s.")
        % {"before": words.weighing(before), "now": words.weighing(now)},
        _(
            "Of %(held_out)s held-out questions %(before)s were right before, %(now)s are now (both kinds "
            "count alike)."
        )
        % {
            "held_out": both.together.all,
            "before": percent(both.before),
            "now": percent(both.now),
        },
        _("%(asking)s s for asking them, %(learning)s s for the learning.")
        % {"asking": found["asking_seconds"], "learning": found["learning_seconds"]},
    ]
    if not found["bar_learned"]:
        lines.append(words.bar_not_learned())
    if now != before and both.kinds:
        lines.append(f"{SAID[both.said()]}: {words.difference(both)}")
    lines.append(_ended(found))
    return "\n".join(lines)


def _each(found: dict[str, Any]) -> list[list[int]]:
    return [numbers for of in found["learned_from"].values() for numbers in of.values()]


def _ended(found: dict[str, Any]) -> str:
    if found["state"] == "measured":
        return _("Nothing was kept.")
    return f"{SearchTraining.called(found['number'])}: {words.WHYS[found['why']]}"
