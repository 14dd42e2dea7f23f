"""How often a release is rolled back by itself although it is as good, and how soon when it is worse.

    python -m benchmarks.roll_back [--times N]

Ratings are drawn: a share of them good, of the release and of what it is held against. It is looked at as the
product does (`evaluation/releases/deciding.py`), until it is rolled back or has MOST ratings. Without a
database.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.offline_django import set_up

set_up()

from evaluation.releases.deciding import Rated, is_due, look  # noqa: E402  (wants Django set up)

MOST = 10_000  # ratings of the release
AGAINST = {"a trial of 10 %": 9.0, "a trial of 50 %": 1.0, "all, 200 ratings before": 0.0}
BEFORE = 200
PAIRS = ((0.8, 0.8), (0.6, 0.6), (0.8, 0.7), (0.8, 0.6), (0.8, 0.4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=2_000)
    times = parser.parse_args().times
    print(f"{times} times each; good before → good with the release: rolled back, and after how many ratings")
    for name, ratio in AGAINST.items():
        print(f"\n{name}")
        for other, own in PAIRS:
            ended = [_one(own, other, ratio, seed) for seed in range(times)]
            stopped = sorted(one for one in ended if one)
            half = stopped[len(stopped) // 2] if stopped else "–"
            late = stopped[int(0.95 * (len(stopped) - 1))] if stopped else "–"
            print(f"  {other:.0%} → {own:.0%}: {len(stopped) / times:.1%}, median {half}, 95 % within {late}")


def _one(own: float, other: float, ratio: float, seed: int) -> int:
    """How many ratings the release had when it was rolled back; 0 for never."""
    chance = np.random.default_rng(seed)
    good = np.cumsum(chance.random(MOST) < own)
    most = int(MOST * ratio) or BEFORE
    before = np.cumsum(chance.random(most) < other)
    looked = 0
    for ratings in range(1, MOST + 1):
        if is_due(ratings, looked):
            beside = int(ratings * ratio) or BEFORE
            found = look(Rated(int(good[ratings - 1]), ratings), Rated(int(before[beside - 1]), beside))
            if found is None:
                continue
            looked = ratings
            if found.worse:
                return ratings
    return 0


if __name__ == "__main__":
    main()
