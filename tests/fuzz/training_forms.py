"""The forms and query strings of training, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

QUERIES = {
    "/staff/training/messages/": "show page",
    "/staff/training/{training}/mixed/": "of began",
}
FORMS = {
    "/staff/training/policy/": "by_itself",
    "/staff/training/start/": "user",
    "/staff/training/unpin/": "user",
    "/staff/training/messages/{example}/decide/": "wish flow text show",
    "/staff/training/{training}/use/": "user",
    "/staff/training/{training}/back/": "user",
    "/staff/training/{training}/set-aside/": "user",
    "/staff/training/{training}/cancel/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/training/policy/": {"by_itself": "no"},
    "/staff/training/messages/{example}/decide/": {"wish": "flow", "flow": "hello", "text": "Hello you"},
}
