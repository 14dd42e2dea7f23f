"""The runner: `step(library, state, event, facts)` says where a conversation goes and what is to happen.

Pure. Whoever calls it stores the state, says what is to be said, has done what is to be done, and comes back
with what came of it. It always ends or waits: a flow that goes round in circles without asking anything is
left after `run.MOST_STEPS` steps, and a person is called.
"""

from __future__ import annotations

from flows.graph import Act, Answer
from flows.hearing import HEAR, ask_again
from flows.library import DIGRESSION, Library
from flows.run import Facts, Run
from flows.state import Acted, Answered, Event, Frame, Heard, NotUnderstood, Over, State, Step
from flows.walking import WALK, acted, returned

LAST_STEPS = 20  # that the flow for failures has, when another one went round in circles


def step(library: Library, state: State, event: Event, facts: Facts, *, asked: str = "") -> Step:
    """Go on from `state` with what happened; `asked` are the customer's own words.

    The new state waits for the customer, or for the action or the answer that the last effect asks for, or
    holds no flow any more.
    """
    run = Run(library, state, facts, asked=asked)
    if isinstance(event, Heard):
        _hear(run, event)
    else:
        _come_back(run, event)
    _advance(run)
    return Step(run.state(), tuple(run.effects))


def _hear(run: Run, event: Heard) -> None:
    run.turns += 1
    if run.frames and run.top.waiting in (
        "action",
        "answer",
    ):  # what came of it was lost: it is asked for again
        ask_again(run)
    for command in event.commands or (NotUnderstood(),):
        if not run.resting:
            HEAR[type(command)](run, command)


def _come_back(run: Run, event: Acted | Answered) -> None:
    """With what came of an action or of a question; one that nobody waits for changes nothing."""
    node, waiting = run.node(), run.top.waiting if run.frames else ""
    if isinstance(event, Acted) and waiting == "action" and isinstance(node, Act):
        acted(run, node, event)
    elif isinstance(event, Answered) and waiting == "answer" and isinstance(node, Answer):
        run.go(node.unknown if node.unknown and not event.found else node.next)
    else:
        ask_again(run)


def _advance(run: Run) -> None:
    while run.frames and not run.top.waiting and not run.resting:
        if run.left == 0:
            _lose(run)
        else:
            run.left -= 1
            _take(run)


def _take(run: Run) -> None:
    """One step of the flow that is on top."""
    flow = run.flow_of(run.top)
    if flow is None:  # its version is gone
        run.drop_group("lost")
        run.repair("failed", error="version")
        return
    node = flow.node(run.top.node)
    if node is None:
        _over(run)
    else:
        WALK[node.kind](run, node)


def _over(run: Run) -> None:
    """A flow has come to its end: go on with what it interrupted, or behind the step that called it."""
    frame = run.frames.pop()
    run.effects.append(Over(frame.flow, run.outcome))
    run.outcome = "done"
    if not run.frames:
        return
    if frame.called:
        returned(run, dict(frame.slots))
        return
    below = run.top
    if below.waiting and _is_told(run, frame) and not run.is_repair(below):
        run.repair("resumed", flow=run.name_of(run.groups()[-1][0]))
    ask_again(run)


def _is_told(run: Run, frame: Frame) -> bool:
    """Whether the customer is told what the conversation goes back to: not after a mere remark."""
    flow = run.flow_of(frame)
    return frame.flow == DIGRESSION.key or flow is None or flow.repair in ("", "cancelled", "not_understood")


def _lose(run: Run) -> None:
    """It goes round in circles: leave that flow, and when even that does not help, call a person."""
    if run.lost:
        run.frames.clear()
        run.hand_over("tool_failure")
        return
    run.lost, run.left = True, LAST_STEPS
    run.drop_group("lost")
    run.repair("failed", error="circle")
