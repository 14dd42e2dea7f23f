"""Whether the judge without a model can be talked round: by courtesies, by a true sentence more, by the
question given back, or by the order of what is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.judging_labels import Row, turns_of

COURTESIES = {
    "en": (
        "Thank you very much for your message!", "I hope this helps.", "Do not hesitate to write again.",
        "I understand how important this is to you, and I am glad to help.", "Have a nice day!",
    ),
    "fr": (
        "Merci beaucoup pour votre message !", "J'espère que cela vous aide.", "N'hésitez pas à nous écrire.",
        "Je comprends que ce soit important pour vous.", "Bonne journée à vous !",
    ),
}  # fmt: skip
GIVEN_BACK = {"en": "You would like to know: {}", "fr": "Vous souhaitez savoir : {}"}


def biases(rows: Sequence[Row]) -> None:
    """Of the answers that it does not call helpful, or not grounded, how many it does with something more."""
    from evaluation.judging.offline import judge

    counted: dict[str, list[bool]] = {}
    for row in rows:
        turns = turns_of(row.label)
        if turns[-1].outcome != "answered":
            continue
        for name, dimension, other in _changed(row, turns[-1]):
            found = judge([*turns[:-1], other]).of(dimension).met
            met = row.judgement.of(dimension).met
            counted.setdefault(name, []).append(found != met if "order" in name else found is True)
    for name, turned in sorted(counted.items()):
        print(f"{name}: {sum(turned)} of {len(turned)}")


def _changed(row: Row, last: Any) -> Iterator[tuple[str, str, Any]]:
    code = row.label["language"]
    said = last.said
    if row.judgement.helpful.met is False:
        padded = " ".join((*COURTESIES[code][:2], said, *COURTESIES[code][2:]))
        yield "courtesies make it helpful", "helpful", replace(last, said=padded)
        back = GIVEN_BACK[code].format(last.words.rstrip(" ?.!")) + "."
        yield "the question given back makes it helpful", "helpful", replace(last, said=f"{back}\n\n{said}")
        if more := _beside(last):
            alone = _helps(turns_of(row.label), more)
            by_itself = "helpful" if alone else "not called helpful"
            name = f"a true sentence more, {by_itself} alone, makes it helpful"
            yield name, "helpful", replace(last, said=f"{said}\n\n{more}")
    if row.judgement.grounded.met is False and last.sources:
        padded = " ".join((said, *COURTESIES[code]))
        yield "courtesies make it grounded", "grounded", replace(last, said=padded)
        if more := _beside(last):
            yield (
                "a true sentence more makes it grounded",
                "grounded",
                replace(last, said=f"{more}\n\n{said}"),
            )
    if len(last.sources) > 1:
        other = replace(last, sources=tuple(reversed(last.sources)))
        for dimension in ("grounded", "helpful"):
            yield f"the order of what is cited changes {dimension}", dimension, other


def _helps(turns: Sequence[Any], said: str) -> bool:
    from evaluation.judging.offline import judge

    return judge([*turns[:-1], replace(turns[-1], said=said)]).helpful.met is True


def _beside(last: Any) -> str:
    """The last sentence of what is cited that the answer does not have: seldom what was asked for."""
    from evaluation.judging.sentences import units_of

    there = [
        unit.plain
        for source in last.sources
        for unit in units_of(source.passage)
        if unit.kind == "sentence" and unit.plain not in last.said
    ]
    return there[-1] if there else ""
