"""Flows that Hypothesis draws: every kind of step and setting, and texts that are hard to write."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from flows.graph import Graph

KEYS = ["a", "ask_date", "end", "no", "on", "x1", "null", "when", "valid", "text", "subgraph"]
SLOTS = ["one", "two", "yes", "when"]
HARD = [
    "", "no", "Yes", "on", "null", "~", "012", "1e5", "1_000", "12:30", "2026-12-01", "<<", "=", "- a",
    "a: b", "a #b", "{one}", "[x]", "&a", "*a", "!t", "%", "@", "`", "'", '"', "\\", "|", ">", "?", ": ",
    "l1\nl2", "l1\n\n  l2\n", "\n", "  in", "out  ", "a \nb", "a\t\nb", "\t", "\r\n", "\x85", "\u2028a",
    "\ufeff", "😀 é\n", "</b>", "#quot;", "---", "--- a\n...\nb", "\x1b", "é" * 200,
]  # fmt: skip
words = st.one_of(st.sampled_from(HARD), st.text(max_size=20).filter(lambda text: "\x00" not in text))
languages = st.sampled_from(["en", "fr", "no", "fr-CA"])
texts = st.dictionaries(languages, words, max_size=2)
lines = st.dictionaries(languages, st.lists(words, max_size=2), max_size=2)
keys, slots = st.sampled_from(KEYS), st.sampled_from(SLOTS)
targets = st.sampled_from([*KEYS, ""])
numbers = st.one_of(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False))
scalars = st.one_of(words, st.booleans(), numbers, st.none())
facts = st.sampled_from(["slots.one", "customer.verified", "time.hour", "conversation.language"])
operations = st.sampled_from(["is", "is_not", "above", "at_most", "contains", "one_of", "known"])


def part(optional: bool = True, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields) if optional else st.fixed_dictionaries(fields)


tests = part(False, fact=facts, op=operations, value=st.one_of(scalars, st.lists(scalars, max_size=2)))
conditions: st.SearchStrategy[dict[str, Any]] = st.recursive(
    tests,
    lambda inner: st.one_of(
        part(False, all=st.lists(inner, max_size=2)),
        part(False, any=st.lists(inner, max_size=2)),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=3,
)
few = st.integers(1, 9)
values = words.filter(lambda text: 0 < len(text) <= 120)


def named(field: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.tuples(values, part(label=texts, synonyms=lines, **more)).map(
        lambda pair: {field: pair[0], **pair[1]}
    )
    return st.lists(one, max_size=2, unique_by=lambda item: item[field])


drawn_slots = part(
    kind=st.sampled_from(["text", "choice", "money", "code", "yes_no", "file"]), label=texts, ask=texts,
    reject=texts, choices=named("value"), pattern=st.sampled_from(["", r"\d{4}", "a|b"]), least=numbers,
    most=numbers, accept=st.sampled_from(["", "pictures", "documents"]), future=st.booleans(),
    valid=conditions, most_asks=few, remembered=st.booleans(),
)  # fmt: skip
names = words.filter(lambda text: len(text) <= 120)
addresses = st.sampled_from(
    [
        "https://example.org/{one}?q={two.x}",
        "javascript:alert(1)",
        "mailto:{one}",
        "{item.url}",
        "tel:{two}",
        "/help/",
    ]
)
buttons = st.lists(part(label=texts, link=st.one_of(addresses, words), says=texts), max_size=4)
cards = st.lists(
    part(
        title=texts,
        text=texts,
        picture=st.sampled_from(["", "x"]),
        alt=texts,
        buttons=buttons,
        each=st.sampled_from(["", *SLOTS]),
    ),
    max_size=2,
)
STEPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "say": part(text=texts, cards=cards, next=targets),
    "ask": st.tuples(part(False, slot=slots), part(again=st.booleans(), next=targets, otherwise=targets)).map(
        lambda pair: {**pair[0], **pair[1]}
    ),
    "form": st.tuples(
        part(text=texts, slots=st.lists(slots, max_size=3), again=st.booleans(), next=targets,
             otherwise=targets),  # fmt: skip
        st.lists(slots, max_size=2),
    ).map(lambda pair: {**pair[0], "optional": pair[1]}),
    "choose": part(
        text=texts, options=named("value", next=targets), slot=st.sampled_from(["", "one"]), most_asks=few
    ),
    "branch": part(cases=st.lists(part(False, when=conditions, next=targets), max_size=2), next=targets),
    "set": part(values=st.dictionaries(slots, scalars, max_size=2), next=targets),
    "act": part(action=names, given=st.dictionaries(words, words, max_size=2), confirm=texts, next=targets,
                takes=st.dictionaries(slots, words, max_size=2), failed=targets, declined=targets),
    "answer": part(question=texts, next=targets, unknown=targets),
    "handoff": part(text=texts, reason=st.sampled_from(["policy", "usage_limit"])),
    "call": st.tuples(keys, part(gives=st.dictionaries(slots, slots), takes=st.dictionaries(slots, slots),
                                 next=targets)).map(lambda pair: {"flow": pair[0], **pair[1]}),
    "end": part(text=texts, outcome=st.sampled_from(["done", "given_up"])),
}  # fmt: skip


def step(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(keys, words, STEPS[kind]).map(
        lambda one: {"id": one[0], "kind": kind, "note": one[1], **one[2]}
    )


steps = st.one_of(*(step(kind) for kind in STEPS))
whole = part(
    name=texts, description=texts, examples=lines, unlike=lines, when=conditions, begins=st.booleans(),
    any_language=st.booleans(),
    repair=st.sampled_from(["", "corrected", "failed"]), start=targets,
    slots=st.dictionaries(slots, drawn_slots, max_size=3),
    nodes=st.lists(steps, max_size=4, unique_by=lambda one: one["id"]),
    layout=st.dictionaries(keys, st.tuples(numbers, numbers), max_size=3),
)  # fmt: skip
graphs: st.SearchStrategy[Graph] = st.tuples(keys, whole).map(
    lambda pair: Graph.model_validate({"key": pair[0], **pair[1]})
)
