"""Mails of a queue as a kind of job: the same states, troubles and ways out for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, F, When
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot import jobs
from chatbot.jobs import Kind, Trouble
from chatbot.mail_queue import FAILED, MOST_ATTEMPTS, QUEUED, SENT, MailQueue

STOPPED = "cancelled_by_staff"
STATES = {QUEUED: jobs.QUEUED, SENT: jobs.DONE, FAILED: jobs.FAILED}
REVIVED = gettext_lazy(
    "Mails that wait are looked for every 30 seconds; one whose worker stopped is tried again within "
    "six minutes."
)


def mails(
    queue: MailQueue[Any],
    *,
    key: str,
    title: Promise,
    permission: str,
    what: Any,
    states: Mapping[str, str] = STATES,
    forgets: bool = False,
    target: str = "pk",
    page: Callable[[str], str] = jobs.no_page,
) -> Kind:
    """`forgets`: what has failed does not know any more where it was to go, and cannot be tried again."""

    columns = {
        "what": what,
        "target": target,
        "at": "created_at",
        "ended": "ended_at",
        "due": Case(When(rung_at=None, then="due_at")),
        "alive": Case(When(rung_at__isnull=False, due_at__gt=Now(), then="rung_at")),
        "error": "error",
        "tries": F("attempts"),
    }
    return Kind(
        key=key,
        title=title,
        icon="mail",
        permission=permission,
        rows=queue.rows._default_manager.all,
        states=states,
        columns=columns,
        trouble=trouble,
        revived=REVIVED,
        page=page,
        retry=lambda mail_id: queue.try_again(mail_id, failed=not forgets),
        retried=frozenset({jobs.QUEUED} if forgets else {jobs.FAILED, jobs.QUEUED}),
        cancel=lambda mail_id: queue.stop(mail_id, error=STOPPED),
    )


def trouble(code: str) -> Trouble:
    """A code of chatbot.mailing.MailError, with the server's number behind it, in words."""
    name, _space, number = code.partition(" ")
    found = _reasons().get(name)
    if found is None:
        return Trouble(code)
    return Trouble(f"{found.why} ({number})" if number else found.why, found.cure)


def _reasons() -> dict[str, Trouble]:
    settings = _("Look at EMAIL_URL and DEFAULT_FROM_EMAIL in the settings.")
    server = _("Look at the mail server, then try again.")
    return {
        "not_set_up": Trouble(_("No mail server is set up."), _("Set EMAIL_URL, then try again.")),
        "recipient_refused": Trouble(
            _("The mail server refuses this mailbox."), _("Ask the customer for another address.")
        ),
        "sign_in_refused": Trouble(_("The mail server refuses our name or password."), settings),
        "sender_refused": Trouble(_("The mail server refuses our address as the sender."), settings),
        "message_refused": Trouble(_("The mail server refuses this message."), server),
        "not_supported": Trouble(_("The mail server cannot do what is asked of it."), settings),
        "server_failed": Trouble(_("The mail server had an error of its own."), server),
        "unreachable": Trouble(
            _("The mail server cannot be reached."), _("Look whether it runs and whether EMAIL_URL is right.")
        ),
        "worker_stopped": Trouble(
            _("The worker stopped each time before it was sent (%(times)d times).")
            % {"times": MOST_ATTEMPTS},
            _("Look into the worker’s log."),
        ),
        "broken": Trouble(_("An error in the program"), _("Look into the worker’s log.")),
        STOPPED: Trouble(_("Somebody of the staff has cancelled it.")),
    }
