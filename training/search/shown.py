"""A training of search as its pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chatbot.chance import wilson
from knowledge.weighing import Weighing
from training import drawing
from training.examples.words import language as language_name
from training.search import words
from training.search.choosing import CELLS, CURVE
from training.search.drawing import drawn_grid
from training.search.examining import LEAST_ANSWERABLE
from training.search.pairing import Both
from training.search.promoting import weighing_learned
from training.search.rows import SearchTraining
from training.search.saved import Gathered, words_of
from training.trainings import shown as common
from training.trainings.rows import OPEN, State
from training.words import SAID, counted, percent

MOST_QUESTIONS = 300
PARTS = ("held_out", "learned")
SIDES = ("before", "now")


def row(training: SearchTraining, *, present: Weighing) -> dict[str, Any]:
    """In the register."""
    numbers = [sum(of) for of in zip(*_numbers(training), strict=True)] or [0, 0]
    learned = bool(training.identity) and training.why not in ("few", "not_ready", "trouble")
    weighing, unchanged = weighing_learned(training), training.why in words.NOTHING_CHANGED
    return {
        **common.row(training),
        **({"state": words.UNCHANGED, "badge": "retired"} if unchanged else {}),
        "why": words.why(training),
        "weighing": words.weighing(weighing) if learned and training.state not in OPEN else "–",
        "notice": words.in_words(weighing, present) if training.state == State.CANDIDATE else "",
        "answerable": counted(numbers[0]),
        "unanswerable": counted(numbers[1]),
        "seconds": round(training.asking_seconds + training.learning_seconds, 1),
    }


def _numbers(training: SearchTraining) -> list[list[int]]:
    return [numbers for of in training.learned_from.values() for numbers in of.values()]


def can(training: SearchTraining) -> dict[str, bool]:
    """What the page offers to do with it."""
    return {
        "use": training.state == State.CANDIDATE,
        "set_aside": training.state == State.CANDIDATE,
        "back": training.state == State.RETIRED,
        "usual": training.state == State.IN_USE,
        "cancel": training.state in OPEN,
    }


def sources(training: SearchTraining) -> list[dict[str, Any]]:
    """What it learned from, by kind and language."""
    return [
        {
            "name": words.KINDS.get(kind, kind), "language": language,
            "answerable": counted(numbers[0]), "unanswerable": counted(numbers[1]),
        }
        for kind, of in training.learned_from.items()
        for language, numbers in sorted(of.items())
    ]  # fmt: skip


def saved(found: Gathered) -> dict[str, Any]:
    """How many questions there are to learn from, by language, and whether that is enough."""
    languages: dict[str, list[int]] = {}
    for one in found.questions:
        numbers = languages.setdefault(one.language, [0, 0])
        numbers[not one.answerable] += 1
    return {
        "all": counted(len(found.questions)),
        "answerable": counted(found.answerable), "unanswerable": counted(found.unanswerable),
        "languages": [
            (language_name(code), counted(numbers[0]), counted(numbers[1]))
            for code, numbers in sorted(languages.items())
        ],
        "enough": words.enough(found.answerable, found.unanswerable),
        "is_enough": found.answerable >= LEAST_ANSWERABLE,
        "gone": found.gone, "twice": found.twice,
    }  # fmt: skip


def chosen(training: SearchTraining) -> dict[str, Any] | None:
    """What it would be like beside what was in use then."""
    report = training.report
    if not report:
        return None
    before, now = Weighing(**report["present"]), Weighing(**report["chosen"])
    return {
        "before": before, "now": now, "bar_before": words.bar(before.lift), "bar_now": words.bar(now.lift),
        "said": words.in_words(now, before), "same": before == now,
        "bar_not_learned": "" if report["with_lift"] else words.bar_not_learned(),
        "gone": report["gone"], "twice": report["twice"],
    }  # fmt: skip


def compared(training: SearchTraining) -> dict[str, Any] | None:
    """On what was held out, question by question."""
    found = training.report.get("compared")
    if not found:
        return None
    both = Both.from_json(found)
    asked = training.report["hits"]["asked"][0]
    hits = [
        {"name": at, "before": _share(was, asked), "now": _share(now, asked)}
        for at, was, now in zip(
            (1, 5), training.report["hits"]["present"], training.report["hits"]["chosen"], strict=True
        )
    ]
    kinds = [
        {
            "name": name, "pairs": pairs,
            "before": _share(pairs.both + pairs.present, pairs.all),
            "now": _share(pairs.both + pairs.candidate, pairs.all),
        }
        for name, pairs in zip(words.ENDS, (both.answerable, both.unanswerable), strict=True)
        if pairs.all
    ]  # fmt: skip
    return {
        "all": both.together.all, "said": both.said(), "said_words": SAID[both.said()],
        "by": words.difference(both) if both.kinds else "",
        "kinds": kinds, "hits": hits,
    }  # fmt: skip


def _share(met: int, of: int) -> dict[str, str]:
    low, high = wilson(met, of)
    return {
        "percent": percent(met / of if of else None), "between": f"{percent(low)} – {percent(high)}"
    }  # fmt: skip


def confusion(training: SearchTraining) -> list[dict[str, Any]]:
    """Of what was held out and of what was learned from: how many questions end how, now and with what was
    learned. Of what was learned from, each with what was learned without its part."""
    found = []
    for part in PARTS:
        own = [end for end in training.report.get("questions", []) if bool(end[4]) == (part == "held_out")]
        if own:
            counts = {side: Counter(end[5 + at] for end in own) for at, side in enumerate(SIDES)}
            found.append({"part": part, "all": len(own), "rows": list(_cells(counts))})
    return found


def _cells(counts: dict[str, Counter[str]]) -> Any:
    wholes = {
        kind: sum(counts["before"][cell] for cell in own)
        for kind, own in (("yes", CELLS[:3]), ("no", CELLS[3:]))
    }
    for cell in CELLS:
        whole = wholes["yes" if cell in CELLS[:3] else "no"]
        yield {
            "cell": cell, "name": words.CELLS[cell], "good": cell in words.GOOD,
            "sides": [
                {"side": side, "number": counts[side][cell], **_share(counts[side][cell], whole)}
                for side in SIDES
            ],
        }  # fmt: skip


def curve(training: SearchTraining) -> dict[str, Any] | None:
    """Drawn, and as a table: how much is right after learning from so many of the questions."""
    values = common.by_share(CURVE, training.report.get("curve", []))
    if not values:
        return None
    present = training.report["cross"]["present"]
    return {
        "drawn": common.drawn(values, CURVE),
        "present": drawing.up(present), "present_percent": percent(present),
        "chosen_percent": percent(training.report["cross"]["chosen"]),
        "heads": [_("Questions learned"), _("End rightly"), _("at worst"), _("at best")],
        "table": [[percent(one) for one in value] for value in values],
    }  # fmt: skip


def grid(training: SearchTraining) -> dict[str, Any] | None:
    """Every weighing that was tried: the darker, the more is right."""
    found = training.report.get("grid")
    if not found:
        return None
    chosen = training.report["chosen"]
    place = (found["shares"].index(chosen["words_share"]), found["lifts"].index(chosen["lift"]))
    drawn = drawn_grid(found["shares"], found["lifts"], found["worth"], tuple(found["present"]), place)
    return {"drawn": drawn, "lowest": percent(drawn.lowest), "highest": percent(drawn.highest)}


def questions(
    training: SearchTraining, *, part: str, side: str, cell: str
) -> tuple[list[dict[str, Any]], int]:
    """The questions behind a number, in the words that are still there; and how many more there are."""
    own, place = training.report.get("questions", []), 5 + SIDES.index(side)
    if part:
        own = [end for end in own if bool(end[4]) == (part == "held_out")]
    if cell:
        own = [end for end in own if end[place] == cell]
    shown = own[:MOST_QUESTIONS]
    texts: dict[tuple[str, int, int], str] = {}
    for kind in {end[0] for end in shown}:
        found = words_of(kind, [end[1] for end in shown if end[0] == kind])
        texts |= {(kind, *key): text for key, text in found.items()}
    return [_question(end, texts) for end in shown], len(own) - len(shown)


def _question(end: Sequence[Any], texts: dict[tuple[str, int, int], str]) -> dict[str, Any]:
    kind, pk, turn, language, _held_out, before, now = end
    text = texts.get((kind, pk, turn), "")
    return {
        "text": text, "kind": words.KINDS[kind], "language": language,
        "before": words.CELLS[before], "now": words.CELLS[now], "differs": before != now,
        "link": reverse("admin:evaluation_scenario_change", args=[pk]) if text and kind == "scenario" else "",
    }  # fmt: skip
