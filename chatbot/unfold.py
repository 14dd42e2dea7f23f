"""How the admin site looks and what its menu holds (django-unfold).

The settings import this, and `make run` reads them before it starts anything: Django's larger parts are
imported where they are used.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

Entry = tuple[Any, str, str]  # title, icon, name of the address
# What waits to be decided, shown as a number beside an entry of the menu.
BADGES = {
    "admin:knowledge_document_upkeep": "knowledge.upkeep.listing.waiting",
    "admin:knowledge_document_proposals": "knowledge.admin.proposal_pages.waiting",
    "admin:actions_call_approvals": "actions.admin.approval_pages.waiting",
}
# Pages below the articles that have an entry of their own.
BELOW_ARTICLES = ("upkeep", "proposals")


def _among_articles(request: HttpRequest) -> bool:
    from django.urls import reverse

    others = tuple(reverse(f"admin:knowledge_document_{page}") for page in BELOW_ARTICLES)
    articles = reverse("admin:knowledge_document_changelist")
    return request.path.startswith(articles) and not request.path.startswith(others)


def _among_calls(request: HttpRequest) -> bool:
    from django.urls import reverse

    calls, approvals = reverse("admin:actions_call_changelist"), reverse("admin:actions_call_approvals")
    return request.path.startswith(calls) and not request.path.startswith(approvals)


ACTIVE = {
    "admin:knowledge_document_changelist": _among_articles,
    "admin:actions_call_changelist": _among_calls,
}


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu; what is not installed, or not for this person, is left out."""
    groups = [
        (
            _("Knowledge"),
            [
                (_("Articles"), "article", "admin:knowledge_document_changelist"),
                (_("Categories"), "folder_open", "admin:knowledge_category_changelist"),
                (_("Upkeep"), "rule", "admin:knowledge_document_upkeep"),
                (_("Changes to approve"), "rate_review", "admin:knowledge_document_proposals"),
                (_("Sources"), "database", "admin:knowledge_source_changelist"),
                (_("Synonyms"), "sync_alt", "admin:knowledge_synonyms_changelist"),
                (_("Imports"), "upload_file", "admin:knowledge_importrun_changelist"),
                (_("Gaps"), "contact_support", "admin:evaluation_gap_changelist"),
                (_("Background work"), "manage_search", "admin:knowledge_job_changelist"),
            ],
        ),
        (
            _("Assistant"),
            [
                (_("Assistants"), "smart_toy", "admin:assistant_assistant_changelist"),
                (_("Guidance"), "tune", "admin:assistant_guidance_changelist"),
                (_("Scenarios"), "checklist", "admin:evaluation_scenario_changelist"),
            ],
        ),
        *_systems(),
        (_("Conversations"), _sorting(request)),
        (_("People"), _people(request)),
        (_("Elsewhere"), _elsewhere()),
    ]
    waiting = _waiting(request)
    shown = [{"title": title, "items": _items(entries, waiting)} for title, entries in groups]
    return [{**group, "separator": at > 0} for at, group in enumerate(shown) if group["items"]]


def _systems() -> list[tuple[Any, list[Entry]]]:
    """What the assistant does beside answering."""
    return [
        (
            _("Actions"),
            [
                (_("Tools"), "build", "admin:actions_tool_changelist"),
                (_("MCP servers"), "hub", "admin:actions_mcpserver_changelist"),
                (_("Actions to approve"), "approval", "admin:actions_call_approvals"),
                (_("Calls"), "receipt_long", "admin:actions_call_changelist"),
            ],
        ),
        (
            _("Bookings"),
            [
                (_("Services"), "home_repair_service", "admin:bookings_service_changelist"),
                (_("People to book"), "badge", "admin:bookings_person_changelist"),
                (_("Opening hours"), "schedule", "admin:bookings_hours_changelist"),
                (_("Closures"), "event_busy", "admin:bookings_closure_changelist"),
            ],
        ),
    ]


def _elsewhere() -> list[Entry]:
    return [
        (_("Inbox"), "inbox", "conversations:inbox"),
        (_("Review"), "rate_review", "evaluation:review"),
        (_("Insights"), "monitoring", "insights:page"),
        (_("Calendar"), "calendar_month", "bookings:calendar"),
        (_("Playground"), "science", "assistant:playground"),
        (_("Help centre"), "help", "knowledge:home"),
    ]


def _people(request: HttpRequest) -> list[Entry]:
    allowed = request.user.has_perm("accounts.view_user")
    entries = [
        (_("Staff"), "group", "admin:accounts_user_changelist"),
        (_("Who did what"), "history", "accounts:audit"),
    ]
    return entries if allowed else []


def _sorting(request: HttpRequest) -> list[Entry]:
    rows = [
        ("conversations.view_label", (_("Labels"), "label", "admin:conversations_label_changelist")),
        ("assistant.view_assistant", (_("Business hours"), "schedule", "conversations:hours")),
        ("conversations.view_team", (_("Teams"), "groups", "admin:conversations_team_changelist")),
    ]
    return [entry for permission, entry in rows if request.user.has_perm(permission)]


def _waiting(request: HttpRequest) -> dict[str, int]:
    """How much waits behind each of the BADGES: every page of the admin site asks, so it is one statement."""
    from django.utils.module_loading import import_string

    from chatbot.counting import how_many

    return how_many({name: import_string(path)(request) for name, path in BADGES.items()})


def _items(entries: list[Entry], waiting: dict[str, int]) -> list[dict[str, Any]]:
    from django.urls import NoReverseMatch, reverse

    items = []
    for title, icon, name in entries:
        with suppress(NoReverseMatch):
            item: dict[str, Any] = {"title": title, "icon": icon, "link": reverse(name)}
            if name in ACTIVE:
                item["active"] = ACTIVE[name]
            if waiting.get(name):
                item["badge"] = waiting[name]
            items.append(item)
    return items


def _static(path: str) -> Any:
    """What Unfold calls for the address of a static file."""

    def address(_request: HttpRequest) -> str:
        from django.templatetags.static import static

        return static(path)

    return address


# The accent of the product (static/css/tokens.css), from light to dark.
_ACCENT = {
    "50": "oklch(97.5% .02 175)",
    "100": "oklch(94.5% .035 175)",
    "200": "oklch(89% .055 175)",
    "300": "oklch(82% .075 175)",
    "400": "oklch(70% .085 175)",
    "500": "oklch(58% .085 174)",
    "600": "oklch(48.5% .078 173)",
    "700": "oklch(42% .068 173)",
    "800": "oklch(35% .055 174)",
    "900": "oklch(29% .043 175)",
    "950": "oklch(21% .03 176)",
}

# Slightly warm greys.
_NEUTRAL = {
    "50": "oklch(98.5% .004 85)",
    "100": "oklch(96.2% .006 85)",
    "200": "oklch(90.5% .008 85)",
    "300": "oklch(86% .01 85)",
    "400": "oklch(70% .012 80)",
    "500": "oklch(54% .014 78)",
    "600": "oklch(44% .014 75)",
    "700": "oklch(37% .012 74)",
    "800": "oklch(28% .009 74)",
    "900": "oklch(21% .006 75)",
    "950": "oklch(15% .005 75)",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Causerie",
    "SITE_HEADER": "Causerie",
    "SITE_SUBHEADER": _("Knowledge and settings"),
    "SITE_URL": "/staff/",
    "SITE_SYMBOL": "forum",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _static("icons/favicon.svg")}],
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "8px",
    "COLORS": {"primary": _ACCENT, "base": _NEUTRAL},
    "STYLES": [
        _static("knowledge/admin.css"),
        _static("knowledge/admin-panels.css"),
        _static("knowledge/import.css"),
        _static("knowledge/import-rows.css"),
        _static("evaluation/gaps.css"),
        _static("evaluation/scenarios.css"),
        _static("knowledge/upkeep.css"),
        _static("assistant/guidance.css"),
        _static("assistant/introduction.css"),
        _static("knowledge/proposals.css"),
        _static("actions/admin.css"),
    ],
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": navigation,
    },
}
