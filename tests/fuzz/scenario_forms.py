"""What the pages of scenarios read."""

from __future__ import annotations

from typing import Any

from evaluation.script_yaml import EXAMPLE

QUERIES = {
    "/admin/evaluation/scenario/": "q p o situation__exact enabled__exact language__exact origin__exact",
}
FORMS = {
    "/admin/evaluation/scenario/": "action _selected_action select_across index",
    "/admin/evaluation/scenario/add/": "text enabled",
    "/admin/evaluation/scenario/{scenario}/change/": "text enabled",
    "/admin/evaluation/scenario/{scenario}/run/": "text",
    "/admin/evaluation/scenario/trial/": "script",
}
VALID: dict[str, dict[str, Any]] = {
    "/admin/evaluation/scenario/add/": {"text": EXAMPLE, "enabled": "on"},
    "/admin/evaluation/scenario/{scenario}/change/": {"text": EXAMPLE},
}
