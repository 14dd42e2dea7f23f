"""What members of staff are called: among themselves by name or login, before customers never by a login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from assistant.models import Assistant
    from conversations.models import Message


def called(person: User | None, *, audience: str) -> str:
    """Empty when there is no name that this audience ("customer" or "staff") may read."""
    if person is None:
        return ""
    return str(person) if audience == "staff" else person.first_name.strip()


def someone(*, audience: str) -> str:
    """For whoever has no such name. Stands at the beginning of a sentence, or alone."""
    return _("A colleague") if audience == "staff" else _("Someone from the team")


def speaker(message: Message, assistant: Assistant, audience: str) -> str:
    """Whose words these are, as the reader would say."""
    if message.kind == "customer":
        return _("Customer") if audience == "staff" else _("You")
    if message.kind == "assistant":
        return str(assistant.name)
    who = called(message.author, audience=audience) or someone(audience=audience)
    return _("Note by %(name)s") % {"name": who} if message.kind == "note" else who
