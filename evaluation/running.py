"""Run a scenario: the assistant's own replies, turn by turn, and whether each is what is expected.

What the customer says stands in the scenario, or comes of a goal (`evaluation/simulated/`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.models import Assistant
from assistant.situation import Trial
from evaluation.conversation import Conversation
from evaluation.judging.rubrics import judged
from evaluation.runs.rows import MODEL, RULES
from evaluation.scripted import Script, Simulated, Turn
from evaluation.simulated.by_model import ModelPlayer
from evaluation.simulated.player import Player, Seen
from evaluation.turned import Check, Turned
from llm.choosing import chat_model_for

MOST_SECONDS = 60.0  # somebody waits for it


def run_scenario(
    script: Script,
    assistant: Assistant,
    *,
    trial: Trial | None = None,
    most_seconds: float = MOST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    after: Callable[[], None] = lambda: None,
    customers: str = RULES,
) -> list[Turned]:
    """What came of each turn; fewer than there are when it took too long. `trial` is what stands in the place
    of what customers get; `after` is called after each turn; `customers` with a goal are played by rules or
    by a model. Raises `ModelError` when a model failed in the middle of an answer."""
    script, until = script.on(timezone.localdate()), clock() + most_seconds
    conversation = Conversation(assistant, script, trial)

    def say(turn: Turn) -> Turned:
        turned = conversation.say(turn)
        after()
        return turned

    if script.simulated:
        player = player_of(script.simulated, script.language, customers)
        return judged(_simulated(conversation, player, say, late=lambda: clock() > until))
    turned = list[Turned]()
    for turn in script.turns:
        if clock() > until:
            break
        turned.append(say(turn))
    return judged(turned)


def player_of(customer: Simulated, language: str, customers: str) -> Player | ModelPlayer:
    """By rules as well where the model has gone since the run was asked for; each turn then says so."""
    rules = Player(customer, language)
    if customers != MODEL:
        return rules
    if model := chat_model_for("judge"):
        return ModelPlayer(rules, model)
    rules.note = _("There is no model any more that plays customers: this message is by rules.")
    return rules


def _simulated(
    conversation: Conversation,
    player: Player | ModelPlayer,
    say: Callable[[Turn], Turned],
    *,
    late: Callable[[], bool],
) -> list[Turned]:
    """Until the goal is reached, a person has taken over, or patience has come to its end. What is expected
    in the end stands with the last answer."""
    customer, turned, goal = conversation.script.simulated, list[Turned](), list[Check]()
    assert customer is not None
    seen: Seen | None = None
    while not late() and (does := player.next(seen, turned[-1].said if turned else "")) is not None:
        form = dict(does.form) if does.form is not None else None
        notes = (player.note,) if player.note else ()
        turned.append(say(Turn(customer=does.says, form=form, notes=notes)))
        goal = conversation.reached(customer.reached)
        seen = conversation.seen(reached=all(check.met is not False for check in goal))
    if player.gave_up:
        goal.append(Check("patience", str(customer.patience), False, str(player.sent)))
    if not turned:
        return []
    return [*turned[:-1], replace(turned[-1], checks=(*turned[-1].checks, *goal))]
