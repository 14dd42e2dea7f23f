"""The forms and query strings of the staff's inbox, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

_NARROWED = (
    "show q limit step days guidance assignee team labels reason language assistant rated since until order"
)
QUERIES = {
    "/staff/": _NARROWED,
    "/staff/list/": _NARROWED,
    "/staff/filters/": _NARROWED,
    "/staff/replies/": "q",
}
FORMS = {
    "/staff/desk/": "available",
    "/staff/together/": "act conversation until",
    "/staff/views/": "name query shared",
    "/staff/views/{view}/rename/": "name",
    "/staff/views/{view}/delete/": "name",
    "/staff/conversations/{carla}/assign/": "to",
    "/staff/conversations/{carla}/team/": "team",
    "/staff/conversations/{carla}/labels/": "add remove",
    "/staff/conversations/{carla}/put-off/": "until",
    "/staff/conversations/{carla}/wake/": "user",
    "/staff/replies/new/": "title key shared team text_en text_fr",
    "/staff/replies/{canned}/": "title key shared team text_en text_fr",
    "/staff/replies/{canned}/delete/": "user",
    "/staff/replies/{canned}/used/": "user",
    "/staff/replies/preview/": "language text_en text_fr",
    "/admin/conversations/label/add/": "name colour about",
    "/admin/conversations/team/add/": (
        "name members order languages reasons shares_out reply_minutes resolve_minutes "
        "hours-TOTAL_FORMS hours-INITIAL_FORMS hours-0-weekday hours-0-opens hours-0-closes"
    ),
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/views/": {"name": "Mine", "query": "show=all"},
    "/staff/together/": {"act": "put_off"},
    "/staff/replies/new/": {"title": "Bye", "text_en": "Bye, {customer}", "shared": "on"},
    "/staff/replies/{canned}/": {"title": "Hello", "text_fr": "Bonjour"},
    "/staff/replies/preview/": {"language": "en", "text_en": "Hello {customer}"},
    "/admin/conversations/label/add/": {"name": "Urgent", "colour": "red"},
    "/admin/conversations/team/add/": {
        "name": "Second line", "order": "1", "hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0",
    },
}  # fmt: skip
