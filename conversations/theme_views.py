"""The assistant's accent as a stylesheet: the strict Content-Security-Policy allows no inline style."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from assistant.models import Assistant
from conversations import accent


@cache_control(public=True, max_age=86_400)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """The page asks with the colour in the query, so that a new colour is a new address."""
    assistant = get_object_or_404(Assistant, slug=slug)
    return HttpResponse(stylesheet(assistant.accent), content_type="text/css")


def stylesheet(colour: str) -> str:
    """Custom properties that replace those of static/css/tokens.css."""
    light, dark = accent.light(colour), accent.dark(colour)
    names = {"accent": "accent", "accent-hover": "hover", "on-accent": "on_accent"}
    names |= {"accent-ink": "ink", "accent-soft": "soft", "accent-line": "line"}
    lines = (
        f"  --{name}: light-dark({getattr(light, of)}, {getattr(dark, of)});" for name, of in names.items()
    )
    return ":root {\n" + "\n".join(lines) + "\n}\n"
