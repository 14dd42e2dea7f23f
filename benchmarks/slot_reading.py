"""What it costs to read the values of slots, without a model or a database.

    python -m benchmarks.slot_reading [--rounds N]

Every row of the tests' tables is read as an answer and looked through as a sentence, alone ("short") and
with 1,000 characters behind it ("long"). Prints the median and the 95th percentile for each kind, in
milliseconds of the processor, and what all rows cost when nothing is loaded yet.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from flows.slots import signals
from tests.flows.slots.asking import answer, mentioned, rows_of

TABLES = ("dates", "times", "amounts", "contacts", "choices", "mentions")
LONG = "I bought the blue lamp in your shop and it came broken, so what can I do about it now? " * 12


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rows = rows_of(*TABLES)
    print(f"first: {sum(taken(answer, *arguments(row)) for row in rows):.0f} ms for all")
    spent: dict[str, list[float]] = defaultdict(list)
    for row in rows * options.rounds:
        slot, text, *further = arguments(row)
        for size, said in (("short", text), ("long", f"{text}. {LONG}")):
            spent[f"{slot.kind} read {size}"].append(taken(answer, slot, said, *further))
            spent[f"{slot.kind} find {size}"].append(taken(mentioned, slot, said, *further))
        for signal in (signals.cancels, signals.corrected, signals.asks, signals.hesitates):
            spent[f"signals {signal.__name__}"].append(taken(signal, text))
    for name in sorted(spent):
        print(f"{name:28} {median(spent[name]):7.3f} {quantiles(spent[name], n=20)[-1]:7.3f}")


def arguments(row: Any) -> tuple[Any, ...]:
    slot, country, language, text, _ = row
    return slot, text, language, country


def taken(work: Callable[..., Any], *given: Any) -> float:
    begun = time.process_time()
    work(*given)
    return 1_000 * (time.process_time() - begun)


if __name__ == "__main__":
    main()
