"""What a reply cost. Prices are the operator's own words; a model without one has no cost, never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from django.conf import settings

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request. `reported` is False when the provider did not say, and then both are 0."""

    model: str
    prompt_tokens: int
    completion_tokens: int
    cost: Decimal | None
    reported: bool = True


def usage_of(model: str, counted: Mapping[str, object] | None) -> Usage:
    """`counted` is the provider's `usage` object, or None when it sent none."""
    if not counted:
        return Usage(model, 0, 0, None, reported=False)
    prompt, completion = _count(counted, "prompt_tokens"), _count(counted, "completion_tokens")
    return Usage(model, prompt, completion, cost_of(model, prompt, completion))


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """What two requests cost together, under the name of the second one's model."""
    if one is None or other is None:
        return one or other
    cost = one.cost + other.cost if one.cost is not None and other.cost is not None else None
    prompt, completion = (
        one.prompt_tokens + other.prompt_tokens,
        one.completion_tokens + other.completion_tokens,
    )
    return Usage(other.model, prompt, completion, cost, one.reported and other.reported)


def cost_of(model: str, prompt_tokens: int, completion_tokens: int) -> Decimal | None:
    """In the currency of `MODEL_PRICES`; None when the model has no price there."""
    price = _price(model)
    if price is None:
        return None
    return (price[0] * prompt_tokens + price[1] * completion_tokens) / MILLION


def _price(model: str) -> tuple[Decimal, Decimal] | None:
    """The first entry whose name fits; names may hold `*`, so that dated versions need no line each."""
    prices: Mapping[str, Sequence[float]] = getattr(settings, "MODEL_PRICES", {})
    for pattern, (per_prompt, per_completion) in prices.items():
        if fnmatchcase(model, pattern):
            return Decimal(str(per_prompt)), Decimal(str(per_completion))
    return None


def _count(counted: Mapping[str, object], name: str) -> int:
    value = counted.get(name)
    return value if isinstance(value, int) and value >= 0 else 0
