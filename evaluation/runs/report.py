"""A run in a terminal: what passed, what did not and why, and which side is better. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.chance import wilson
from evaluation.runs.comparing import FEWEST_PAIRS, Compared, in_words
from evaluation.runs.summing import Figures, Played, Share
from evaluation.scenario_words import EXPECTATIONS, SITUATIONS
from evaluation.turned import Turned

LONGEST = 160  # characters of an answer


@dataclass(frozen=True)
class Reported:
    """One side: its name, its figures and what was played."""

    name: str
    figures: Figures
    cases: Sequence[tuple[str, Played, str]]  # the suite, the case, why it could not be run


def lines(sides: Sequence[Reported], compared: Compared | None) -> Iterator[str]:
    for side in sides:
        yield from _side(side)
    if compared is not None and len(sides) > 1:
        yield ""
        yield in_words(compared, sides[0].name, sides[1].name)
        yield (
            f"both {compared.both}, only “{sides[0].name}” {compared.only_first}, only “{sides[1].name}” "
            f"{compared.only_second}, neither {compared.neither}; McNemar p = {compared.p:.3f}; "
            f"{100 * compared.gap:+.1f} points ({_within(compared)})"
        )


def _within(compared: Compared) -> str:
    if compared.is_within:
        return f"{100 * compared.low:+.1f} to {100 * compared.high:+.1f}"
    few = compared.pairs < FEWEST_PAIRS
    return "too few pairs to say within what it lies" if few else "all pairs came out alike"


def _side(side: Reported) -> Iterator[str]:
    yield ""
    for suite, case, error in side.cases:
        if not case.passed:
            yield from _missed(suite, case, error)
    figures = side.figures
    yield f"{side.name}: {_with_interval(figures.passed)} scenarios as expected"
    if figures.failed:
        yield f"  {figures.failed} could not be run"
    yield f"  answers {_part(figures.turns)}, expectations {_part(figures.checks)}"
    for situation, share in figures.situations.items():
        yield f"  {str(SITUATIONS.get(situation, situation) or '–'):<24}{_part(share)}"
    yield f"  asked again {_part(figures.asked_again)}, repeated {_part(figures.repeated)}, " + (
        f"in another language {_part(figures.switched)}"
    )
    if figures.mrr is not None:
        yield f"  right article among five {_part(figures.hit)}, MRR {figures.mrr:.3f}"
    if figures.seconds and figures.first_word:
        yield (
            f"  first word {figures.first_word[0]:.2f} s (95 %: {figures.first_word[1]:.2f}), whole answer "
            f"{figures.seconds[0]:.2f} s ({figures.seconds[1]:.2f})"
        )
    if figures.judged:
        yield f"  by the judge: {', '.join(_by_judge(figures))}"
    if figures.tokens:
        cost = "–" if figures.cost is None else f"{figures.cost:.4f}"
        yield f"  tokens {figures.tokens}, cost {cost}"


def _by_judge(figures: Figures) -> Iterator[str]:
    for name, share in figures.judged.items():
        yield f"{name} {_part(share)}"
    if figures.undecided:
        yield f"not decided {figures.undecided}"


def _missed(suite: str, case: Played, error: str) -> Iterator[str]:
    yield f"✗ {suite}: {case.script.name}" if suite else f"✗ {case.script.name}"
    if error:
        yield f"    could not be run: {error}"
    for number, turned in enumerate(case.turned, 1):
        if not turned.met:
            yield f"    {number}. {_short(turned.words)}"
            yield f"       → {_short(turned.said)} [{turned.outcome}]"
            yield from _checks(turned)


def _checks(turned: Turned) -> Iterator[str]:
    for check in turned.checks:
        if check.met is False:
            instead = f"; instead: {_short(check.found)}" if check.found else ""
            yield f"       {EXPECTATIONS.get(check.kind, check.kind)}: {_short(check.wanted)}{instead}"


def _part(share: Share) -> str:
    return f"{share.met} of {share.of}"


def _with_interval(share: Share) -> str:
    if not share.of:
        return "0 of 0"
    low, high = wilson(share.met, share.of)
    return f"{share.met} of {share.of} ({share.met / share.of:.3f}; 95 %: {low:.3f} to {high:.3f})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
