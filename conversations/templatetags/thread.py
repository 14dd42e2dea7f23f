"""Tags of the thread: who speaks, what an event line says, a passage with its quote marked."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant import numbering
from chatbot.markdown import render_message, render_passage
from conversations import naming
from conversations.attachments import sizes
from conversations.event_lines import event_line as words_of
from conversations.naming import called
from conversations.quoting import with_quote_marked

register = template.Library()
register.filter("cited", numbering.cited)
register.filter("as_markdown", render_message)
OUTCOMES = {
    "answered": gettext_lazy("answered"),
    "asked_back": gettext_lazy("asked back"),
    "declined": gettext_lazy("declined"),
    "handoff": gettext_lazy("handed over"),
    "guided": gettext_lazy("guided by a flow"),
}


register.simple_tag(naming.speaker)
register.filter(sizes.size_words)


@register.simple_tag
def event_line(message: Any, audience: str) -> str:
    return words_of(message, audience=audience)


@register.simple_tag
def author_name(message: Any, audience: str) -> str:
    """Of a member of staff; empty when the reader may not know it."""
    return called(message.author, audience=audience)


@register.simple_tag
def scores() -> list[tuple[int, str]]:
    """The scores of a whole conversation, worst first."""
    return list(enumerate([_("Very bad"), _("Bad"), _("Fair"), _("Good"), _("Very good")], 1))


@register.filter
def passage(citation: Any) -> SafeString:
    """The passage as sanitised HTML, the quoted words marked."""
    return mark_safe(with_quote_marked(citation.passage, citation.quote, render_passage))  # noqa: S308


@register.filter
def outcome_words(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))
