"""What the command palette can do with the conversation that is open: its page's own controls, pressed from
there, so that nothing is done in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from conversations.inbox.palette_found import Found
from conversations.models import Conversation, Label, Owner, Status

PUT_OFF = "[data-put-off={}]"


def acts(conversation: Conversation, user: User, *, named: bool) -> Iterator[Found]:
    """As it stands now. The page says so where somebody else was quicker. `named`: also those that are found
    by their names alone, since there may be many."""
    labels = _labels(conversation)
    yield _who_answers(conversation, user)
    yield Found(_("Write a reply"), "reply", control="[name=mode][value=reply]", key="r")
    yield Found(_("Write a note"), "sticky-note", control="[name=mode][value=note]", key="n")
    if conversation.assignee_id != user.pk:
        yield Found(_("Assign to me"), "user-round", control="#assign", value=str(user.pk))
    yield Found(_("Assign"), "user-round", control="#assign", key="a")
    if not all(label.is_on for label in labels):
        yield Found(_("Label"), "tag", control="#label-picker", key="l")
    yield from _when(conversation)
    if conversation.status != Status.RESOLVED:
        yield Found(_("Resolve"), "circle-check", control="#resolve", key="e")
    if named:
        yield from _moments(conversation)
        yield from map(_on_or_off, labels)


def _who_answers(conversation: Conversation, user: User) -> Found:
    here = conversation.owner == Owner.PERSON and conversation.status == Status.OPEN
    if here and conversation.assignee_id == user.pk:
        words = _("Hand back to %(name)s") % {"name": conversation.assistant.name}
        return Found(words, "undo-2", control="#next:not([data-take-over])")
    return Found(_("Take over"), "hand", control="[data-take-over]", key="t")


def _when(conversation: Conversation) -> Iterator[Found]:
    if conversation.status == Status.RESOLVED:
        return
    if conversation.status == Status.SNOOZED:
        yield Found(_("Take up again"), "history", control="button#put-off-title")
        return
    yield Found(_("Put off"), "clock", control="#put-off", key="h")


def _moments(conversation: Conversation) -> Iterator[Found]:
    if conversation.status not in (Status.RESOLVED, Status.SNOOZED):
        for way, words in _ways():
            yield Found(words, "clock", control=PUT_OFF.format(way))


def _labels(conversation: Conversation) -> list[Any]:
    """All there are, each with whether it is on."""
    has = Conversation.labels.through.objects.filter(conversation=conversation.pk, label=OuterRef("pk"))
    return list(Label.objects.annotate(is_on=Exists(has)))


def _on_or_off(label: Any) -> Found:
    words = _("Take off “%(name)s”") if label.is_on else _("Put on “%(name)s”")
    control = f"#label-{'off' if label.is_on else 'on'}-{label.pk}"
    return Found(words % {"name": label.name}, "tag", control=control)


def _ways() -> tuple[tuple[str, str], ...]:
    """Those of templates/conversations/inbox/_put_off.html."""
    return (
        ("hour", _("Put off for an hour")),
        ("tomorrow", _("Put off until tomorrow")),
        ("monday", _("Put off until Monday")),
        ("customer", pgettext("what to do", "Put off until the customer writes")),
    )
