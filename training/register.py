"""The register of the router's trainings (training/trainings/register.py); what is new, and what is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from assistant.models import Router
from assistant.routing import samples
from llm.embedding import embedding_identity
from training.models import Policy, Training
from training.trainings.register import Register
from training.trainings.rows import OPEN, State

KEPT = 20  # trainings with their numbers, the newest; older ones are figures alone
# What was stopped counts as learned: it is not begun over and over.
REGISTER = Register(
    Training, Policy, claim_for=timedelta(minutes=5),
    when_stopped=lambda: {"signature": samples.signature(embedding_identity())},
)  # fmt: skip
policy, ask, claim = REGISTER.policy, REGISTER.ask, REGISTER.claim
show, let_go, cancel, fail = REGISTER.show, REGISTER.let_go, REGISTER.cancel, REGISTER.fail


def is_known(signature: str) -> bool:
    """Whether there is nothing new to learn: it is in use, or was learned last and is not used, was stopped
    or went wrong. What was gone back from is learned anew as soon as nothing is pinned."""
    newest = Training.objects.light().exclude(state__in=OPEN).first()
    in_use = Router.objects.filter(pk=Router.ONLY).values_list("signature", flat=True).first()
    if newest is None or (newest.state == State.RETIRED and policy().pinned_id is None):
        return signature == in_use
    return signature in (newest.signature, in_use)


def forget_numbers() -> None:
    """Of all but the newest, what is in use and what is pinned."""
    spared = Q(state=State.IN_USE) | Q(pk__in=Policy.objects.exclude(pinned=None).values("pinned"))
    kept = Training.objects.filter(kept=True)
    newest = list(kept.values_list("pk", flat=True)[:KEPT])
    old = kept.exclude(pk__in=newest).exclude(spared)
    old.update(kept=False, numbers=b"", shadow=b"", report={})
