"""A postal code and a number in one sentence: "75001, 2 people". Pure.

Each of them alone could be the other, so neither is taken by itself. Where one slot waits for a postal code
and one for a number, and only one of two numbers can be a code, there is no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flows.run import Facts
from flows.slot import Slot
from flows.slots.reading import code_beside, find_in


def told_apart(slots: Mapping[str, Slot], wanted: Iterable[str], text: str, facts: Facts) -> dict[str, Any]:
    """Both values by the names of their slots, of those that are `wanted`; nothing where there is doubt."""
    kinds = [(slots[name].kind, name) for name in wanted]
    codes = [name for kind, name in kinds if kind == "postal_code"]
    numbers = [name for kind, name in kinds if kind == "number"]
    if len(codes) != 1 or len(numbers) != 1:
        return {}
    code, rest = code_beside(slots[codes[0]], text, language=facts.language, now=facts.now)
    number = find_in(slots[numbers[0]], rest, language=facts.language, now=facts.now) if code else None
    return {codes[0]: code, numbers[0]: number} if number is not None else {}
