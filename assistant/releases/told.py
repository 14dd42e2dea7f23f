"""What is said where settings and flows are edited: that customers get a release, and not what is edited."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from assistant.models import Assistant, Serving


def said_of_releases(assistant: Assistant | None = None) -> str:
    """Of this assistant, or of all that customers get a release of; "" where each change counts at once."""
    rows = Serving.objects.now().exclude(release=None).select_related("assistant", "release")
    rows = rows.defer("release__router", "release__contents")
    told: list[Any] = list(
        rows.filter(assistant=assistant) if assistant else rows.order_by("assistant__name")
    )
    if not told:
        return ""
    names = ", ".join(
        _("release %(number)d of %(assistant)s") % {"number": row.release.number, "assistant": row.assistant}
        for row in told
    )
    words = _(
        "Customers get %(releases)s: changes of name, colour, greetings, objective, models, sources, "
        "guidance and flows reach them with the next release. Articles, tools, opening hours, questions "
        "before the chat and what customers may send count at once."
    )
    return words % {"releases": names}
