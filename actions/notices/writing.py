"""What staff are told: how many actions wait, which, and where to decide. Nothing that was given to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from actions import kinds
from actions.models import Call
from chatbot.mailing import Mail

MOST_NAMED = 10


def mail_of(user: User, calls: Sequence[Call], *, key: str) -> Mail:
    language = user.language or settings.LANGUAGE_CODE
    with override(language):
        count = len(calls)
        title = ngettext(
            "%(count)d action waits for approval", "%(count)d actions wait for approval", count
        ) % {"count": count}
        names = _names(calls)
        url = urljoin(f"{settings.PUBLIC_URL}/", reverse("admin:actions_call_approvals"))
        more = _("Customers are told what you decide. What nobody decides within a week is left undone.")
        context = {"title": title, "names": names, "more": more, "url": url}
        return Mail(
            key=key,
            to=user.email,
            subject=title,
            text="\n".join([title, "", *(f"- {name}" for name in names), "", more, "", url, ""]),
            html=get_template("admin/actions/call/mail.html").render(context),
            language=language,
        )


def _names(calls: Sequence[Call]) -> list[str]:
    """Each action once, with how often it waits."""
    counted = Counter(call.action for call in calls)
    names = []
    for action, times in counted.most_common(MOST_NAMED):
        declared = kinds.find(action)
        title = declared.title if declared else action
        names.append(f"{title} ({times})" if times > 1 else title)
    return names
