"""What an entry is about: what its kind is called, and where the thing is."""

from __future__ import annotations

from contextlib import suppress

from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from accounts.audit.rows import AuditEntry
from accounts.audit.words import Action

# Pages of their own: the name of the address, and the name of its argument.
PAGES = {
    "flows.flow": ("flows:editor", "key"),
    "conversations.conversation": ("conversations:conversation", "pk"),
    "bookings.booking": ("bookings:booking", "pk"),
    "insights.topic": ("insights:topic", "pk"),
    "training.training": ("training:training", "pk"),
    "training.searchtraining": ("training:search-training", "pk"),
    "knowledge.proposal": ("admin:knowledge_document_proposal", "pk"),
}
# Kinds of which rows are told, and which have no page in the admin site.
BESIDE = [
    *PAGES,
    "flows.standardword",
    "training.policy",
    "training.searchpolicy",
    "training.customerexample",
]


def address_of(entry: AuditEntry) -> str:
    """Where the thing is; "" for one that is gone, or that has no page."""
    label = f"{entry.app}.{entry.kind}"
    if not entry.kind or not entry.key or entry.key == "-" or entry.action == Action.DELETED:
        return ""
    name, argument = PAGES.get(label, (f"admin:{entry.app}_{entry.kind}_change", ""))
    with suppress(NoReverseMatch):
        return reverse(name, kwargs={argument: entry.key}) if argument else reverse(name, args=[entry.key])
    return ""


def named(entry: AuditEntry) -> str:
    """As it was called then; what is called by its number, in the language of whoever reads this."""
    with suppress(LookupError, ValueError):
        called = getattr(apps.get_model(entry.app, entry.kind), "called", None)
        if called is not None and entry.key.isdecimal():
            return str(called(entry.key))
    return entry.label


def kind_in_words(app: str, kind: str) -> str:
    try:
        return capfirst(str(apps.get_model(app, kind)._meta.verbose_name))
    except (LookupError, ValueError):
        return kind


def kinds() -> list[tuple[str, str]]:
    """Those that the trail may tell of, by their names."""
    ours = {model._meta.label_lower for model in admin.site._registry} | set(BESIDE)
    return sorted(
        ((label, kind_in_words(*label.split("."))) for label in ours), key=lambda one: one[1].lower()
    )
