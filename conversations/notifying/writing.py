"""The mail that tells a member of staff what they have not seen, with a way to have no more of them."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from chatbot.mailing import Mail
from conversations.models import NoticeMail, Notification

SALT = "conversations.notifying.stop"


def unseen_of(mail: NoticeMail) -> list[Notification]:
    return list(mail.notifications.filter(seen_at=None).order_by("created_at", "pk"))


def mail_of(mail: NoticeMail) -> Mail:
    user = mail.user
    with override(user.language or settings.LANGUAGE_CODE):
        told = unseen_of(mail)
        many = ngettext("%(count)d thing waits for you", "%(count)d things wait for you", len(told))
        title = told[0].words if len(told) == 1 else many % {"count": len(told)}
        entries = [{"words": one.words, "url": absolute(one.link)} for one in told]
        choose, stop = absolute(reverse("conversations:notifications")), stop_address(user.pk)
        more = _("What you are told, and how, you choose here: %(url)s") % {"url": choose}
        none = _("No more mails like this: %(url)s") % {"url": stop}
        lines = [f"- {one['words']}\n  {one['url']}" for one in entries]
        return Mail(
            key=f"notices-{mail.pk}",
            to=user.email,
            subject=title,
            text="\n".join([title, "", *lines, "", more, none, ""]),
            html=get_template("conversations/notifying/mail.html").render(
                {"title": title, "entries": entries, "choose": choose, "stop": stop}
            ),
            language=user.language or settings.LANGUAGE_CODE,
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            },
        )


def absolute(path: str) -> str:
    return urljoin(f"{settings.PUBLIC_URL}/", path)


def stop_address(user_id: int) -> str:
    token = signing.dumps(user_id, salt=SALT)
    return absolute(reverse("conversations:stop-notices", args=[token]))


def whose(token: str) -> int | None:
    """Mails are kept for years, so it does not expire; it can do nothing but stop mails."""
    try:
        return int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
