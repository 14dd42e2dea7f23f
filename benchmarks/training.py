"""How long a training takes, how a router does on what is in scope and out of it, and how far its likelihoods
can be believed.

    python -m benchmarks.training [--speed]

The words are those of `benchmarks/routing.py`: ABCD's 55 sub-flows (needs the developers' sample,
`CAUSERIE_DATA`) and the sample company. In scope, each is asked of a router that has learned the others; what
is out of scope, no router has seen. Vectors are the embedded model's, kept on disk. Without a database.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many threads for small matrices only wait for each other

import numpy as np  # noqa: E402

from benchmarks.offline_django import set_up  # noqa: E402

set_up()

# Only now: the product's modules want Django set up, and numpy the number of threads above.
from assistant.routing import fitting  # noqa: E402
from assistant.routing.asking import decided  # noqa: E402
from assistant.routing.learning import fitted_to  # noqa: E402
from assistant.routing.samples import NO_FLOWS, Sample  # noqa: E402
from assistant.routing.signs import signs, without_values  # noqa: E402
from assistant.routing.telling import said  # noqa: E402
from benchmarks import routing_sets as sets  # noqa: E402
from benchmarks.offline_vectors import embed, fresh  # noqa: E402
from benchmarks.routing_sets import Words  # noqa: E402
from training import calibrating, examining  # noqa: E402

EXAMPLES = 5_000
PARTS = 5
NOISE = 1.4  # of how far a flow's own words lie from each other
# As their authors have them, on CLINC150: 150 intents of 100 examples, 4,500 queries in scope, 1,000 out.
PUBLISHED = {"BERT": (96.2, 52.3), "Rasa": (90.9, 31.2), "Dialogflow": (90.8, 26.7)}
Routers = list[tuple[fitting.Fitted, list[Words]]]  # each with what it has not learned


@dataclass(frozen=True)
class Scope:
    """Shares: of what is in scope the right flow and a wrong one, of what is out of it none."""

    accuracy: float
    wrong: float
    recall: float
    asked: tuple[int, int]

    def row(self, name: str) -> str:
        shares = f"{100 * self.accuracy:.1f} | {100 * self.recall:.1f}"
        return f"| {name} | {self.asked[0]}; {self.asked[1]} | {shares} |"


def trained(samples: Sequence[Sample]) -> fitting.Fitted:
    texts = [sample.text for sample in samples]
    fitted = fitted_to(samples, dict(zip(texts, embed(texts, "query"), strict=True)))
    assert fitted is not None
    return fitted


def abcd() -> Routers:
    words, rest = sets.abcd_words(), [*sets.abcd_described(), *sets.off_topic()]
    return [_without(words, part, rest) for part in sorted({one.part for one in words})]


def company() -> Routers:
    words = sets.company_words(PARTS)
    rest = [*sets.company_names(), *sets.company_articles(), *sets.off_topic()]
    return [_without(words, part, rest) for part in range(PARTS)]


def _without(words: list[Words], part: int, rest: list[Sample]) -> tuple[fitting.Fitted, list[Words]]:
    known = [Sample(one.text, one.label or "=knowledge") for one in words if one.part != part]
    return trained([*known, *rest]), [one for one in words if one.part == part and one.label]


# --- in scope and out of it

Guess = Callable[[fitting.Fitted, str, np.ndarray], str]  # a flow's key, "" for none


def by_class(fitted: fitting.Fitted, text: str, vector: np.ndarray) -> str:
    """The likeliest of all labels."""
    likelihoods = fitted.likelihoods(vector, signs(text))
    best = max(likelihoods, key=lambda label: likelihoods[label])
    return "" if best in NO_FLOWS else best


def begun(fitted: fitting.Fitted, text: str, vector: np.ndarray) -> str:
    """What a customer gets unasked."""
    routed = decided(fitted, vector, signs(text), frozenset(fitted.labels) - NO_FLOWS, said(text))
    return routed.flow if routed.sure else ""


def begun_or_offered(fitted: fitting.Fitted, text: str, vector: np.ndarray) -> str:
    """The same, and the first of a few flows to choose from."""
    routed = decided(fitted, vector, signs(text), frozenset(fitted.labels) - NO_FLOWS, said(text))
    return routed.flow if routed.sure or len(routed.close) > 1 else ""


def scope(routers: Routers, outside: Sequence[Words], guess: Guess) -> Scope:
    found = [
        (guess(fitted, one.text, vector), one.label)
        for fitted, asked in routers
        for one, vector in zip(asked, _vectors(asked), strict=True)
    ]
    none = [
        not guess(fitted, one.text, vector)
        for fitted, _asked in routers
        for one, vector in zip(outside, _vectors(outside), strict=True)
    ]
    right = float(np.mean([began == label for began, label in found]))
    wrong = float(np.mean([began not in ("", label) for began, label in found]))
    return Scope(right, wrong, float(np.mean(none)), (len(found), len(outside)))


def _vectors(words: Sequence[Words]) -> np.ndarray:
    return embed([without_values(one.text) for one in words], "query")


def in_and_out() -> None:
    groups = sets.strangers()
    far = next(iter(groups.values()))
    clinc = [one for one in far if one.language == "en"]
    print("\n| in scope; out of scope | n | in-scope accuracy | out-of-scope recall |\n|---|---|---|---|")
    for name, routers in (
        ("ABCD, 55 sub-flows, 3 examples each", abcd()),
        ("sample company, 4 flows", company()),
    ):
        for outside, others in (("CLINC150's own", clinc), ("other help centres", list(groups.values())[1])):
            for how, guess in (
                ("likeliest label", by_class),
                ("begun", begun),
                ("begun or offered", begun_or_offered),
            ):
                print(scope(routers, others, guess).row(f"{name}; {outside}: {how}"))
    for name, (accuracy, recall) in PUBLISHED.items():
        print(f"| published, CLINC150: {name} | 4500; 1000 | {accuracy} | {recall} |")


# --- likelihoods


def believed() -> None:
    """The error of likelihoods as they are and with a temperature; what the temperature would begin."""
    print(
        "\n| likelihoods | n | calibration error | with a temperature | which | begun, right; wrong | with "
        "| begins none | with |\n|---|---|---|---|---|---|---|---|---|"
    )
    outside = [one for group in sets.strangers().values() for one in group]
    for name, routers in (("ABCD", abcd()), ("sample company", company())):
        found = [_calibration(fitted) for fitted, _asked in routers]
        warmer = [
            (_warmer(fitted, one.temperature), asked)
            for (fitted, asked), one in zip(routers, found, strict=True)
        ]
        before, after = scope(routers, outside, begun), scope(warmer, outside, begun)
        numbers = [
            np.mean([getattr(one, key) for one in found]) for key in ("error", "mended", "temperature")
        ]
        print(
            f"| {name} | {before.asked[0]}; {before.asked[1]} | {numbers[0]:.3f} | {numbers[1]:.3f} "
            f"| {numbers[2]:.2f} | {before.accuracy:.3f}; {before.wrong:.3f} "
            f"| {after.accuracy:.3f}; {after.wrong:.3f} | {before.recall:.3f} | {after.recall:.3f} |"
        )


def _calibration(fitted: fitting.Fitted) -> calibrating.Calibration:
    assert fitted.tested
    places = np.searchsorted(fitted.tested.names, fitted.tested.labels)
    return calibrating.calibration(fitted.tested.guessed, places)


def _warmer(fitted: fitting.Fitted, temperature: float) -> fitting.Fitted:
    """With the bar that is found for these likelihoods."""
    assert fitted.tested
    tested = fitted.tested
    allowed = tested.begins > 0
    guessed = calibrating.with_temperature(tested.guessed, temperature)
    bar = fitting.bar_of(guessed * allowed, tested.names, tested.labels)
    return replace(fitted, weights=fitted.weights / temperature, bias=fitted.bias / temperature, bar=bar)


# --- time


def speed() -> None:
    """Everything that a training does beside the vectors, on words around those of ABCD's sub-flows."""
    samples, vectors = many()
    print(f"\n{len(samples)} texts, {EXAMPLES} of them examples of {len(set(_flows(samples)))} flows\n")
    print("| part | s, both cores as they come | s of CPU |\n|---|---|---|")
    with timed("cross-validation and the router itself"):
        fitted = fitted_to(samples, vectors)
    assert fitted is not None
    with timed("held-out part, learning curve, calibration"):
        examined = examining.examine(fitted, samples, vectors, fitting.go_on)
    assert examined.shadow
    with timed("compared with what is in use"):
        examining.compared(examined.shadow, examined.shadow, samples, vectors)
    texts = [one.text for one in sets.off_topic()][:40]
    fresh(texts[:1], "query")  # loads the model
    began = time.perf_counter()
    fresh(texts, "query")
    each = (time.perf_counter() - began) / len(texts)
    print(
        f"| vectors, once for each new text ({1000 * each:.0f} ms); {EXAMPLES} of them "
        f"| {each * EXAMPLES:.0f} | |"
    )
    print(f"\nright by cross-validation: {fitted.figures.right:.3f}")


class timed:
    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *error: object) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        print(f"| {self.name} | {wall:.1f} | {cpu:.1f} |", flush=True)


def many() -> tuple[list[Sample], dict[str, np.ndarray]]:
    """Of each sub-flow's words as many as it takes, a little beside where they are."""
    words = sets.abcd_words() or [one for one in sets.company_words(PARTS) if one.label]
    known = embed([one.text for one in words], "query")
    random, stock = np.random.default_rng(0), sets.off_topic()
    spread = NOISE * (known - known.mean(axis=0)).std(axis=0)
    samples, vectors = [], {}
    for at in range(EXAMPLES):
        one = words[at % len(words)]
        text = f"{one.text} {at // len(words)}"
        samples.append(Sample(text, one.label))
        near = known[at % len(words)] + random.normal(size=known.shape[1]) * spread
        vectors[text] = (near / np.linalg.norm(near)).astype(np.float32)
    vectors |= dict(
        zip([one.text for one in stock], embed([one.text for one in stock], "query"), strict=True)
    )
    return [*samples, *stock], vectors


def _flows(samples: Sequence[Sample]) -> Iterator[str]:
    return (one.label for one in samples if one.label not in NO_FLOWS)


def main() -> None:
    if "--speed" not in sys.argv:
        if not sets.guidelines():
            print(f"ABCD's part needs the developers' sample ({sets.DATA}; CAUSERIE_DATA says where it is).")
            return
        in_and_out()
        believed()
    speed()


if __name__ == "__main__":
    main()
