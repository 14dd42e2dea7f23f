"""The forms and query strings of training, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.fuzz.values import TEXT

QUERIES = {
    "/staff/training/examples/": "page",
    "/staff/training/examples/{dataset}/examples/": "show why origin language q page",
    "/staff/training/messages/": "show page",
    "/staff/training/{training}/mixed/": "of began",
    "/staff/training/search/{search_training}/questions/": "part side cell",
}
FORMS = {
    "/staff/training/examples/new/": (
        "name assistant form origins languages since until held_out most before seed supported"
    ),
    "/staff/training/examples/{dataset}/cancel/": "user",
    "/staff/training/examples/{dataset}/again/": "user",
    "/staff/training/examples/{dataset}/copy/": "user",
    "/staff/training/examples/{dataset}/count/": "user",
    "/staff/training/examples/{dataset}/delete/": "user",
    "/staff/training/examples/{dataset}/{learned}/set-aside/": "show why origin language q page",
    "/staff/training/examples/{dataset}/{learned}/take-back/": "show why origin language q page",
    "/staff/training/policy/": "by_itself",
    "/staff/training/start/": "user",
    "/staff/training/unpin/": "user",
    "/staff/training/messages/{example}/decide/": "wish flow text show",
    "/staff/training/search/start/": "user",
    "/staff/training/search/policy/": "by_itself",
    "/staff/training/search/usual/": "user",
    "/staff/training/search/{search_training}/use/": "user",
    "/staff/training/search/{search_training}/back/": "user",
    "/staff/training/search/{search_training}/set-aside/": "user",
    "/staff/training/search/{search_training}/cancel/": "user",
    "/staff/training/{training}/use/": "user",
    "/staff/training/{training}/back/": "user",
    "/staff/training/{training}/set-aside/": "user",
    "/staff/training/{training}/cancel/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/training/examples/new/": {
        "name": "Autumn",
        "assistant": "{assistant}",
        "form": "chat",
        "origins": ["review"],
        "languages": ["en"],
        "held_out": "15",
        "most": "25",
        "before": "4",
        "seed": "1",
    },
    "/staff/training/policy/": {"by_itself": "no"},
    "/staff/training/search/policy/": {"by_itself": "no"},
    "/staff/training/messages/{example}/decide/": {"wish": "flow", "flow": "hello", "text": "Hello you"},
}
# Of a new dataset, most of what its form takes.
CHOSEN = {
    "name": TEXT,
    "form": st.sampled_from(["chat", "preference"]),
    "origins": st.lists(st.sampled_from(["review", "correction", "staff"]), min_size=1),
    "languages": st.lists(st.sampled_from(["en", "fr"])),
    "since": st.sampled_from(["", "0001-01-01", "2020-02-29", "9999-12-31"]),
    "until": st.sampled_from(["", "9999-12-31"]),
    "held_out": st.sampled_from(["0", "50"]),
    "most": st.sampled_from(["0", "1", "1000"]),
    "before": st.sampled_from(["0", "20"]),
    "seed": st.sampled_from(["0", "2147483647"]),
    "supported": st.just("on"),
}
