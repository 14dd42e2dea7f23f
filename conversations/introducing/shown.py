"""The questions before the chat as a page shows them, and what is said of an answer that cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from assistant.introduction.asked import Asked, Kind
from assistant.models import Assistant
from chatbot.markdown import render_message
from conversations.introducing import checking
from conversations.introducing.asking import has_begun, open_questions
from conversations.models import Conversation
from flows.form_controls import controls_of

WORDS: dict[str, Promise] = {
    checking.NEEDED: _("This is needed."),
    checking.TOO_LONG: _("This is too long. Please shorten it."),
    checking.NO_ADDRESS: _("We cannot send mail to this address. Please check it."),
    checking.NO_OPTION: _("Please choose one of these."),
}
KINDS = {Kind.NAME: "text", Kind.EMAIL: "email", Kind.TEXT: "text", Kind.CHOICE: "choice"}
AUTOFILL = {Kind.NAME: "name", Kind.EMAIL: "email"}


def introduction_view(conversation: Conversation, language: str) -> dict[str, Any] | None:
    """What is to be asked before this conversation begins; None for nothing. `html` is the form, and the same
    as data, for clients that draw it by themselves, are the `fields` (protocol.FieldView)."""
    asked = [] if has_begun(conversation) else open_questions(conversation)
    if not asked:
        return None
    required = any(one.required for one in asked)
    fields = [_field(one, language) for one in asked]
    words = _above(conversation.assistant, language)
    with override(language):
        controls = [
            {**control, "most": checking.LONGEST[one.kind]}
            for one, control in zip(
                asked, controls_of({"kind": "form", "fields": fields}, language), strict=True
            )
        ]
        shown = {"controls": controls, "required": required, "words": render_message(words) if words else ""}
        html = render_to_string("conversations/_introduction.html", shown)
    return {"required": required, "words": words, "fields": fields, "html": html}


def wrong_words(wrong: Mapping[str, str], language: str) -> dict[str, str]:
    with override(language):
        return {key: str(WORDS[code]) for key, code in wrong.items()}


def _above(assistant: Assistant, language: str) -> str:
    welcome = assistant.welcome_in(language)
    return welcome.introduction.strip() if welcome else ""


def _field(asked: Asked, language: str) -> dict[str, Any]:
    options = asked.options_in(language)
    return {
        "name": asked.key,
        "label": asked.label_in(language),
        "kind": KINDS[asked.kind],
        "required": asked.required,
        "choices": [{"value": value, "label": label} for value, label in options.items()],
        "long": False,
        "autofill": AUTOFILL.get(asked.kind, ""),
        "written": "",
        "why": "",
    }
