"""The assistant's accent as a stylesheet: the strict Content-Security-Policy allows no inline style."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from assistant.models import Assistant
from assistant.releases.as_served import all_served, as_served
from conversations import accent


@cache_control(public=True, max_age=86_400)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """The page asks with the colour in the query, so that a new colour is a new address; during a trial some
    conversations have another one than most."""
    assistant = get_object_or_404(Assistant, slug=slug)
    asked = f"#{request.META.get('QUERY_STRING', '')}"
    known = {one.accent for one in all_served(assistant)}
    return HttpResponse(
        stylesheet(asked if asked in known else as_served(assistant).accent), content_type="text/css"
    )


def stylesheet(colour: str) -> str:
    """Custom properties that replace those of static/css/tokens.css."""
    light, dark = accent.light(colour), accent.dark(colour)
    names = {"accent": "accent", "accent-hover": "hover", "on-accent": "on_accent"}
    names |= {"accent-ink": "ink", "accent-soft": "soft", "accent-line": "line"}
    lines = (
        f"  --{name}: light-dark({getattr(light, of)}, {getattr(dark, of)});" for name, of in names.items()
    )
    return ":root {\n" + "\n".join(lines) + "\n}\n"
