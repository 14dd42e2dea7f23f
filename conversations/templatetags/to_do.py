"""What waits for whoever looks at a page, for its rail."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.template import Context

from accounts.models import User
from conversations.inbox.to_do import last_counted

register = template.Library()


@register.simple_tag(takes_context=True)
def what_waits(context: Context) -> Mapping[str, str]:
    """As it was counted last; pages with the list of conversations have counted theirs themselves."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return {}
    here = {"inbox": context["for_me_count"]} if "for_me_count" in context else {}
    return {**last_counted(user), **here}
