"""The mail that brings what staff answered to somebody who left a message, in their language."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from assistant.releases.as_served import as_served
from chatbot.mailing import Mail
from chatbot.markdown import render_message
from conversations.models import Message, ReplyMail
from conversations.naming import speaker
from conversations.tokens import LINK_DAYS, make_link


def replies(row: ReplyMail) -> QuerySet[Message]:
    """All that it tells of; before it is sent, all since the first."""
    said = Message.objects.filter(conversation=row.left.conversation_id, kind=Message.Kind.PERSON)
    said = said.filter(seq__gte=row.first).order_by("seq").select_related("author")
    return said.filter(seq__lte=row.upto) if row.upto else said


def mail_of(row: ReplyMail) -> Mail:
    conversation = row.left.conversation
    assistant = as_served(conversation.assistant, str(conversation.pk))
    with override(row.left.language):
        said = [(speaker(one, assistant, "customer"), one) for one in replies(row)]
        title = _("%(company)s has answered you") % {"company": assistant.company or assistant.name}
        address = reverse("conversations:link", args=[make_link(conversation.pk)])
        chat = urljoin(f"{settings.PUBLIC_URL}/", address)
        more = ngettext(
            "To answer, open your conversation, in any browser. The link works for %(days)s day; whoever has "
            "it can read the conversation and write in it.",
            "To answer, open your conversation, in any browser. The link works for %(days)s days; whoever "
            "has it can read the conversation and write in it.",
            LINK_DAYS,
        ) % {"days": LINK_DAYS}
        why = _("You receive this because your address was left with a message in our chat.")
        entries = [{"who": who, "html": render_message(one.text)} for who, one in said]
        shown = {"title": title, "entries": entries, "more": more, "why": why, "chat_url": chat}
        lines = [f"{who}:\n{one.text.strip()}" for who, one in said]
        return Mail(
            key=f"reply-{row.pk}",
            to=row.left.email,
            subject=title,
            text="\n\n".join([title, *lines, more, chat, why]) + "\n",
            html=get_template("conversations/reply_mail.html").render(shown),
            language=row.left.language,
        )
