"""The register of what search has learned (training/trainings/register.py)."""

from __future__ import annotations

from datetime import timedelta

from training.search.rows import SearchPolicy, SearchTraining
from training.trainings.register import Register

REGISTER = Register(
    SearchTraining, SearchPolicy, claim_for=timedelta(minutes=1), when_stopped=lambda: {"asked": {}}
)
policy, ask, claim = REGISTER.policy, REGISTER.ask, REGISTER.claim
show, let_go, cancel, fail = REGISTER.show, REGISTER.let_go, REGISTER.cancel, REGISTER.fail
