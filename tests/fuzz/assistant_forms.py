"""What the page of an assistant reads, with its greetings and what it asks before the chat."""

from __future__ import annotations

from typing import Any

QUERIES: dict[str, str] = {}
FORMS = {
    "/admin/assistant/assistant/add/": (
        "name slug company accent template tasks languages sources answer_model most_files largest_file "
        "welcomes-TOTAL_FORMS welcomes-INITIAL_FORMS welcomes-0-language welcomes-0-greeting "
        "introduction-TOTAL_FORMS introduction-INITIAL_FORMS introduction-0-kind introduction-0-key "
        "introduction-0-label_en introduction-0-options_en introduction-0-options_fr introduction-0-position "
        "introduction-1-kind introduction-1-key introduction-1-label_en introduction-1-label_fr"
    ),
}
_WELCOMES = {"welcomes-TOTAL_FORMS": "0", "welcomes-INITIAL_FORMS": "0"}
_QUESTIONS = {
    "introduction-TOTAL_FORMS": "2", "introduction-INITIAL_FORMS": "0",
    "introduction-0-kind": "choice", "introduction-0-position": "1",
    "introduction-0-label_en": "What is it about?", "introduction-0-options_en": "A lamp\nA parcel",
    "introduction-1-kind": "name", "introduction-1-position": "2",
}  # fmt: skip
VALID: dict[str, dict[str, Any]] = {
    "/admin/assistant/assistant/add/": {
        "name": "Ada", "slug": "ada", "accent": "#123456", "languages": ["en"], "largest_file": "10",
        "template": "questions", "most_files": "5", **_WELCOMES, **_QUESTIONS,
    },
}  # fmt: skip
