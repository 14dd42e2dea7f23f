"""The mail that tells a customer that an answer was put right: what was asked, and what is right."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from assistant.releases.as_served import as_served
from chatbot.mail_queue import MailQueue
from chatbot.mailing import Mail
from chatbot.markdown import words_of
from evaluation.corrections.rows import CorrectionMail


class CorrectionMails(MailQueue[CorrectionMail]):
    rows = CorrectionMail
    task = "evaluation.tasks.send_correction"
    related = ("message__turn__question", "correction__assistant")
    forgotten = {"email": ""}  # where it was to go is needed for nothing else

    def written(self, row: CorrectionMail) -> Mail:
        return mail_of(row)


queue = CorrectionMails()


def mail_of(row: CorrectionMail) -> Mail:
    """In the customer's language, with their own words and not those that staff have made of them."""
    with override(row.language):
        correction, turn = row.correction, row.message.turn
        asked = turn.question.text if turn else correction.question
        title = _("%(assistant)s: we have corrected an answer") % {
            "assistant": as_served(correction.assistant).name
        }
        chat = reverse("conversations:chat", args=[correction.assistant.slug])
        said = {
            "lead": _("You told us that our answer was not helpful. Thank you: we have put it right."),
            "asked": _("You asked: %(question)s") % {"question": asked},
            "answer": words_of(correction.right_answer),
            "url": urljoin(f"{settings.PUBLIC_URL}/", chat),
            "why": _(
                "You receive this because you left your address with your complaint. It has not been kept."
            ),
        }
        chat_line = _("Open the chat: %(url)s") % {"url": said["url"]}
        parts = [said["lead"], said["asked"], said["answer"], chat_line, said["why"]]
        return Mail(
            key=f"correction-{row.pk}",
            to=row.email,
            subject=title,
            text="\n\n".join(parts) + "\n",
            html=get_template("evaluation/correction_mail.html").render({"title": title, **said}),
            language=get_language() or row.language,
        )
