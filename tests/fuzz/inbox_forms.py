"""The forms and query strings of the staff's inbox and of the insights, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

_NARROWED = (
    "show q limit step days guidance behind assignee team labels reason language assistant rated since until "
    "order"
)
_DAYS = "range since until zone assistant language"
QUERIES = {
    "/staff/insights/": _DAYS + " topic",
    "/staff/insights/changes/": _DAYS + " skip",
    "/staff/insights/topics/{topic}/": _DAYS,
    "/staff/insights/export/conversations.csv": _DAYS,
    "/staff/jobs/": "state kind after",
    "/staff/": _NARROWED,
    "/staff/list/": _NARROWED,
    "/staff/filters/": _NARROWED,
    "/staff/replies/": "q",
    "/staff/together/all/": _NARROWED,
}
FORMS = {
    "/staff/insights/topics/{topic}/rename/": "name",
    "/staff/insights/topics/{topic}/merge/": "into",
    "/staff/jobs/import/{run}/retry/": "state kind after",
    "/staff/jobs/booking-mail/{run}/cancel/": "state kind after",
    "/staff/desk/": "available",
    "/staff/together/": "act conversation until",
    "/staff/together/all/": "act until list",
    "/staff/together/all/sure/": "act until list",
    "/staff/views/": "name query shared",
    "/staff/views/{view}/rename/": "name",
    "/staff/views/{view}/delete/": "name",
    "/staff/conversations/{carla}/assign/": "to",
    "/staff/conversations/{carla}/team/": "team",
    "/staff/conversations/{carla}/labels/": "add remove",
    "/staff/conversations/{carla}/put-off/": "until",
    "/staff/conversations/{carla}/wake/": "user",
    "/staff/conversations/{carla}/draft/ask/": "user",
    "/staff/conversations/{carla}/draft/7/dismiss/": "reason",
    "/staff/replies/new/": "title key shared team text_en text_fr",
    "/staff/replies/{canned}/": "title key shared team text_en text_fr",
    "/staff/replies/{canned}/delete/": "user",
    "/staff/replies/{canned}/used/": "user",
    "/staff/replies/preview/": "language text_en text_fr",
    "/admin/conversations/label/add/": "name colour about",
    "/admin/conversations/team/add/": (
        "name members order languages reasons shares_out reply_minutes resolve_minutes"
    ),
    "/staff/notifications/": "mail_reply browser_reply mail_due",
    "/staff/notifications/seen/": "user",
    "/staff/hours/": (
        "time_zone country region day_0 day_6 save look holidays-TOTAL_FORMS holidays-INITIAL_FORMS "
        "holidays-0-day holidays-0-name holidays-0-does holidays-0-hours "
        "days-TOTAL_FORMS days-INITIAL_FORMS days-0-day days-0-name days-0-does days-0-hours"
    ),
    "/staff/hours/teams/{team}/": "time_zone country region day_3 save days-TOTAL_FORMS days-INITIAL_FORMS",
    "/staff/hours/teams/{team}/forget/": "user",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/insights/topics/{topic}/rename/": {"name": "Parcels"},
    "/staff/views/": {"name": "Mine", "query": "show=all"},
    "/staff/together/": {"act": "put_off"},
    "/staff/together/all/": {"act": "put_off", "list": "show=all&labels=1"},
    "/staff/together/all/sure/": {"act": "assign:", "list": "q=hello&order=newest"},
    "/staff/replies/new/": {"title": "Bye", "text_en": "Bye, {customer}", "shared": "on"},
    "/staff/replies/{canned}/": {"title": "Hello", "text_fr": "Bonjour"},
    "/staff/replies/preview/": {"language": "en", "text_en": "Hello {customer}"},
    "/admin/conversations/label/add/": {"name": "Urgent", "colour": "red"},
    "/admin/conversations/team/add/": {"name": "Second line", "order": "1"},
    "/staff/notifications/": {
        f"mail_{kind}": "daily" for kind in ("waits", "given", "reply", "mention", "due")
    },
    "/staff/hours/": {
        "day_0": "9-17", "country": "FR", "time_zone": "Europe/Paris", "save": "1",
        "holidays-TOTAL_FORMS": "1", "holidays-INITIAL_FORMS": "0", "holidays-0-day": "2026-12-25",
        "holidays-0-does": "closed", "days-TOTAL_FORMS": "1", "days-INITIAL_FORMS": "0",
        "days-0-day": "2026-12-02", "days-0-hours": "9-12",
    },
    "/staff/hours/teams/{team}/": {"day_3": "9-17", "save": "1"},
}  # fmt: skip
