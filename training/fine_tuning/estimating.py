"""What a fine-tuning will cost, before anything is sent. Pure.

Charged is what is learned: the tokens of the file, once for each time that it is gone through. Where that is
left to the provider, it is reckoned as OpenAI documents it: three times, more often for few examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

USUAL_EPOCHS = 3
FEWEST, MOST = 100, 25_000  # examples in all, between which the usual number of epochs stands
MOST_EPOCHS = 25
MILLION = 1_000_000


@dataclass(frozen=True)
class Estimate:
    """`cost` in the currency of the prices; None without a price. `by_us`: the epochs are our guess."""

    tokens: int
    epochs: int
    by_us: bool
    price: Decimal | None = None

    @property
    def trained(self) -> int:
        return self.tokens * self.epochs

    @property
    def cost(self) -> Decimal | None:
        return cost_of(self.trained, self.price)


def estimate(
    *, lines: int, tokens: int, hyperparameters: Mapping[str, Any], model: str, prices: Mapping[str, float]
) -> Estimate:
    chosen = hyperparameters.get("n_epochs")
    by_us = not isinstance(chosen, int)
    epochs = usual_epochs(lines) if by_us else chosen
    return Estimate(tokens, int(epochs or 1), by_us, price_of(model, prices))


def usual_epochs(lines: int) -> int:
    if lines * USUAL_EPOCHS < FEWEST:
        return min(MOST_EPOCHS, -(-FEWEST // max(1, lines)))
    return max(1, min(USUAL_EPOCHS, MOST // lines))


def price_of(model: str, prices: Mapping[str, float]) -> Decimal | None:
    """The first entry whose name fits; names may hold `*`."""
    found = next((price for name, price in prices.items() if fnmatchcase(model, name)), None)
    return None if found is None else Decimal(str(found))


def cost_of(tokens: int, price: Decimal | None) -> Decimal | None:
    return None if price is None else price * tokens / MILLION
