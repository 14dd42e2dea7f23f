"""The one door into the trail: one row, in the transaction of what it tells about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Value

from accounts.audit import standing
from accounts.audit.rows import AuditEntry
from accounts.audit.searching import spoken
from accounts.audit.withholding import HIDDEN, kept
from accounts.audit.words import Action, Via

if TYPE_CHECKING:
    from accounts.models import User

# Rows about customers. What stands in the trail can never be taken back, so they are named by number alone.
# A gap is called after what one of them asked.
OF_CUSTOMERS = {
    *("conversations", "bookings.booking"),
    *("evaluation.gap", "evaluation.reviewitem", "evaluation.correction", "training.customerexample"),
}


def record(
    action: Action,
    thing: models.Model | None = None,
    *,
    by: User | None = None,
    label: str = "",
    key: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    via: Via | None = None,
) -> None:
    """`by` is whoever is signed in where it is not given; `key` stands for a thing that is gone already."""
    request = standing.current()
    who = by or _signed_in(request)
    facts = _facts_of(thing, label, key)
    old, new = kept(before or {}), kept(after or {})
    name = str(who)[:160] if who else ""
    text = spoken(name, who.username if who else "", facts["label"], facts["key"], *_texts(old), *_texts(new))
    AuditEntry.objects.create(
        action=action, who=who, who_name=name, before=old, after=new, **facts,
        via=via or (standing.way_of(request) if request else Via.PAGE if who else Via.COMMAND),
        address=standing.shortened(request.META.get("REMOTE_ADDR", "")) if request else "",
        words=SearchVector(Value(text), config="simple"),
    )  # fmt: skip


def is_about_a_customer(thing: models.Model) -> bool:
    return thing._meta.app_label in OF_CUSTOMERS or thing._meta.label_lower in OF_CUSTOMERS


def masked(values: Mapping[str, Any]) -> dict[str, Any]:
    """That something was there, and not what."""
    return {name: HIDDEN if value else "" for name, value in values.items()}


def _signed_in(request: Any) -> User | None:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _facts_of(thing: models.Model | None, label: str, key: str) -> dict[str, str]:
    if thing is None:
        return {"app": "", "kind": "", "key": key[:64], "label": label[:200]}
    names = thing._meta
    key = key or str(thing.pk or "")
    if not label:
        label = f"#{key[:6]}" if is_about_a_customer(thing) else str(thing)
    label = label.replace("\x00", "")[:200]
    return {"app": names.app_label, "kind": names.model_name or "", "key": key[:64], "label": label}


def _texts(value: Any) -> list[str]:
    """Every word in these values."""
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
