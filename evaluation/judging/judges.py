"""Which judges there are here, by name: the one that asks no model, and the model of the task “judge”."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.judging import offline, reading
from evaluation.judging.by_model import the_judge
from evaluation.judging.verdicts import OFFLINE, Judgement
from evaluation.turned import Turned

GONE = "no_model"  # the model that was to judge is not there any more
MOST_ANSWERS = 20  # of one conversation


def judges_here() -> list[str]:
    """The one without a model, and the model where there is one."""
    model = the_judge()
    return [OFFLINE, *([model.name] if model else [])]


def judge(turns: Sequence[Turned], name: str) -> Judgement:
    """The last of `turns`, by the judge of that name."""
    if name == OFFLINE:
        return offline.judge(turns)
    model = the_judge()
    if model is None or model.name != name:
        return Judgement(name, error=GONE)
    return reading.read(turns, model)


def judge_all(
    turns: Sequence[Turned], name: str, *, after: Callable[[], None] = lambda: None
) -> list[Judgement]:
    """Each answer of a conversation after those before it; of a long one the first. `after` is called after
    each."""
    found = []
    for number in range(min(len(turns), MOST_ANSWERS)):
        found.append(judge(turns[: number + 1], name))
        after()
    return found
