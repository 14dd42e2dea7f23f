"""What the last answer offered, and whether the customer takes it: "yes please" after "a person?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from assistant.events import HandoffReason, Outcome, Said
from assistant.handoff import asks_for_a_person
from assistant.stock import any_of, folded, read_stock

YES = any_of([pattern for language in read_stock("offers") for pattern in language["yes"]])


def last_answer(before: Sequence[Said]) -> Said | None:
    return next((said for said in reversed(before) if said.role == "assistant"), None)


def accepts_a_person(text: str, before: Sequence[Said]) -> bool:
    """Yes in any words, or the quick reply itself, to an answer that offered a person."""
    answer = last_answer(before)
    if answer is None:
        return False
    offered = [option.text for option in answer.options if asks_for_a_person(option.text)]
    if answer.outcome != Outcome.DECLINED and not offered:
        return False
    return text in offered or YES.fullmatch(folded(text)) is not None


def reason_to_accept(before: Sequence[Said], state: Mapping[str, Any]) -> HandoffReason:
    """Why a person is needed when the offer is accepted: what the answer that made it was lacking."""
    answer = last_answer(before)
    if answer is None or answer.outcome != Outcome.DECLINED:
        return HandoffReason.CUSTOMER_REQUEST
    return HandoffReason(state.get("declined_for") or HandoffReason.MISSING_KNOWLEDGE)


def declines_in_a_row(before: Sequence[Said]) -> int:
    """How many of the last answers were none."""
    answers = (said for said in reversed(before) if said.role == "assistant")
    return sum(1 for _ in takewhile(lambda said: said.outcome == Outcome.DECLINED, answers))


def is_on_a_button(text: str, before: Sequence[Said]) -> bool:
    """Whether these words stand on a button of what was said last."""
    options = before[-1].options if before else ()
    said = text.strip().casefold()
    return any(said in (one.label.casefold(), one.text.casefold()) for one in options)
