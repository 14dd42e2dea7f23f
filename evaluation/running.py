"""Run a scenario: the assistant's own replies, turn by turn, and whether each is what is expected.

What the customer says stands in the scenario, or comes of a goal (`evaluation/simulated/`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from assistant.models import Assistant
from assistant.situation import Trial
from evaluation.conversation import Conversation
from evaluation.judging.rubrics import judged
from evaluation.scripted import Script, Simulated, Turn
from evaluation.simulated.player import Player, Seen
from evaluation.turned import Check, Turned

MOST_SECONDS = 60.0  # somebody waits for it


def run_scenario(
    script: Script,
    assistant: Assistant,
    *,
    trial: Trial | None = None,
    most_seconds: float = MOST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    after: Callable[[], None] = lambda: None,
) -> list[Turned]:
    """What came of each turn; fewer than there are when it took too long. `trial` is what stands in the place
    of what customers get; `after` is called after each turn. Raises `ModelError` when a model failed in the
    middle of an answer."""
    script, until = script.on(timezone.localdate()), clock() + most_seconds
    conversation = Conversation(assistant, script, trial)

    def say(turn: Turn) -> Turned:
        turned = conversation.say(turn)
        after()
        return turned

    if script.simulated:
        return judged(_simulated(conversation, script.simulated, say, late=lambda: clock() > until))
    turned = list[Turned]()
    for turn in script.turns:
        if clock() > until:
            break
        turned.append(say(turn))
    return judged(turned)


def _simulated(
    conversation: Conversation,
    customer: Simulated,
    say: Callable[[Turn], Turned],
    *,
    late: Callable[[], bool],
) -> list[Turned]:
    """Until the goal is reached, a person has taken over, or patience has come to its end. What is expected
    in the end stands with the last answer."""
    player, turned, goal = Player(customer, conversation.script.language), list[Turned](), list[Check]()
    seen: Seen | None = None
    while not late() and (does := player.next(seen)) is not None:
        turned.append(say(Turn(customer=does.says, form=dict(does.form) if does.form is not None else None)))
        goal = conversation.reached(customer.reached)
        seen = conversation.seen(reached=all(check.met is not False for check in goal))
    if player.gave_up:
        goal.append(Check("patience", str(customer.patience), False, str(player.sent)))
    return [*turned[:-1], replace(turned[-1], checks=(*turned[-1].checks, *goal))]
