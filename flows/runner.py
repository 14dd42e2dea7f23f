"""The runner: `step(library, state, event, facts)` says where a conversation goes and what is to happen.

Pure. Whoever calls it stores the state, says what is to be said, has done what is to be done, and comes back
with what came of it. It always ends or waits: a flow that goes round in circles without asking anything is
left after `run.MOST_STEPS` steps, and a person is offered.
"""

from __future__ import annotations

from flows import aside
from flows.graph import Act, Answer
from flows.hearing import HEAR
from flows.library import DIGRESSION, Library
from flows.misunderstanding import ask_again
from flows.run import MOST_STEPS, Facts, Run
from flows.state import Acted, Answered, Event, Frame, Heard, NotUnderstood, State, Step
from flows.walking import WALK, acted, returned

COMING_BACK = 4  # steps that an action or an answer counts for: 20 in a row are a circle
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
    if not run.effects:  # what was said is kept, and the question stays: nobody is left in silence
        ask_again(run)
        _advance(run)
    return Step(run.state(), tuple(run.effects))


def _hear(run: Run, event: Heard) -> None:
    run.turns, run.walked = run.turns + 1, 0
    aside.make_room(run, event)
    if run.frames and run.flow_of(run.top) is None:  # its version is gone, and what was said was about it
        ask_again(run)
        return
    if run.frames and run.top.waiting in ("action", "answer"):  # what came of it was lost: asked for again
        ask_again(run)
    for command in event.commands or (NotUnderstood(),):
        if not run.resting:
            HEAR[type(command)](run, command)
            _finish_remark(run)


def _finish_remark(run: Run) -> None:
    """“Noted”, “I have stopped there”: said before anything else that the customer has said is dealt with."""
    while run.frames and not run.top.waiting and run.walked < MOST_STEPS and _is_remark(run):
        run.walked += 1
        _take(run)


def _is_remark(run: Run) -> bool:
    flow = run.flow_of(run.top)
    return flow is not None and flow.repair in ("corrected", "cancelled", "human") and not run.resting


def _come_back(run: Run, event: Acted | Answered) -> None:
    """With what came of an action or of a question; one that nobody waits for changes nothing."""
    node, waiting = run.node(), run.top.waiting if run.frames else ""
    room = MOST_STEPS - 1 - run.walked
    run.walked += min(COMING_BACK, room) if room >= 0 else COMING_BACK
    if isinstance(event, Acted) and waiting == "action" and isinstance(node, Act):
        acted(run, node, event)
    elif isinstance(event, Answered) and waiting == "answer" and isinstance(node, Answer):
        run.go(node.unknown if node.unknown and not event.found else node.next)
    else:
        ask_again(run)


def _advance(run: Run) -> None:
    while run.frames and not run.top.waiting and not run.resting:
        run.walked += 1
        if run.walked == MOST_STEPS:
            run.break_off("lost", "failed", error="circle")
        elif run.walked > MOST_STEPS + LAST_STEPS:  # even what deals with failures goes round in circles
            run.hand_over("tool_failure")
            while run.frames:
                run.drop_group("lost")
        else:
            _take(run)


def _take(run: Run) -> None:
    """One step of the flow that is on top."""
    flow = run.flow_of(run.top)
    if flow is None:  # its version is gone
        run.break_off("lost", "failed", error="version")
        return
    node = flow.node(run.top.node)
    if node is None:
        _over(run)
    else:
        WALK[node.kind](run, node)


def _over(run: Run) -> None:
    """A flow has come to its end: go on with what it interrupted, or behind the step that called it."""
    frame, outcome = run.frames.pop(), run.outcome
    run.over(frame, outcome)
    run.outcome = "done"
    if not run.frames:
        return
    if frame.called:
        returned(run, dict(frame.slots))
        return
    if aside.stops(run, frame, outcome):
        aside.stop(run)
        return
    if aside.is_one_too_many(run, frame):
        aside.offer(run)
        return
    run.recall()
    below = run.top
    if below.waiting and _is_told(run, frame) and not run.is_repair(below):
        run.repair("resumed", flow=run.name_of(run.groups()[-1][0]))
    ask_again(run)


def _is_told(run: Run, frame: Frame) -> bool:
    """Whether the customer is told what the conversation goes back to: not after a mere remark."""
    flow = run.flow_of(frame)
    return frame.flow == DIGRESSION.key or flow is None or flow.repair in ("", "cancelled", "not_understood")
