"""The forms and query strings of bookings, for test_forms.py."""

from __future__ import annotations

from typing import Any

QUERIES = {
    "/staff/bookings/": "view day person",
    "/staff/bookings/new/": "at day person",
    "/admin/bookings/service/": "q p o active__exact",
    "/admin/bookings/person/": "q p o active__exact",
    "/admin/bookings/hours/": "q p o weekday__exact person__id__exact",
    "/admin/bookings/closure/": "q p o person__id__exact first_day__year first_day__month",
}
FORMS = {
    "/staff/bookings/new/": "service day time person name email phone language note key",
    "/staff/bookings/{booking}/move/": "day time person",
    "/staff/bookings/{booking}/cancel/": "status",
    "/staff/bookings/{booking}/mark/": "status",
    "/admin/bookings/service/add/": (
        "names_en names_fr key minutes before after step notice change_notice ahead people active prices_en "
        "places_fr"
    ),
    "/admin/bookings/service/{service}/change/": "names_en key minutes step people",
    "/admin/bookings/person/add/": (
        "name email time_zone active hours-TOTAL_FORMS hours-INITIAL_FORMS hours-0-weekday hours-0-opens "
        "hours-0-closes"
    ),
    "/admin/bookings/hours/add/": "person weekday opens closes",
    "/admin/bookings/closure/add/": "name person first_day last_day begins ends",
    "/admin/bookings/closure/public-holidays/": "country year _form_submitted",
}
_SERVICE = {"names_en": "Repair", "key": "mend", "minutes": "30", "before": "0", "after": "0", "step": "15",
            "notice": "0", "change_notice": "0", "ahead": "60"}  # fmt: skip
VALID: dict[str, dict[str, Any]] = {
    "/staff/bookings/new/": {"service": "{service}", "day": "2030-12-02", "time": "10:00", "name": "Zoe",
                             "language": "fr", "key": "one"},
    "/staff/bookings/{booking}/move/": {"day": "2030-12-02", "time": "10:00"},
    "/admin/bookings/service/add/": _SERVICE,
    "/admin/bookings/service/{service}/change/": _SERVICE,
    "/admin/bookings/person/add/": {"name": "Zoe", "hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0",
                                    "hours-0-weekday": "1", "hours-0-opens": "09:00",
                                    "hours-0-closes": "17:00"},
    "/admin/bookings/hours/add/": {"weekday": "1", "opens": "09:00", "closes": "17:00"},
    "/admin/bookings/closure/add/": {"first_day": "2030-12-24", "last_day": "2030-12-26"},
    "/admin/bookings/closure/public-holidays/": {"country": "FR", "year": "2030", "_form_submitted": "1"},
}  # fmt: skip
