"""Flows that Hypothesis draws to be walked: every way a step can lead, few names, so that the parts meet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from flows.graph import Graph
from flows.run import Facts

NAMES = ["a", "b", "c", "d"]
SLOTS = ["one", "two", "three"]
FLOWS = ["first", "second"]
TROUBLES = ["corrected", "cancelled", "resumed", "not_understood", "failed", "too_late", "human"]
targets = st.sampled_from([*NAMES, "", "nowhere"])
slots = st.sampled_from(SLOTS)
text = st.dictionaries(
    st.sampled_from(["en", "fr"]), st.sampled_from(["Hello {one}", "{", "{slots.two} {x.y}"])
)
values = st.sampled_from(["x", "2026-12-01", "7", 7, True, {"amount": "3", "currency": "EUR"}, ["l"], ""])
tests = st.fixed_dictionaries(
    {
        "fact": st.sampled_from(["slots.one", "slots.two", "customer.verified", "time.hour"]),
        "op": st.sampled_from(["is", "is_not", "above", "known", "unknown", "contains", "one_of"]),
        "value": st.sampled_from(["x", 7, True, None]),
    }
)
conditions = st.one_of(tests, st.builds(lambda one: {"not": one}, tests))
item = st.dictionaries(
    st.sampled_from(["en", "fr"]), st.sampled_from(["Hello {one}", "{item}", "{item.label}"])
)
buttons = st.lists(
    st.fixed_dictionaries(
        {"label": item, "link": st.sampled_from(["", "https://a.org/{one}", "{item.url}"]), "says": item}
    ),
    max_size=2,
)
cards = st.lists(
    st.fixed_dictionaries(
        {"title": item, "text": item, "buttons": buttons, "each": st.sampled_from(["", *SLOTS])}
    ),
    max_size=2,
)
cases = st.fixed_dictionaries({"when": conditions, "next": targets})
options = st.lists(
    st.fixed_dictionaries({"value": st.sampled_from(["p", "q"]), "next": targets}),
    max_size=2,
    unique_by=lambda one: one["value"],
)
# What an action brings, by name: a list to choose from, something, nothing.
BROUGHT = {"id": 1, "list": [{"value": "p", "label": "P"}, "q"], "none": None}


def node(kind: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **parts})


act = node(
    "act",
    action=st.sampled_from(["do", "always_asks"]),
    given=st.just({"x": "{one}"}),
    takes=st.dictionaries(slots, st.sampled_from(["", "id", "list", "list.0.value", "none", "nowhere.1"])),
    confirm=text,
    next=targets,
    failed=targets,
    declined=targets,
    pending=targets,
)
nodes = st.one_of(
    node("say", text=text, cards=cards, next=targets),
    node("ask", slot=slots, again=st.booleans(), next=targets, otherwise=targets),
    node(
        "form",
        text=text,
        slots=st.lists(slots, max_size=3),
        optional=st.lists(slots, max_size=2),
        again=st.booleans(),
        next=targets,
        otherwise=targets,
    ),
    node("choose", text=text, options=options, slot=st.sampled_from(["", "one"]), otherwise=targets),
    node("branch", cases=st.lists(cases, max_size=2), next=targets),
    node("set", values=st.dictionaries(slots, st.sampled_from(["{two}", "x", 7, None])), next=targets),
    act,
    node("answer", question=text, next=targets, unknown=targets),
    node("handoff", text=text),
    node(
        "call",
        flow=st.sampled_from([*FLOWS, "nowhere"]),
        gives=st.dictionaries(slots, slots),
        takes=st.dictionaries(slots, slots),
        next=targets,
    ),
    node("end", text=text),
)
drawn_slots = st.fixed_dictionaries(
    {"kind": st.sampled_from(["text", "yes_no", "date", "money", "moment", "choice", "file"])},
    optional={
        "remembered": st.booleans(),
        "offered": st.sampled_from(["", *SLOTS]),
        "choices": st.just([{"value": "p", "label": {"en": "Pea"}}, {"value": "q"}]),
        "valid": conditions,
        "future": st.booleans(),
        "most_asks": st.integers(1, 2),
    },
)


@st.composite
def flows(draw: st.DrawFn, key: str, repair: str = "") -> Graph:
    made = draw(st.lists(nodes, min_size=1, max_size=len(NAMES)))
    return Graph.model_validate(
        {
            "key": key,
            "start": draw(targets),
            "repair": repair,
            "begins": draw(st.booleans()) if not repair else False,
            "when": draw(st.one_of(st.none(), conditions)),
            "slots": draw(st.dictionaries(slots, drawn_slots, max_size=3)),
            "nodes": [{**one, "id": name} for name, one in zip(NAMES, made, strict=False)],
        }
    )


# Two flows, and perhaps one in the place of ours for some everyday trouble.
of_a_company = st.tuples(
    flows("first"),
    flows("second"),
    st.one_of(st.none(), st.sampled_from(TROUBLES).flatmap(lambda trouble: flows("own", trouble))),
).map(lambda drawn: tuple(one for one in drawn if one is not None))

facts = st.builds(
    Facts,
    st.integers(0, 48).map(lambda hours: datetime(2026, 11, 28, 10) + timedelta(hours=hours)),
    st.sampled_from(["en", "fr"]),
    st.sampled_from([{"verified": True}, {"verified": False}, {}]),
    forms=st.sampled_from([True, True, False]),
)
