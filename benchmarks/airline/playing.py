"""Play a task: customer, understanding, flows and tools; then look at what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from benchmarks.airline.customer import Customer, GivesUp, Said
from benchmarks.airline.desk import Desk
from benchmarks.airline.minds import Mind
from benchmarks.airline.tasks import Change, Task, Want, same
from flows.graph import Graph
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    Button,
    Do,
    Event,
    HandOver,
    Heard,
    NotUnderstood,
    Over,
    Reached,
    Say,
    State,
)
from flows.yaml_form import from_yaml

FLOWS = Path(__file__).with_name("flows")
FACTS = Facts(datetime(2024, 5, 15, 15))  # the policy's own present
MOST_TURNS = 40  # of one want


def airline_flows() -> list[Graph]:
    return [from_yaml(path.read_text("utf-8")) for path in sorted(FLOWS.glob("*.yaml"))]


@dataclass
class Play:
    """One conversation as it goes on."""

    task: Task
    library: Shelf
    mind: Mind
    desk: Desk
    state: State = field(default_factory=State)
    buttons: tuple[Button, ...] = ()
    reached: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    handed_over: bool = False
    turns: int = 0
    lines: list[str] = field(default_factory=list)

    def hear(self, said: Said) -> set[str]:
        """The steps that were taken then."""
        self.turns += 1
        self.lines.append(f"  customer: {said.text}")
        heard = self.mind.hears(self.library, self.state, FACTS, said)
        if heard is None and not self.state.frames:
            self.buttons = ()
            self.lines.append("  assistant: (answers from the knowledge)")
            return set()
        return self._walk(heard or Heard((NotUnderstood(),)), said.text)

    def _walk(self, event: Event, text: str) -> set[str]:
        reached: set[str] = set()
        while True:
            done = step(self.library, self.state, event, FACTS, asked=text)
            self.state = done.state
            for effect in done.effects:
                self._note(effect, reached)
            wanted = done.effects[-1] if done.effects else None
            if isinstance(wanted, Do):
                event = self._act(wanted)
            elif isinstance(wanted, AnswerFromKnowledge):
                event = Answered(False)
            else:
                return reached

    def _act(self, wanted: Do) -> Acted:
        changed = len(self.desk.changes)
        acted = self.desk.do(wanted)
        return Acted(acted.ok, acted.data, acted.error, final=len(self.desk.changes) > changed)

    def _note(self, effect: object, reached: set[str]) -> None:
        if isinstance(effect, Say):
            self.buttons = effect.buttons
            self.texts.append(effect.text)
            self.lines.append(f"  assistant: {effect.text} {[one.label for one in effect.buttons] or ''}")
        elif isinstance(effect, Reached):
            reached.add(f"{effect.flow}/{effect.node}")
            self.reached.add(f"{effect.flow}/{effect.node}")
        elif isinstance(effect, HandOver):
            self.handed_over = True
        elif isinstance(effect, Over) and effect.outcome == "lost":
            self.troubles.append(f"{effect.flow} was lost")

    # --- one want after the other

    def all(self) -> None:
        for want in self.task.wants:
            if self.handed_over:
                break
            try:
                self.one(Customer(want), want)
            except GivesUp as trouble:
                self.troubles.append(f"{want.flow}: {trouble}")
                self.leave(want)
            if want.reaches and want.reaches not in self.reached:
                self.troubles.append(f"{want.reaches} was not reached")
            if want.told and not any(want.told in text for text in self.texts):
                self.troubles.append(f"“{want.told}” was not told")

    def one(self, customer: Customer, want: Want) -> None:
        steps = self.hear(customer.opens())
        if want.flow and not self._is_walked(want.flow, steps):
            steps = self._choose_among(want)
        begun = self._is_walked(want.flow, steps)
        if not begun:
            if want.flow:
                other = sorted({one.partition("/")[0] for one in steps})
                self.troubles.append(f"{want.flow} was not begun" + (f", but {other[0]}" if other else ""))
            self.leave(want)
            return
        for _ in range(MOST_TURNS):
            if self.handed_over or not self.state.frames:
                return
            self._answer(customer)
        raise GivesUp(f"is not over after {MOST_TURNS} turns")

    def _is_walked(self, flow: str, steps: set[str]) -> bool:
        return any(one.startswith(f"{flow}/") for one in steps) if flow else False

    def _choose_among(self, want: Want) -> set[str]:
        """Where a few flows are offered, the customer takes the one that is meant."""
        found = self.library.current(want.flow)
        name = found[1].name["en"] if found else ""
        if name not in {button.label for button in self.buttons}:
            return {f"{frame.flow}/" for frame in self.state.frames}
        return self.hear(Said(name, ()))

    def _answer(self, customer: Customer) -> None:
        frame = self.state.frames[-1]
        flow = self.library.flow(frame.flow, frame.version)
        node = flow.node(frame.node) if flow else None
        if flow is None or flow.repair:
            raise GivesUp(f"is offered something else ({frame.flow})")
        self.hear(customer.answers(frame, node, self.buttons))

    def leave(self, want: Want) -> None:
        """Nothing is left open before the next want; who wanted something else begun says so."""
        for _ in range(3):
            if self.state.frames and not self.handed_over:
                self.hear(Customer(want).leaves())


@dataclass(frozen=True)
class Result:
    """`ended` as the task expects; `whole` when each step that was due was taken as well."""

    task: Task
    ended: bool
    whole: bool
    why: str
    wrong: tuple[Change, ...]
    missing: tuple[Change, ...]
    turns: int
    lines: tuple[str, ...]


def play(task: Task, library: Shelf, mind: Mind) -> Result:
    run = Play(task, library, mind, Desk(task))
    run.all()
    missing = list(task.expected)
    wrong: list[Change] = []
    for change in run.desk.changes:
        match = next((one for one in missing if same(one, change)), None)
        missing.remove(match) if match else wrong.append(change)
    person = run.handed_over == (task.person_expected or any(want.person for want in task.wants))
    due = all(want.reaches in run.reached for want in task.wants if want.reaches)
    done = not missing and not wrong and (person or not task.person_expected)
    ended = done and (due or not task.refused)
    why = "" if ended else _why(run, wrong, missing)
    whole = ended and due and person and not run.troubles
    return Result(task, ended, whole, why, tuple(wrong), tuple(missing), run.turns, tuple(run.lines))


def _why(run: Play, wrong: list[Change], missing: list[Change]) -> str:
    if wrong:
        return f"wrong change: {wrong[0][0]} {wrong[0][1]}"
    told = run.troubles[0] if run.troubles else "handed over" if run.handed_over else ""
    return told or (f"missing: {missing[0][0]}" if missing else "not refused in words")
