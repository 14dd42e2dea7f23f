"""Checks at start-up: settings that contradict each other fail here, not in front of a customer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from chatbot.consistency import contradictions
from chatbot.outgoing.allowed import read_allowed


@register()
def check_consistency(**_: Any) -> list[CheckMessage]:
    """What consistency.py finds; what a single value must be is asked where it is read (variables.py)."""
    known = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    return [Error(words, id=f"causerie.{fault}") for fault, words in contradictions(known)]


@register()
def check_outgoing(**_: Any) -> list[CheckMessage]:
    try:
        read_allowed(tuple(settings.OUTGOING_ALLOWED))
    except ImproperlyConfigured as error:
        return [Error(str(error), id="causerie.E006")]
    return []


@register(Tags.security, deploy=True)
def check_mail(**_: Any) -> list[CheckMessage]:
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if not settings.EMAIL_HOST_PASSWORD or encrypted:
        return []
    words = "EMAIL_URL sends its password unencrypted: smtp+tls:// or smtps:// does not."
    return [Warning(words, id="causerie.W005")]
