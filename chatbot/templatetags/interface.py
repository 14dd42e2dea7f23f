"""Tags that every page may use: `{% icon "send" %}`, `{% stylesheets "chat thread" %}`, `name|initials`,
`email|breakable`, `{% colon %}`."""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext

from chatbot.dates import day_in_words

register = template.Library()
_PARTS = re.compile(r"(\s+)")
_PLACES = re.compile(r"(?<=@)(?=.)|(?<=[^.]\.)(?=[^.])")


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """An icon of the sprite, hidden from screen readers: the control that holds it has a name."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra_class,
        static("icons/lucide.svg"),
        name,
    )


@register.simple_tag
def stylesheets(names: str) -> SafeString:
    """One link per component: `{% stylesheets "thread message" %}`."""
    sheets = ((static(f"css/{name}.css"),) for name in names.split())
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', sheets)


@register.simple_tag
def colon() -> str:
    """Between a name and what it is: in French no line breaks before it."""
    return pgettext("between a name and what it is", ": ")


@register.filter
def written_day(at: datetime) -> str:
    """ "1 December 2026", "1er décembre 2026"."""
    return day_in_words(localtime(at).date(), get_language() or settings.LANGUAGE_CODE, weekday=False)


@register.filter
def initials(name: object) -> str:
    """Up to two letters that stand for a name."""
    words = str(name).split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


@register.filter
def breakable(text: object) -> SafeString:
    """Addresses and references in a narrow column: broken behind “@” and dots, and at no hyphen."""
    return mark_safe("".join(map(_breakable, _PARTS.split(str(text)))))  # noqa: S308 (each part is escaped)


def _breakable(word: str) -> str:
    # In a number there is no place to break.
    pieces = _PLACES.split(word) if any(map(str.isalpha, word)) else [word]
    return "<wbr>".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    return f'<span class="whole">{escape(piece)}</span>' if "-" in piece[1:-1] else str(escape(piece))
