"""Short ways to a draft, and to a body after one step."""

from __future__ import annotations

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.steps import STEPS, usual_steps

APPLY = {step.name: step.apply for step in STEPS}
USUAL = Rules(usual_steps())
EVERY = Rules(frozenset(APPLY))
REDACT = Rules(usual_steps(), personal="redact")


def after(step: str, body: str, rules: Rules = USUAL, *, title: str = "Title", language: str = "") -> str:
    return APPLY[step](Draft(title, body, language), rules)[0].body


def count(step: str, body: str, rules: Rules = USUAL, *, language: str = "") -> int:
    return APPLY[step](Draft("Title", body, language), rules)[1]
