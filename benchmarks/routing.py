"""How often a customer's words begin the right flow, and how often they begin one that they should not.

    python -m benchmarks.routing [--speed]

Two sets of flows: ABCD's 55 sub-flows (needs the developers' sample, `CAUSERIE_DATA`) and the sample
company's three. What is reported was never trained on: the examples are cut into parts, and each part is
asked of a router that has learned from the others; the bar from which a flow is begun is the router's own,
found within what it has learned from. Beside it stands what begins no flow: the share that is left alone.

Vectors are the embedded model's, kept on disk. Without a database.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many threads for small matrices only wait for each other

import numpy as np  # noqa: E402

from benchmarks.offline_django import set_up  # noqa: E402

set_up()

# Only now: the product's modules want Django set up, and numpy the number of threads above.
from assistant.routing import fitting  # noqa: E402
from assistant.routing.asking import Routed, decided  # noqa: E402
from assistant.routing.samples import KNOWLEDGE, NOTHING, Sample  # noqa: E402
from assistant.routing.signs import signs, without_values  # noqa: E402
from assistant.routing.telling import said  # noqa: E402
from benchmarks import routing_sets as sets  # noqa: E402
from benchmarks.offline_vectors import embed  # noqa: E402
from benchmarks.routing_sets import Words  # noqa: E402

PARTS = 5
SIZES = (3, 10, 30, 55)  # flows, for the time it takes
EXAMPLES = 10


@dataclass
class Tally:
    """`begun` and `offered` are what customers see: a flow begun without asking, or a few to choose from."""

    asked: int = 0
    first: int = 0
    among_three: int = 0
    begun: int = 0
    begun_right: int = 0
    offered: int = 0
    offered_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def take(self, words: Words, likely: Sequence[str], routed: Routed) -> None:
        self.asked += 1
        self.first += likely[0] == words.label
        self.among_three += words.label in likely[:3]
        offered = not routed.sure and len(routed.close) > 1
        self.begun += routed.sure
        self.begun_right += routed.sure and routed.flow == words.label
        self.offered += offered
        self.offered_right += offered and words.label in routed.close
        if routed.sure and routed.flow != words.label:
            self.wrong.append(f"{words.text!r} began {routed.flow}, not {words.label or 'none'}")

    def row(self, name: str) -> str:
        shares = (
            self.first, self.among_three, self.begun, self.begun_right,
            self.begun - self.begun_right, self.offered, self.offered_right,
        )  # fmt: skip
        return (
            f"| {name} | {self.asked} | "
            + " | ".join(f"{one / max(1, self.asked):.3f}" for one in shares)
            + " |"
        )

    def alone(self, name: str) -> str:
        left = self.asked - self.begun - self.offered
        shares = f"{1 - self.begun / self.asked:.3f} | {left / self.asked:.3f}"
        return f"| {name} | {self.asked} | {shares} | {self.offered} |"


HEAD = (
    "| words | n | first | among three | begun | begun, right | begun, wrong | offered a few "
    "| … with the right one |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def trained(samples: Sequence[Sample]) -> fitting.Fitted:
    vectors = embed([one.text for one in samples], "query")
    texts = [one.text for one in samples]
    fitted = fitting.fit(vectors, list(map(signs, texts)), [one.label for one in samples], texts)
    assert fitted is not None
    return fitted


def tally(fitted: fitting.Fitted, asked: Sequence[Words], into: Tally) -> None:
    if not asked:
        return
    flows = frozenset(label for label in fitted.labels if not label.startswith("="))
    vectors = embed([without_values(one.text) for one in asked], "query")
    for words, vector in zip(asked, vectors, strict=True):
        shape = signs(words.text)
        likelihoods = fitted.likelihoods(vector, shape)
        likely = sorted(flows, key=lambda flow, known=likelihoods: -known[flow])
        into.take(words, likely, decided(fitted, vector, shape, flows, said(words.text)))


def samples_of(words: Sequence[Words]) -> list[Sample]:
    """What sounds alike and begins none counts as a question for the knowledge."""
    return [Sample(one.text, one.label or KNOWLEDGE) for one in words]


def left_alone(fitted: fitting.Fitted, groups: dict[str, list[Words]]) -> None:
    for name, asked in groups.items():
        if asked:
            seen = Tally()
            tally(fitted, asked, seen)
            print(seen.alone(name))


ALONE = (
    "\n| begins no flow | n | begins none | … and is offered none | offered a few |\n|---|---|---|---|---|"
)


def abcd() -> None:
    described, words, stock = sets.abcd_described(), sets.abcd_words(), sets.off_topic()
    print(f"\nABCD: {len(described) // 2} sub-flows, {len(words)} first words\n\n{HEAD}")
    bare = trained([*described, *stock])
    for name, asked in (
        ("names and guidelines alone", words),
        ("… the data set's own three", sets.abcd_real()),
    ):
        seen = Tally()
        tally(bare, asked, seen)
        print(seen.row(name))
    seen = Tally()
    for part in sorted({one.part for one in words}):
        rest = [one for one in words if one.part != part]
        held_out = [one for one in words if one.part == part]
        tally(trained([*described, *samples_of(rest), *stock]), held_out, seen)
    print(seen.row("with three examples each, the fourth asked"))
    whole = trained([*described, *samples_of(words), *stock])
    seen_real = Tally()
    tally(whole, sets.abcd_real(), seen_real)
    print(seen_real.row("… with four, the data set's own three"))
    print(ALONE)
    left_alone(whole, sets.strangers())
    show_wrong(seen)


def company() -> None:
    words = sets.company_words(PARTS)
    around = [*sets.company_names(), *sets.company_articles(), *sets.off_topic()]
    print(f"\nThe sample company: {len(sets.company())} flows, {len(words)} examples\n\n{HEAD}")
    by_language = {language: Tally() for language in ("en", "fr")}
    alike = Tally()
    for part in range(PARTS):
        fitted = trained([*samples_of([one for one in words if one.part != part]), *around])
        held_out = [one for one in words if one.part == part]
        for language, seen in by_language.items():
            tally(fitted, [one for one in held_out if one.label and one.language == language], seen)
        tally(fitted, [one for one in held_out if not one.label], alike)
    for language, seen in by_language.items():
        print(seen.row(f"examples, {language}, by cross-validation"))
    for known, asked in (("en", "fr"), ("fr", "en")):
        fitted = trained([*samples_of([one for one in words if one.language == known]), *around])
        seen = Tally()
        tally(fitted, [one for one in words if one.label and one.language == asked], seen)
        print(seen.row(f"{asked}, learned from {known} alone"))
        by_language[f"{asked} from {known}"] = seen
    print(ALONE)
    print(alike.alone("sounds alike (`unlike`), by cross-validation"))
    whole = trained([*samples_of(words), *around])
    left_alone(whole, {"what is asked of its help centre": sets.company_questions(), **sets.strangers()})
    for seen in (*by_language.values(), alike):
        show_wrong(seen)


def show_wrong(seen: Tally) -> None:
    for line in seen.wrong[:12]:
        print(f"  {line}")


def speed() -> None:
    print(
        "\n| flows with ten examples each | training, s of CPU | deciding, ms of CPU p50 / p95 |"
        "\n|---|---|---|"
    )
    stock = [one.text for one in sets.off_topic()]
    off = embed(stock, "query")
    for flows in SIZES:
        fitted, seconds = _trained_on(flows, off)
        times = list(_deciding(fitted, off))
        print(
            f"| {flows} | {seconds:.1f} | {np.percentile(times, 50):.2f} / {np.percentile(times, 95):.2f} |"
        )
    from benchmarks.offline_vectors import fresh

    fresh(stock[:1], "query")  # loads the model
    begun = time.process_time()
    fresh(stock[:40], "query")
    print(f"\none vector, in this process: {(time.process_time() - begun) / 40 * 1000:.0f} ms")


def _trained_on(flows: int, off: np.ndarray) -> tuple[fitting.Fitted, float]:
    """Made-up flows: directions, each with examples around it as near as real ones are."""
    random = np.random.default_rng(0)
    spread = off.std(axis=0)
    centres = off.mean(axis=0) + random.normal(size=(flows, off.shape[1])) * spread
    made = [centre + random.normal(size=(EXAMPLES, len(centre))) * spread * 0.8 for centre in centres]
    vectors = np.vstack([*made, off]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = [f"flow{at}" for at in range(flows) for _ in range(EXAMPLES)] + [NOTHING] * len(off)
    begun = time.process_time()
    fitted = fitting.fit(vectors, [(0.0, 0.0, 0.0)] * len(labels), labels, [""] * len(labels))
    assert fitted is not None
    return fitted, time.process_time() - begun


def _deciding(fitted: fitting.Fitted, vectors: np.ndarray) -> Iterator[float]:
    flows = frozenset(label for label in fitted.labels if not label.startswith("="))
    for vector in vectors:
        begun = time.process_time()
        decided(fitted, vector, signs("I would like to send something back, please"), flows)
        yield (time.process_time() - begun) * 1000


def main() -> None:
    if "--speed" in sys.argv:
        speed()
        return
    if sets.guidelines():
        abcd()
    else:
        print(f"Skipped ABCD: {sets.DATA} is not there (CAUSERIE_DATA says where the developers' sample is).")
    company()
    speed()


if __name__ == "__main__":
    main()
