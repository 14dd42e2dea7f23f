"""A conversation that is played with the assistant, message by message, and held against what is expected.

Nothing is stored and no action is really done: the scenario says what each of them brings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from assistant.asking import Asked, reply_to
from assistant.events import Answer, Said, Transcript
from assistant.models import Assistant
from assistant.situation import Trial, library_of
from evaluation.expecting import Played, checks
from evaluation.filling import filled_in
from evaluation.meaning import conveyed
from evaluation.otherwise import said_otherwise
from evaluation.scripted import Expected, Script, Turn
from evaluation.simulated.player import Seen
from evaluation.simulated.standing import seen
from evaluation.turned import Check, Source, Spent, Turned
from flows.state import Acted, Do, State

MOST_PASSAGES = 10  # that are kept by name
MOST_LOOKED = 3  # that are kept with how they begin
MOST_MARGINS = 4  # that are kept with how far they lie above the floor


@dataclass
class Conversation:
    """`said` is the transcript, `done` what the last answer wanted done, `asks` what it helps to give (a
    form)."""

    assistant: Assistant
    script: Script
    trial: Trial | None = None
    name: str = field(default_factory=lambda: f"scenario-{uuid4().hex}")
    said: list[Said] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    done: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    ever: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    walked: list[str] = field(default_factory=list)
    asks: Mapping[str, Any] | None = None
    last: Asked | None = None

    def say(self, turn: Turn) -> Turned:
        self.done = []
        filled = [filled_in(turn.form, self.asks, self.script.language)] if turn.form is not None else []
        sent = [*(one.said for one in filled), *([Said("customer", turn.customer)] if turn.customer else [])]
        self.said += sent
        transcript = Transcript(tuple(self.said), self.script.language, conversation=self.name)
        asked = reply_to(self.assistant, transcript, self.state, acting=self._act, trial=self.trial)
        self.last, answer = asked, asked.answer
        self.said.append(Said("assistant", answer.said, answer.options, answer.outcome))
        self.state, self.asks = answer.state, answer.asks
        self.walked += answer.route.steps if answer.route else ()
        met = checks(turn.expects, self._played(asked, turn.expects, turn.customer))
        found = (*(check for one in filled for check in one.checks), *met)
        words = "\n".join(one.text for one in sent)
        return _turned(asked, words=words, checks=found, notes=turn.notes, done=self.done)

    def _played(self, asked: Asked, expected: Expected, question: str) -> Played:
        answer = asked.answer
        return Played(
            answer,
            done=tuple(self.done),
            walked=tuple(self.walked),
            conveyed=conveyed(expected.means, answer.said, answer.language, question),
            otherwise={
                line: sentence
                for line in expected.means
                if (sentence := said_otherwise(line, answer.said, answer.language))
            },
            spent=spent_on(asked),
        )

    def reached(self, goal: Expected) -> list[Check]:
        """Of the conversation as a whole until now: everything that was done counts, every step, and the last
        answer."""
        assert self.last is not None
        played = self._played(self.last, goal, "")
        return list(checks(goal, replace(played, done=tuple(self.ever), steps=tuple(self.walked))))

    def seen(self, *, reached: bool) -> Seen:
        assert self.last is not None
        state = State.from_json(self.last.answer.state.get("flow"))
        released = self.assistant.released
        pinned = released.flows if released else None
        library = self.trial.library if self.trial else library_of(state, pinned=pinned)
        return seen(self.last.answer, library, reached=reached)

    def _act(self, wanted: Do) -> Acted:
        before = sum(name == wanted.action for name, _given in self.ever)
        self.done.append((wanted.action, dict(wanted.given)))
        self.ever.append(self.done[-1])
        brings = self.script.brings(wanted.action, before)
        return Acted(brings.ok, brings.data, "" if brings.ok else brings.error or "failed", brings.message)


def _turned(asked: Asked, *, done: list[tuple[str, Mapping[str, Any]]], **more: Any) -> Turned:
    answer = asked.answer
    return Turned(
        said=answer.said,
        outcome=str(answer.outcome),
        steps=tuple(answer.route.steps) if answer.route else (),
        actions=tuple(name for name, _given in done),
        language=answer.language,
        reason=str(answer.handoff_reason or ""),
        options=tuple(option.label for option in answer.options),
        sources=tuple(
            Source(one.number, one.external_id or one.title, one.title, one.passage)
            for one in answer.citations
        ),
        found=_found(answer),
        looked=looked_at(answer.route.passages if answer.route else (), cites=bool(answer.citations)),
        margins=margins_of(answer.route.passages, answer.route.floor) if answer.route else (),
        spent=spent_on(asked),
        **more,
    )


def _found(answer: Answer) -> tuple[str, ...]:
    """Articles, each once, in the order of their best passage."""
    passages = answer.route.passages if answer.route else ()
    names = (str(one.get("external_id") or one.get("title") or "") for one in passages)
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_PASSAGES]


def looked_at(passages: Sequence[Mapping[str, Any]], *, cites: bool) -> tuple[str, ...]:
    """For whoever judges a refusal. `passages` are those of `assistant.events.Route`."""
    told = () if cites else passages[:MOST_LOOKED]
    return tuple(f"{one.get('title', '')}: {one.get('text', '')}" for one in told)


def margins_of(passages: Sequence[Mapping[str, Any]], floor: float | None) -> tuple[float, ...]:
    told = () if floor is None else passages[:MOST_MARGINS]
    return tuple(round(float(one["score"]) - (floor or 0.0), 4) for one in told if "score" in one)


def spent_on(asked: Asked) -> Spent:
    usage = asked.answer.usage
    known = usage is not None and usage.reported
    return Spent(
        first_word=round(asked.first_word / 1000, 3),
        seconds=round(asked.total / 1000, 3),
        tokens=usage.prompt_tokens + usage.completion_tokens if usage and known else 0,
        cost=float(usage.cost) if usage and usage.cost is not None else None,
        model=usage.model if usage else "",
    )
