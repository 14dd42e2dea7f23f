"""Whether an answer is what a scenario expects of it, point by point. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.events import Answer
from evaluation.patterns import found_in
from evaluation.scripted import Expected
from evaluation.turned import Check, Spent
from evaluation.wording import plain, stands_in


@dataclass(frozen=True, slots=True)
class Played:
    """What there is to hold expectations against. `done` are the actions that the answer wanted, with what
    they were given; `walked` the steps of flows since the conversation began, this answer's among them.

    `conveyed` are those of `Expected.means` that it conveys; `otherwise`: of those that it does not, the
    sentence that says otherwise.
    """

    answer: Answer
    done: Sequence[tuple[str, Mapping[str, Any]]] = ()
    walked: Sequence[str] = ()
    conveyed: Collection[str] = ()
    otherwise: Mapping[str, str] = field(default_factory=dict)
    spent: Spent = Spent()
    steps: Sequence[str] | None = None  # those that count as taken now; None: this answer's

    @property
    def taken(self) -> Sequence[str]:
        if self.steps is not None:
            return self.steps
        return self.answer.route.steps if self.answer.route else ()


def checks(expected: Expected, played: Played) -> Iterator[Check]:
    yield from _of_words(expected, played)
    yield from _of_flows(expected, played)
    yield from _of_actions(expected, played)
    yield from _of_outcome(expected, played.answer)
    yield from _of_spending(expected, played.spent)
    if expected.rubric:
        yield Check("rubric", expected.rubric, None)


def _of_words(expected: Expected, played: Played) -> Iterator[Check]:
    answer, said = played.answer, played.answer.said
    for line in expected.says:
        yield Check("says", line, stands_in(line, said))
    for line in expected.says_not:
        yield Check("says_not", line, not stands_in(line, said))
    for pattern in expected.matches:
        met, why = found_in(pattern, said)
        yield Check("matches", pattern, met, why)
    for line in expected.means:
        yield Check("means", line, line in played.conveyed, played.otherwise.get(line, ""))
    cited = {name.casefold() for one in answer.citations for name in (one.title, one.external_id)}
    titles = ", ".join(dict.fromkeys(one.title for one in answer.citations))
    for title in expected.cites:
        yield Check("cites", title, title.casefold() in cited, titles)
    if expected.cites_one:
        met = any(title.casefold() in cited for title in expected.cites_one)
        yield Check("cites_one", " | ".join(expected.cites_one), met, titles)
    offered = [plain(option.label) for option in answer.options]
    for label in expected.offers:
        found = ", ".join(option.label for option in answer.options)
        yield Check("offers", label, any(stands_in(label, one) for one in offered), found)
    if expected.language:
        met = answer.language.partition("-")[0] == expected.language.partition("-")[0]
        yield Check("language", expected.language, met, answer.language)


def _of_flows(expected: Expected, played: Played) -> Iterator[Check]:
    answer = played.answer
    if expected.flow:
        now = flows_in(played.taken)
        yield Check("flow", expected.flow, expected.flow in now, ", ".join(now))
    if expected.at:
        stands = stands_at(answer.state)
        met = expected.at in (stands, stands.partition("/")[0])
        yield Check("at", expected.at, met, stands or "–")
    if expected.ends:
        over = all(frame.get("flow") != expected.ends for frame in _frames(answer.state))
        ever = flows_in(played.walked)
        yield Check("ends", expected.ends, over and expected.ends in ever, ", ".join(ever))
    known = slots_of(answer.state)
    for name, value in expected.slots.items():
        found = known.get(name)
        yield Check("slots", f"{name}: {shown(value)}", same(found, value), shown(found))


def _of_actions(expected: Expected, played: Played) -> Iterator[Check]:
    done = [name for name, _given in played.done]
    for action in expected.actions:
        yield Check("actions", action, action in done, ", ".join(done))
    for action, wanted in expected.called.items():
        given = [one for name, one in played.done if name == action]
        met = any(all(same(one.get(name), value) for name, value in wanted.items()) for one in given)
        found = "; ".join(_with_values(action, one) for one in given) or ", ".join(done)
        yield Check("called", _with_values(action, wanted), met, found)


def _with_values(action: str, values: Mapping[str, Any]) -> str:
    return f"{action}({', '.join(f'{name}: {shown(value)}' for name, value in values.items())})"


def _of_spending(expected: Expected, spent: Spent) -> Iterator[Check]:
    if expected.within is not None:
        met = spent.seconds <= expected.within
        yield Check("within", f"{expected.within:g} s", met, f"{spent.seconds:.2f} s")
    if expected.costs is not None:
        # Where no model was asked it cost nothing; of one without a price nobody knows.
        known = spent.cost if spent.cost is not None else None if spent.model else 0.0
        affordable = None if known is None else known <= expected.costs
        yield Check("costs", f"{expected.costs:g}", affordable, "" if known is None else f"{known:.6f}")


def _of_outcome(expected: Expected, answer: Answer) -> Iterator[Check]:
    outcome, reason = str(answer.outcome), str(answer.handoff_reason or "")
    if wanted := expected.outcomes:
        yield Check("outcome", " | ".join(wanted), outcome in wanted, outcome)
    handed = expected.handoff
    if isinstance(handed, bool):
        yield Check("handoff", shown(handed), (outcome == "handoff") == handed, outcome)
    elif handed is not None:
        yield Check("handoff", handed, outcome == "handoff" and reason == handed, reason or outcome)


def _frames(state: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list((state.get("flow") or {}).get("frames") or ())


def stands_at(state: Mapping[str, Any]) -> str:
    """As "flow/step"; "" where no flow is under way."""
    top = next(reversed(_frames(state)), None)
    return f"{top.get('flow')}/{top.get('node')}" if top else ""


def flows_in(steps: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(step.partition("@")[0] for step in steps))


def slots_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """What the flows know: those that wait below count, the one on top first."""
    known = dict((state.get("flow") or {}).get("remembered") or {})
    for frame in _frames(state):
        known |= frame.get("slots") or {}
    return known


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
        return plain(str(found)) == plain(str(wanted))


def shown(value: Any) -> str:
    if value is None:
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)
