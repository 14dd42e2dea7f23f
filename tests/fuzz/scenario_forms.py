"""What the pages of scenarios read."""

from __future__ import annotations

from typing import Any

from evaluation.script_yaml import EXAMPLE

QUERIES = {
    "/admin/evaluation/scenario/": (
        "q p o situation__exact enabled__exact language__exact origin__exact suite__id__exact"
    ),
    "/staff/evaluation/": "suite model page",
    "/staff/evaluation/over-time/": "series",
    "/staff/evaluation/{evaluation_run}/": "which judge",
}
FORMS = {
    "/admin/evaluation/scenario/": "action _selected_action select_across index",
    "/admin/evaluation/scenario/add/": "text suite enabled",
    "/admin/evaluation/scenario/{scenario}/change/": "text suite enabled",
    "/staff/evaluation/run/": (
        "suites assistant version release other_release model against other_model run times"
    ),
    "/staff/evaluation/suites/{suite}/": "name about",
    "/staff/evaluation/suites/take-in/": "files",
    "/staff/evaluation/from/{answer}/": "text suite new_suite another",
    "/admin/evaluation/scenario/{scenario}/run/": "text",
    "/admin/evaluation/scenario/trial/": "script",
}
VALID: dict[str, dict[str, Any]] = {
    "/admin/evaluation/scenario/add/": {"text": EXAMPLE, "enabled": "on"},
    "/admin/evaluation/scenario/{scenario}/change/": {"text": EXAMPLE},
    "/staff/evaluation/run/": {"suites": "rest", "version": "model", "times": "1"},
    "/staff/evaluation/suites/{suite}/": {"name": "Returns"},
}
