"""What is done to whole lists, as the page of jobs lists it (chatbot/jobs.py)."""

from __future__ import annotations

from django.db.models import Case, F, Func, TextField, Value, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from conversations.inbox.all_of_list import asking
from conversations.inbox.all_of_list.ending import why
from conversations.inbox.all_of_list.rows import ListWork

State = ListWork.State


def _trouble(error: str) -> Trouble:
    return Trouble(capfirst(why(error)))


def _page(query: str) -> str:
    return f"{reverse('conversations:inbox')}?{query}"


KIND = Kind(
    key="whole-list",
    title=_("Something done to a whole list"),
    icon="list-checks",
    permission="",
    rows=lambda: ListWork.objects.defer("keys"),
    states={
        State.QUEUED: jobs.QUEUED,
        State.RUNNING: jobs.RUNNING,
        State.DONE: jobs.DONE,
        State.FAILED: jobs.FAILED,
        State.CANCELLED: jobs.CANCELLED,
    },
    sorts={
        "resolve": _("A whole list resolved"),
        "put_off": _("A whole list put off"),
        "assign": _("A whole list assigned"),
        "team": _("A whole list given to a team"),
        "label": _("A label put on a whole list"),
        "unlabel": _("A label taken off a whole list"),
    },
    columns={
        "sort": Func(F("act"), Value(":"), Value(1), function="SPLIT_PART", output_field=TextField()),
        "what": "user__username",
        "target": "query",
        "at": "asked_at",
        "ended": "ended_at",
        "due": Case(When(state=State.QUEUED, then="due_at")),
        "error": "error",
        "tries": "tries",
        "done": "at",
        "total": "total",
    },
    trouble=_trouble,
    revived=_(
        "Looked for every ten seconds. One whose worker stopped is gone on with after a minute and a half."
    ),
    page=_page,
    retry=lambda key: asking.again(int(key)),
    cancel=lambda key: asking.stop(int(key)),
    cancelled=frozenset({jobs.QUEUED, jobs.RUNNING}),
)
