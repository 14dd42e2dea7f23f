"""The forms and query strings of releases, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

QUERIES = {
    "/staff/releases/": "assistant model page",
    "/staff/releases/{release}/": "with",
    "/staff/releases/of/{assistant}/live/": "release",
}
FORMS = {
    "/staff/releases/of/{assistant}/make/": "note model",
    "/staff/releases/of/{assistant}/policy/": "suites at_least rolls_back",
    "/staff/releases/of/{assistant}/end-trial/": "user",
    "/staff/releases/of/{assistant}/roll-back/": "user",
    "/staff/releases/of/{assistant}/settings/": "seen despite",
    "/staff/releases/of/{assistant}/settings/run/": "user",
    "/staff/releases/{release}/publish/": "to share despite",
    "/staff/releases/{release}/bring-back/": "user",
    "/staff/releases/{release}/run/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/releases/of/{assistant}/policy/": {"at_least": "90"},
    "/staff/releases/{release}/publish/": {"to": "share", "share": "10"},
}
