"""The forms and query strings of the pages of flows, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

QUERIES = {
    "/staff/flows/": "q page show put_away",
    "/staff/flows/hello/customers/": "days version",
    "/staff/flows/new-flow/": "starter",
    "/staff/flows/hello/compare/": "from to",
    "/staff/flows/standard-words/": "language",
}
FORMS = {
    "/staff/flows/new-flow/": "name starter languages",
    "/staff/flows/new-flow/from-yaml/": "text file",
    "/staff/flows/hello/remove/": "do",
    "/staff/flows/standard-words/": "ask unknown take_your_time back",
    "/staff/flows/hello/bring-back/": "user",
    "/staff/flows/everyday-troubles/failed/open/": "user",
    "/staff/flows/everyday-troubles/failed/delivered/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/flows/new-flow/from-yaml/": {"text": "key: lamps"},
    "/staff/flows/new-flow/": {"name": "Lamps", "starter": "branch", "languages": ["en"]},
}
