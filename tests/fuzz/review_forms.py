"""The forms and query strings of reviews and corrections, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

QUERIES = {
    "/staff/review/": "state reason whose language like",
    "/staff/review/{answer}/": "state reason whose language like",
    "/staff/review/export.jsonl": "state reason whose language like",
    "/staff/review/corrections/": "state",
}
FORMS = {
    "/staff/review/{answer}/judge/": "verdict remark",
    "/staff/review/{answer}/assign/": "to",
    "/staff/review/{answer}/pass-over/": "user",
    "/staff/review/{answer}/put-back/": "user",
    "/staff/review/{answer}/another/": "user",
    "/staff/review/{answer}/correct/": (
        "question with_before verdict outcome right_answer facts cause title document rule step remark "
        "publish"
    ),
    "/staff/review/corrections/{correction}/check/": "user",
    "/staff/review/corrections/{correction}/publish/": "user",
    "/staff/review/corrections/{correction}/accept/": "user",
    "/staff/review/corrections/{correction}/withdraw/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/review/{answer}/judge/": {"verdict": "right"},
    "/staff/review/{answer}/correct/": {
        "question": "Dogs?", "verdict": "incorrect", "outcome": "answered", "cause": "missing",
        "right_answer": "Dogs are welcome.", "publish": "1",
    },
}  # fmt: skip
