"""What becomes of the examples of drafts if they are published as they are: told before anybody does.

The router learns them beside all that is published, and is asked for each text as if it had not seen it: what
begins nothing, what is mixed up with another flow, and which questions of the knowledge a draft would take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.routing import samples
from assistant.routing.drafting import router_with_all
from assistant.routing.fitting import Fitted
from assistant.routing.samples import KNOWLEDGE
from flows.graph import Graph
from flows.understanding import Foreseen, OfFlow


def foreseen(drafts: Sequence[Graph]) -> Mapping[str, Foreseen] | None:
    """For each draft that customers can begin, by its key; None while there are examples that are not learned
    yet, or nothing was learned at all."""
    begun = [draft for draft in drafts if draft.begins]
    fitted, whole = router_with_all(begun)
    if not whole:
        return None
    questions = frozenset(sample.text for sample in samples.of_knowledge())
    return {draft.key: _of(draft.key, fitted, questions) for draft in begun} if fitted else {}


def _of(key: str, fitted: Fitted, questions: frozenset[str]) -> Foreseen:
    mixed: dict[str, list[str]] = {}
    for one in filter(lambda mistake: mistake.began, fitted.mistakes):
        if key in (one.label, one.began) and one.label != KNOWLEDGE:
            mixed.setdefault(one.began if one.label == key else one.label, []).append(one.text)
    figures = fitted.figures.each.get(key, OfFlow(0, 0, 0))
    answers = [one.text for one in fitted.mistakes if one.began == key and one.text in questions]
    return Foreseen(
        figures.examples,
        figures.missed,
        {flow: tuple(texts) for flow, texts in mixed.items()},
        tuple(answers),
    )
