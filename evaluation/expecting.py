"""Whether an answer is what a scenario expects of it, point by point. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.events import Answer
from evaluation.scripted import Expected, Turn

BLANK = re.compile(r"\{[^{}]*\}")
NOTHING: Mapping[str, str] = {}
FORMATTING = re.compile(r"[*_`\\]")


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation: `kind` is its name in the scenario, `met` None where nobody has judged it yet."""

    kind: str
    wanted: str
    met: bool | None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn of a scenario as it went."""

    turn: Turn
    said: str
    outcome: str
    steps: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    words: str = ""  # of the customer, also where a form was filled in

    @property
    def met(self) -> bool:
        return all(check.met is not False for check in self.checks)


def checks(
    expected: Expected,
    answer: Answer,
    done: Sequence[str],
    conveyed: Collection[str] = (),
    otherwise: Mapping[str, str] = NOTHING,
) -> Iterator[Check]:
    """`done` are the actions that the answer wanted, `conveyed` those of `expected.means` that it conveys;
    `otherwise`: of those that it does not, the sentence that says otherwise."""
    for line in expected.says:
        yield Check("says", line, stands_in(line, answer.said), "")
    for line in expected.says_not:
        yield Check("says_not", line, not stands_in(line, answer.said), "")
    for line in expected.means:
        yield Check("means", line, line in conveyed, otherwise.get(line, ""))
    cited = {name.casefold() for one in answer.citations for name in (one.title, one.external_id)}
    for title in expected.cites:
        yield Check(
            "cites", title, title.casefold() in cited, ", ".join(one.title for one in answer.citations)
        )
    yield from _of_flows(expected, answer)
    for action in expected.actions:
        yield Check("actions", action, action in done, ", ".join(done))
    yield from _of_outcome(expected, answer)
    if expected.rubric:
        yield Check("rubric", expected.rubric, None)


def _of_flows(expected: Expected, answer: Answer) -> Iterator[Check]:
    frames = _frames(answer.state)
    walked = list(
        dict.fromkeys(step.partition("@")[0] for step in (answer.route.steps if answer.route else ()))
    )
    if expected.flow:
        yield Check("flow", expected.flow, expected.flow in walked, ", ".join(walked))
    if expected.ends:
        over = all(frame.get("flow") != expected.ends for frame in frames)
        yield Check("ends", expected.ends, over)
    known = slots_of(answer.state)
    for name, value in expected.slots.items():
        found = known.get(name)
        yield Check("slots", f"{name}: {shown(value)}", same(found, value), shown(found))


def _of_outcome(expected: Expected, answer: Answer) -> Iterator[Check]:
    outcome, reason = str(answer.outcome), str(answer.handoff_reason or "")
    if expected.outcome:
        yield Check("outcome", expected.outcome, outcome == expected.outcome, outcome)
    wanted = expected.handoff
    if isinstance(wanted, bool):
        yield Check("handoff", shown(wanted), (outcome == "handoff") == wanted, outcome)
    elif wanted is not None:
        yield Check("handoff", wanted, outcome == "handoff" and reason == wanted, reason or outcome)


def _frames(state: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list((state.get("flow") or {}).get("frames") or ())


def slots_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """What the flows know: those that wait below count, the one on top first."""
    known = dict((state.get("flow") or {}).get("remembered") or {})
    for frame in _frames(state):
        known |= frame.get("slots") or {}
    return known


def stands_in(line: str, answer: str) -> bool:
    """Its words in their order, whatever stands for the blanks between them."""
    text, at = _plain(answer), 0
    for part in BLANK.split(line):
        wanted = _plain(part)
        found = text.find(wanted, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return True


def _plain(text: str) -> str:
    return " ".join(FORMATTING.sub("", text).casefold().replace("’", "'").split())


def same(found: Any, wanted: Any) -> bool:
    """As people compare: 50 is 50.0 and "50"; of an amount or a period its first part counts."""
    if found is None or wanted is None:
        return found is wanted
    if isinstance(found, Mapping):
        found = found.get("amount", found.get("from", found.get("name", "")))
    if isinstance(found, bool) or isinstance(wanted, bool):
        return shown(found) == shown(wanted)
    try:
        return float(found) == float(wanted)
    except (TypeError, ValueError):
        return _plain(str(found)) == _plain(str(wanted))


def shown(value: Any) -> str:
    if value is None:
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)
