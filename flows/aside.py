"""Questions instead of answers: each is answered and the step asks again; after some in a row the customer is
asked whether to go on, to stop here, or for a person. Used by the runner only.
"""

from __future__ import annotations

from flows.library import DIGRESSION
from flows.run import Run
from flows.state import Command, CorrectSlot, FillForm, Frame, Heard, Outcome, Rejected, SetSlot

MOST_ASIDES = 4  # questions in a row at one step; with this one it is asked
ASKED_TO = ("slot", "form", "choice", "confirmation")
TO_WHAT_WAITS: tuple[type[Command], ...] = (SetSlot, CorrectSlot, Rejected, FillForm)


def count(run: Run) -> None:
    """A question has come. Only one that stands in the place of an answer counts."""
    if run.frames and run.top.waiting in ASKED_TO and not run.is_repair(run.top):
        run.change(asides=run.top.asides + 1)


def is_one_too_many(run: Run, over: Frame) -> bool:
    """Whether with the question that is `over` the customer has asked too often for what waits now."""
    return over.flow == DIGRESSION.key and run.top.asides >= MOST_ASIDES


def offer(run: Run) -> None:
    run.change(asides=0)
    run.repair("aside", flow=run.name_of(run.groups()[-1][0]))


def is_offer(run: Run, frame: Frame) -> bool:
    flow = run.flow_of(frame)
    return flow is not None and flow.repair == "aside"


def stops(run: Run, over: Frame, outcome: Outcome) -> bool:
    """Whether the offer that is `over` ended with “stop here”: its end says that it was given up."""
    return is_offer(run, over) and outcome == "given_up"


def stop(run: Run) -> None:
    group = run.drop_group("cancelled")
    run.repair("cancelled", flow=run.name_of(group[0]))


def make_room(run: Run, event: Heard) -> None:
    """Who answers at last what was asked need not say before that it goes on."""
    answers = any(isinstance(one, TO_WHAT_WAITS) and getattr(one, "slot", "form") for one in event.commands)
    if answers and run.frames and is_offer(run, run.top):
        run.drop_group("done")
