"""Checks at start-up: time limits that contradict each other fail here, not in front of a customer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

# Each must be smaller than the next: the inner limit ends first, and the outer one never has to.
ORDERED = [
    ("REPLY_BUDGET_SECONDS", "TURN_MAX_SECONDS"),
    ("TURN_HEARTBEAT_SECONDS", "TURN_LEASE_SECONDS"),
    ("CELERY_TASK_SOFT_TIME_LIMIT", "CELERY_TASK_TIME_LIMIT"),
]


@register()
def check_time_limits(**_: Any) -> list[CheckMessage]:
    """Provider < turn, heartbeat < lease, soft < hard < redelivery."""
    found: list[CheckMessage] = [
        _error(f"{inner} must be smaller than {outer}.", "causerie.E001")
        for inner, outer in ORDERED
        if _value(inner) >= _value(outer)
    ]
    if settings.TURN_HEARTBEAT_SECONDS * 2 > settings.TURN_LEASE_SECONDS:
        words = "TURN_LEASE_SECONDS must outlast two heartbeats, or one late heartbeat loses an answer."
        found.append(_error(words, "causerie.E002"))
    visible: Any = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout", 3600)
    if visible <= settings.CELERY_TASK_TIME_LIMIT:
        words = "The broker's visibility_timeout must outlast CELERY_TASK_TIME_LIMIT, or tasks run twice."
        found.append(_error(words, "causerie.E003"))
    return found


@register()
def check_counts(**_: Any) -> list[CheckMessage]:
    names = (
        "RESPONDER_PERMITS",
        "TURN_MAX_ATTEMPTS",
        "MESSAGES_PER_MINUTE",
        "MESSAGES_PER_MINUTE_PER_ADDRESS",
        "SESSIONS_PER_MINUTE_PER_ADDRESS",
        "TRANSCRIPTS_PER_HOUR",
        "TRANSCRIPTS_PER_HOUR_PER_ADDRESS",
    )
    return [_error(f"{name} must be at least 1.", "causerie.E004") for name in names if _value(name) < 1]


@register(Tags.security, deploy=True)
def check_mail(**_: Any) -> list[CheckMessage]:
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if not settings.EMAIL_HOST_PASSWORD or encrypted:
        return []
    words = "EMAIL_URL sends its password unencrypted: smtp+tls:// or smtps:// does not."
    return [Warning(words, id="causerie.W005")]


def _value(name: str) -> float:
    return float(getattr(settings, name))


def _error(words: str, id_: str) -> Error:
    return Error(words, id=id_)
