"""Which answers deserve a second look, and how much: pure, from what was kept with them.

The worst come first. What a customer has said outweighs what the product suspects; several reasons add up,
the lesser ones by a fraction, so that no heap of suspicions stands above a complaint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from assistant.events import HandoffReason, Outcome
from evaluation.reviews.rows import Reason

WEIGHTS: Mapping[str, float] = {
    Reason.CHOSEN: 6.0,
    Reason.LOW_RATING: 5.0,
    Reason.BAD_ENDING: 4.0,
    Reason.FAILED_CHECK: 3.5,
    Reason.HANDOFF: 3.0,
    Reason.NOTHING_FOUND: 2.5,
    Reason.DECLINED: 2.0,
    Reason.WEAK_GROUNDING: 1.5,
    Reason.SAMPLE: 0.5,
}
LESSER = 0.25  # of each further reason
SAID_WHY = 0.5  # a customer who says what was wrong can be helped sooner
# A passage that is above the floor by less than this is one that might have been refused as well: floors are
# fused scores, whose spread among answers that are given is about .05.
NEAR_THE_FLOOR = 0.01
# What was meant: refused by the objective, or by a guardrail.
MEANT = ("out_of_scope: ", "guarded")
CHECKED = ("dropped_", "tool_failed", "fallback_failed", "nothing_to_quote")
DEGRADED = ("model_", "unsupported")  # of the ways in which a reply makes do, those that change its words
NO_FAULT = HandoffReason.POLICY  # a person is wanted by a rule of ours


def weight_of(reasons: Collection[str], *, said_why: bool = False) -> float:
    first, *others = sorted((WEIGHTS[reason] for reason in reasons), reverse=True) or [0.0]
    return first + LESSER * sum(others) + (SAID_WHY if said_why else 0.0)


def reasons_of(outcome: str, route: Mapping[str, Any]) -> list[str]:
    """Why this answer deserves a look by itself, whatever customers say of it."""
    return list(_reasons(outcome, route))


def _reasons(outcome: str, route: Mapping[str, Any]) -> Iterator[str]:
    why = [str(one) for one in route.get("reasons") or ()]
    if any(one.startswith(MEANT) for one in why):
        return
    if outcome == Outcome.DECLINED:
        yield Reason.NOTHING_FOUND if "nothing_found" in why else Reason.DECLINED
    if any(one.startswith(CHECKED) for one in why) or str(route.get("degraded")).startswith(DEGRADED):
        yield Reason.FAILED_CHECK
    if outcome == Outcome.ANSWERED and _is_near_the_floor(route):
        yield Reason.WEAK_GROUNDING


def _is_near_the_floor(route: Mapping[str, Any]) -> bool:
    floor, passages = route.get("floor"), route.get("passages") or ()
    if floor is None or not passages:
        return False
    best = max(float(one.get("score") or 0.0) for one in passages)
    return 0.0 <= best - float(floor) < NEAR_THE_FLOOR


def is_sampled(message_id: int, share: float) -> bool:
    """The same answers whenever it is asked: a share of all, chosen by nothing that they say."""
    digest = hashlib.blake2b(str(message_id).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2**64
