"""Which language a socket is spoken to in: as LocaleMiddleware would choose for the page around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(scope: Mapping[str, Any]) -> str:
    """The language cookie, else the browser's wish, else the installation's language."""
    chosen = scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, "")
    header = dict(scope.get("headers", [])).get(b"accept-language", b"").decode("latin-1")
    wishes = [chosen, *(code for code, _ in parse_accept_lang_header(header))]
    return next((code for wish in wishes if wish and (code := _supported(wish))), settings.LANGUAGE_CODE)


def _supported(wish: str) -> str:
    try:
        return get_supported_language_variant(wish)
    except LookupError:
        return ""
