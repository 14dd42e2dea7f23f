"""Transcripts by e-mail and summaries of handoffs, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistant.models import Assistant
from assistant.own_models import models_of
from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from chatbot.mail_jobs import STATES, mails
from conversations.inbox import summing_up
from conversations.inbox.all_of_list.job_kind import KIND as LIST_WORK
from conversations.inbox.briefing import HANDED_OVER
from conversations.leaving.sending import queue as replies
from conversations.models import Message, ReplyDraft, Status
from conversations.notifying.sending import queue as notices
from conversations.posting import record
from conversations.transcripts.sending import queue
from llm.choosing import chat_model_for
from llm.errors import REASONS

# Customers are named by number alone, as in the trail.
NUMBER = Concat(Value("#"), Left(Cast("conversation_id", TextField()), 6))


def _page(conversation: str) -> str:
    return reverse("conversations:conversation", args=[conversation])


def _summaries() -> QuerySet[Any]:
    """Of those who wait now. Where no assistant has a model, none is ever written."""
    lines = Message.objects.filter(
        kind=Message.Kind.EVENT,
        data__code__in=HANDED_OVER,
        data__has_key="brief",
        conversation__status=Status.WAITING,
        conversation__waiting_since__gte=timezone.now() - summing_up.LATEST,
    ).annotate(
        phase=Case(
            When(Q(data__has_key="summary"), then=Value("written")),
            When(Q(data__asked__tries__gte=summing_up.MOST_TRIES), then=Value("failed")),
            default=Value("waiting"),
        )
    )
    active = Assistant.objects.filter(active=True)
    written = any(chat_model_for("rewrite", models_of(assistant)) for assistant in active)
    return lines if written else lines.none()


def _again(message_id: str) -> bool:
    line = _summaries().filter(pk=message_id, phase="failed").first()
    if line is None:
        return False
    with record(line.conversation_id) as writing:
        current = Message.objects.get(pk=line.pk)
        writing.touch(current, data={name: one for name, one in current.data.items() if name != "asked"})
    return True


def _trouble(_error: str) -> Trouble:
    return Trouble(
        gettext("The model has not written one in three attempts."),
        gettext(
            "Whoever takes over reads the record instead. Look at the model in the settings, then try again."
        ),
    )


def _draft_rows() -> QuerySet[Any]:
    """Those that somebody waits for, and what was made; the others were overtaken before they were."""
    overtaken = Q(state__in=ReplyDraft.OPEN) & ~Q(outcome=ReplyDraft.Outcome.PENDING)
    return ReplyDraft.objects.exclude(overtaken)


def _draft_trouble(error: str) -> Trouble:
    why = REASONS.get(error.partition(":")[0])
    return Trouble(
        capfirst(str(why)) if why else error, gettext("Ask for another one beside the conversation.")
    )


NEEDLESS = {**STATES, "needless": jobs.CANCELLED}
KINDS = [
    LIST_WORK,
    Kind(
        key="draft",
        title=_("Reply suggested to staff"),
        icon="wand-sparkles",
        permission="",
        rows=_draft_rows,
        states={
            ReplyDraft.State.ASKED: jobs.QUEUED,
            ReplyDraft.State.WRITING: jobs.RUNNING,
            ReplyDraft.State.READY: jobs.DONE,
            ReplyDraft.State.NOTHING: jobs.DONE,
            ReplyDraft.State.FAILED: jobs.FAILED,
        },
        columns={
            "what": NUMBER,
            "target": "conversation_id",
            "at": "asked_at",
            "ended": "made_at",
            "due": Case(When(state=ReplyDraft.State.ASKED, then="due_at")),
            "error": "error",
            "tries": "tries",
        },
        trouble=_draft_trouble,
        revived=_(
            "Those that wait are looked for every five seconds; one whose worker stopped is written anew "
            "after a minute and a half, three times at most."
        ),
        page=_page,
    ),
    mails(
        replies,
        key="reply-mail",
        title=_("Reply by e-mail to a message that was left"),
        permission="",
        what=Concat(Value("#"), Left(Cast("left__conversation_id", TextField()), 6)),
        states=NEEDLESS,
        target="left__conversation_id",
        page=_page,
    ),
    mails(
        notices,
        key="notice-mail",
        title=_("Mail to a member of staff"),
        permission="accounts.change_user",
        what="user__username",
        states=NEEDLESS,
    ),
    mails(
        queue,
        key="transcript-mail",
        title=_("Transcript by e-mail"),
        permission="",
        what=NUMBER,
        forgets=True,
        target="conversation_id",
        page=_page,
    ),
    Kind(
        key="summary",
        title=_("Summary of a handoff"),
        icon="message-square-text",
        permission="",
        rows=_summaries,
        state="phase",
        states={"waiting": jobs.QUEUED, "written": jobs.DONE, "failed": jobs.FAILED},
        columns={
            "what": NUMBER,
            "target": "conversation_id",
            "at": "created_at",
            "error": Case(When(phase="failed", then=Value("tries"))),
            "tries": "data__asked__tries",
        },
        trouble=_trouble,
        revived=_(
            "Those who wait are looked for every five seconds, for half an hour; three attempts for each."
        ),
        page=_page,
        retry=_again,
    ),
]
