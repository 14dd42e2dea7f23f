"""A training as its pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from assistant.routing.samples import NO_FLOWS
from chatbot.chance import wilson
from training import curve_words, drawing, mixing, words
from training.apart import Pairs
from training.curving import SHARES, advice, last_step
from training.models import Policy, Training
from training.trainings import shown as common
from training.trainings.rows import OPEN, State
from training.words import Names

FEW = 12  # rows of a table that stands open
MOST_LISTED = 50  # texts that differ, on the page; the file has all of them


def row(training: Training, names: Names, *, pinned: int | None) -> dict[str, Any]:
    """In the register."""
    figures = training.figures
    flows = {label: of for label, of in training.learned_from.items() if label not in NO_FLOWS}
    return {
        **common.row(training),
        "why": words.why(training, names),
        "right": words.percent(figures.get("right")),
        "left_alone": words.percent(figures.get("left_alone")),
        "examples": sum(sum(of.values()) for of in flows.values()),
        "flows": len(flows),
        "seconds": round(training.embedding_seconds + training.learning_seconds, 1),
        "is_pinned": training.pk == pinned,
    }


def matrix(training: Training, names: Names) -> dict[str, Any]:
    found = mixing.matrix(training.figures, training.report.get("mixed", []))
    called = [names.of(label) for label in found.order]
    numbers = {label: at + 1 for at, label in enumerate(found.order)}
    mixed = [
        {"label": names.of(one.label), "began": names.of(one.began), "times": one.times,
         "of": one.label, "to": one.began, "examples": found.whole(one.label)}
        for one in found.mixed
    ]  # fmt: skip
    return {
        "drawn": drawing.drawn(found, called),
        "mixed": mixed,
        "few": len(mixed) <= FEW,
        "numbers": numbers,
        "names": dict(zip(found.order, called, strict=True)),
    }


def by_flow(training: Training, names: Names) -> list[dict[str, Any]]:
    """How each flow is recognised, the worst first, and whether more examples would help."""
    curve = training.report.get("curve", {})
    found = []
    for flow, one in training.figures.get("each", {}).items():
        learned = curve.get("flows", {}).get(flow, [])
        asked, right = one["examples"], one["right"]
        low, high = wilson(right, asked)
        found.append(
            {
                "of": flow, "key": flow if names.knows(flow) else "", "name": names.of(flow),
                "examples": asked, "missed": one["missed"],
                "taken": asked - right - one["missed"], "share": right / asked if asked else 0,
                "percent": words.percent(right / asked if asked else None),
                "between": f"{words.percent(low)} – {words.percent(high)}",
                "languages": _languages(training.learned_from.get(flow, {})),
                "advised": advice(asked, right, learned) if learned else "",
            }
        )  # fmt: skip
    for one in found:
        one["advice"] = curve_words.advice(one["advised"]) if one["advised"] else ""
    return sorted(found, key=lambda one: (one["share"], one["name"]))


def others(training: Training, names: Names) -> list[dict[str, Any]]:
    """What was learned as no flow's."""
    return [
        {"name": names.of(label), "examples": sum(of.values()), "languages": _languages(of)}
        for label, of in training.learned_from.items()
        if label in NO_FLOWS
    ]


def _languages(of: Mapping[str, int]) -> str:
    return ", ".join(f"{language or '–'} {words.counted(number)}" for language, number in of.items())


def curve(training: Training, present: Training | None, flows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Drawn, and as a table; of a candidate beside that of the one in use. What is said of it follows from
    the line that is drawn, and from the rows of the flows."""
    values, found = _curve(training), training.report.get("curve", {})
    if not values:
        return None
    other = _curve(present) if present else []
    return {
        "drawn": common.drawn(values, SHARES),
        "other": common.drawn(other, SHARES) if other else None,
        "name": str(training),
        "other_name": str(present or ""),
        "table": [
            [words.percent(one) for one in [*value, *(same[1] for same in other[at : at + 1])]]
            for at, value in enumerate(values)
        ],
        "said": curve_words.last_step(last_step(found["folds"], sum(found.get("examples", {}).values()))),
        "by_flow": curve_words.advised([(one["advised"], one["name"]) for one in flows]),
        "heads": _heads(present if other else None),
    }


def _heads(present: Training | None) -> list[str]:
    heads = [_("Examples learned"), _("Recognised"), _("at worst"), _("at best")]
    return [*heads, str(present)] if present else heads


def _curve(training: Training) -> list[common.Value]:
    return common.by_share(SHARES, training.report.get("curve", {}).get("folds", []))


def calibration(training: Training) -> dict[str, Any] | None:
    found = training.report.get("calibration", {})
    if not found.get("parts"):
        return None
    whole = max(part["asked"] for part in found["parts"])
    values = []
    for part in found["parts"]:
        low, high = wilson(part["right"], part["asked"])
        size = 3 + 6 * (part["asked"] / whole) ** 0.5
        values.append((part["likely"], part["right"] / part["asked"], low, high, round(size, 1)))
    ticks = [(at, words.percent(at)) for at in common.QUARTERS]
    table = [
        (words.percent(part["likely"]), words.percent(part["right"] / part["asked"]), part["asked"])
        for part in found["parts"]
    ]
    return {
        "drawn": drawing.line(values, ticks, ticks), "table": table,
        "error": words.percent(found["error"]), "mended": words.percent(found["mended"]),
        "temperature": found["temperature"], "helps": found["temperature"] != 1.0,
        "unsure": found["temperature"] < 1,
    }  # fmt: skip


def compared(training: Training, names: Names) -> dict[str, Any] | None:
    """With what was in use when it was learned."""
    found = training.report.get("compared")
    if not found:
        return None
    pairs = Pairs(**found["pairs"])
    return {
        "name": Training.called(found["number"]), "pairs": pairs,
        "said": pairs.said(), "said_words": words.SAID[pairs.said()],
        "by": words.difference(pairs) if pairs.all else "", "left_out": found["left_out"],
        "worse": list(_texts(found["worse"], names)), "better": list(_texts(found["better"], names)),
        "more_worse": max(0, len(found["worse"]) - MOST_LISTED),
        "present_right": words.percent((pairs.both + pairs.present) / pairs.all if pairs.all else None),
        "candidate_right": words.percent((pairs.both + pairs.candidate) / pairs.all if pairs.all else None),
    }  # fmt: skip


def _texts(found: list[dict[str, str]], names: Names) -> Iterator[dict[str, str]]:
    for one in found[:MOST_LISTED]:
        yield {
            "text": one["text"], "label": names.of(one["label"]),
            "before": names.of(one["before"]), "now": names.of(one["began"]),
        }  # fmt: skip


def held_out(training: Training) -> dict[str, Any] | None:
    """How it does on what it had not learned, with the interval."""
    asked = training.report.get("held_out", [])
    if not asked:
        return None
    flows = [one for one in asked if one["label"] not in NO_FLOWS]
    none = [one for one in asked if one["label"] in NO_FLOWS]
    right = sum(one["began"] == one["label"] for one in flows)
    alone = sum(not one["began"] for one in none)
    return {
        "flows": len(flows), "right": words.percent(right / len(flows) if flows else None),
        "right_between": _between(right, len(flows)),
        "none": len(none), "alone": words.percent(alone / len(none) if none else None),
        "alone_between": _between(alone, len(none)),
    }  # fmt: skip


def _between(right: int, asked: int) -> str:
    low, high = wilson(right, asked)
    return f"{words.percent(low)} – {words.percent(high)}"


def pinned(training: Training, policy: Policy) -> dict[str, Any] | None:
    """Of a candidate beside what is pinned: which that is, and whether the held-out part speaks for the
    candidate. Where they were not compared nobody knows."""
    if policy.pinned_id is None or not can(training, pinned=None)["use"]:
        return None
    found = training.report.get("compared", {})
    said = Pairs(**found["pairs"]).said() if found.get("number") == policy.pinned_id else ""
    return {
        "number": policy.pinned_id, "name": policy.pinned_name, "at": policy.pinned_at,
        "by": policy.pinned_by or words.NOTHING_TO_DIVIDE, "said": said,
        "said_words": words.SAID[said] if said else "",
    }  # fmt: skip


def can(training: Training, *, pinned: int | None) -> dict[str, bool]:
    """What the page offers to do with it."""
    usable = training.kept and bool(training.figures)
    return {
        "use": usable and training.state == State.CANDIDATE and pinned is None,
        "set_aside": training.state == State.CANDIDATE,
        "back": usable and training.state in (State.RETIRED, State.REFUSED),
        "pin": usable and training.state == State.IN_USE and training.pk != pinned,
        "cancel": training.state in OPEN,
    }
