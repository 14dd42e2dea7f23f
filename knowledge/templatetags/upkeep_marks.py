"""What two articles say, on the upkeep page: their beginnings, or the words that differ marked."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from knowledge.chunking import plain_text
from knowledge.terms import fold

BEGINNING = 1000  # characters
register = template.Library()


@register.filter
def plain(body: str) -> str:
    """The beginning of an article without Markdown's marks."""
    return plain_text(body[:BEGINNING])


@register.filter
def marked(said: str, value: str) -> SafeString:
    """`value` is folded; where folding changes lengths, nothing is marked rather than something wrong."""
    at = fold(said).find(value) if value and len(fold(said)) == len(said) else -1
    if at < 0:
        return format_html("{}", said)
    end = at + len(value)
    return format_html("{}<mark>{}</mark>{}", said[:at], said[at:end], said[end:])
