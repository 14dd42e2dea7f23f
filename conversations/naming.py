"""What members of staff are called: among themselves by name or login, before customers never by a login."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User


def called(person: User | None, *, audience: str) -> str:
    """Empty when there is no name that this audience ("customer" or "staff") may read."""
    if person is None:
        return ""
    return str(person) if audience == "staff" else person.first_name.strip()


def someone(*, audience: str) -> str:
    """For whoever has no such name. Stands at the beginning of a sentence, or alone."""
    return _("A colleague") if audience == "staff" else _("Someone from the team")
