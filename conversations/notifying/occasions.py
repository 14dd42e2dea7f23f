"""What happens in conversations and is told to staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conversations.inbox import sharing
from conversations.live import company
from conversations.models import Conversation, Message, Owner, Status, Team
from conversations.notifying import kinds
from conversations.notifying.many import is_gathered
from conversations.notifying.telling import tell_all

MOST = 50  # of a team
SOON = timedelta(minutes=10)  # before a reply is due
LATE = timedelta(hours=1)  # after it, nobody is told any more


def about(conversation: Conversation) -> str:
    return f"conversation:{conversation.pk}"


def waits(conversation: Conversation) -> None:
    """Its team, or without one whoever takes conversations. By mail only where none of them is there."""
    somebody = sharing.there(conversation.team).exists()
    what = "left" if conversation.owner == Owner.ASSISTANT else "waits"
    _tell(_those_of(conversation.team), kinds.WAITS, conversation, what, by_mail=not somebody)


def given(conversation: Conversation, *, to: User, by: User | None = None) -> None:
    if by is None or by.pk != to.pk:
        _tell([to], kinds.GIVEN, conversation, "given")


def taken(conversation: Conversation, *, from_: User, by: User) -> None:
    """Whoever answered until now, unless they have it open and see it."""
    if from_.pk not in company.there(str(conversation.pk)):
        _tell([from_], kinds.TAKEN, conversation, "taken", by=str(by))


def taken_off(conversation: Conversation, *, from_: User | None, by: User, to: str = "") -> None:
    """Whoever had it until now, when somebody else gives it to another, to a team, or to nobody (`to`)."""
    theirs = from_ is None or from_.pk in (by.pk, conversation.assignee_id)
    if from_ is None or theirs or from_.pk in company.there(str(conversation.pk)):
        return
    _tell([from_], kinds.TAKEN, conversation, "passed" if to else "taken_off", by=str(by), to=to)


def replied(message: Message) -> None:
    """A customer to whoever answers them, unless they have it open."""
    conversation = message.conversation
    to = conversation.assignee
    if to is not None and to.pk not in company.there(str(conversation.pk)):
        _tell([to], kinds.REPLY, conversation, "reply", at=message.pk)


def mentioned(note: Message, users: Iterable[User]) -> None:
    here = company.there(str(note.conversation_id))
    away = [user for user in users if user.pk not in here]
    _tell(away, kinds.MENTION, note.conversation, "mention", by=str(note.author or ""), at=note.pk)


def tell_what_is_due() -> int:
    """Whoever sees to it, or its team, that a first reply is due soon; once. Beat runs it."""
    now = timezone.now()
    due = Conversation.objects.filter(
        status=Status.WAITING, reply_due_at__gt=now - LATE, reply_due_at__lte=now + SOON
    ).select_related("assignee", "team", "customer")
    for conversation in due:
        users = [conversation.assignee] if conversation.assignee else _those_of(conversation.team)
        _tell(users, kinds.DUE, conversation, "due", once=f"{conversation.reply_due_at:%Y-%m-%dT%H:%M:%S}")
    return len(due)


def _those_of(team: Team | None) -> list[User]:
    """Who has said that they take none is not told of what waits."""
    staff = User.objects.filter(is_active=True).exclude(desk__available=False)
    if team is not None and team.members.exists():
        staff = staff.filter(teams=team)
    return list(staff.order_by("pk")[:MOST])


def _tell(
    users: list[User], kind: kinds.Kind, conversation: Conversation, what: str, *, once: str = "",
    by_mail: bool = True, by: str = "", to: str = "", at: int = 0,
) -> None:  # fmt: skip
    """`at`: the message at which the conversation opens; 0 for its end."""
    if is_gathered(users, what):
        return
    link = reverse("conversations:conversation", args=[conversation.pk]) + (f"#message-{at}" if at else "")
    tell_all(
        users, kind=kind.key, about=about(conversation), link=link, once=once, by_mail=by_mail,
        words=lambda: _words(what) % {"who": conversation.customer, "by": by, "to": to},
    )  # fmt: skip


def _words(what: str) -> str:
    return {
        "waits": _("%(who)s waits for a person"),
        "left": _("%(who)s left a message"),
        "given": _("The conversation with %(who)s was given to you"),
        "taken": _("%(by)s answers %(who)s now, instead of you"),
        "passed": _("%(by)s gave your conversation with %(who)s to %(to)s"),
        "taken_off": _("%(by)s took the conversation with %(who)s off you"),
        "reply": _("%(who)s has answered you"),
        "mention": _("%(by)s mentions you in a note about %(who)s"),
        "due": _("A reply to %(who)s is due soon"),
    }[what]
