"""A warning at start-up when a model of the settings is known to be shut down."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.utils import timezone

from .choosing import configured_models
from .lifetimes import Lifetime, announced_end, warning


@register()
def check_lifetimes(**_: Any) -> list[CheckMessage]:
    """From the dates in lifetimes.py: a start must not wait for a provider."""
    found = [
        warning(Lifetime(model.name, announced_end(model)), timezone.localdate())
        for model in configured_models()
    ]
    return [Warning(words, id="causerie.W001") for words in found if words]
