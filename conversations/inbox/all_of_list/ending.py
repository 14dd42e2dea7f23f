"""The end of what was done to a whole list: whoever is concerned is told, once."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from conversations.inbox.all_of_list.rows import ListWork
from conversations.inbox.together import Outcome
from conversations.notifying import kinds
from conversations.notifying.many import tell_of_many
from conversations.notifying.telling import tell

LONGEST = 300  # of a link behind the bell
State = ListWork.State


def end(work: ListWork, state: str, error: str = "") -> None:
    """For whoever holds the row. What failed keeps its keys, since it can be gone on with."""
    about = f"list:{work.pk}"
    tell_of_many(work.told, by=work.user, about=about)
    work.state, work.error, work.ended_at, work.told = state, error, timezone.now(), {}
    fields = ["state", "error", "ended_at", "told"]
    if state != State.FAILED:
        work.keys = []
        fields.append("keys")
    work.save(update_fields=fields)
    tell(work.user, kind=kinds.MANY.key, about=about, link=_link(work), words=lambda: in_words(work))


def in_words(work: ListWork) -> str:
    """What came of it, or how far it is."""
    came = str(Outcome(work.at - work.failed, work.failed))
    if work.state in ListWork.OPEN:
        return _("%(done)s of %(total)s conversations") % _numbers(work)
    if work.state == State.CANCELLED:
        return " ".join(filter(None, [_("Stopped."), came]))
    if work.state == State.FAILED:
        stopped = _("It stopped after %(done)s of %(total)s conversations: %(why)s")
        return stopped % {**_numbers(work), "why": why(work.error)}
    return came


def why(error: str) -> str:
    return {
        "gone": _("what they were to be given is no longer there."),
        "interrupted": _(
            "it was interrupted several times. An editor can have it go on, under “Background work”."
        ),
    }.get(error, error)


def _numbers(work: ListWork) -> dict[str, str]:
    numbers = {"done": work.at, "total": work.total}
    return {name: number_format(number, force_grouping=True) for name, number in numbers.items()}


def _link(work: ListWork) -> str:
    inbox = reverse("conversations:inbox")
    link = f"{inbox}?{work.query}" if work.query else inbox
    return link if len(link) <= LONGEST else inbox
