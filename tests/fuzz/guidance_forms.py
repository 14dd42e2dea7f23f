"""What the pages of guidance read."""

from __future__ import annotations

from typing import Any

_ROW = (
    "assistant kind text enabled position about by_meaning language hours who forbidden topics words_en "
    "words_fr"
)
QUERIES = {
    "/admin/assistant/guidance/": "q p o kind__exact enabled__exact assistant__id__exact",
}
FORMS = {
    "/admin/assistant/guidance/": (
        "action _selected_action select_across index form-TOTAL_FORMS form-INITIAL_FORMS form-0-id "
        "form-0-position form-0-enabled"
    ),
    "/admin/assistant/guidance/add/": _ROW,
    "/admin/assistant/guidance/{guidance}/change/": _ROW,
    "/admin/assistant/guidance/try/": f"{_ROW} row try-question try-answer try-signed_in try-time",
    "/admin/evaluation/scenario/guidance/{guidance}/": "wish scenario",
}
_VALID = {"kind": "rule", "text": "Tell them about Corsica", "position": "1"}
VALID: dict[str, dict[str, Any]] = {
    "/admin/assistant/guidance/add/": _VALID,
    "/admin/assistant/guidance/{guidance}/change/": _VALID,
    "/admin/assistant/guidance/try/": _VALID | {"try-question": "How long?"},
    "/admin/evaluation/scenario/guidance/{guidance}/": {"wish": "link"},
}
