"""Who sees to a conversation: a team, a member of staff, or whoever comes first.

Who answers is another question (handoff.py): while the assistant does, it goes on until the member of staff
replies or takes over.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts import audit
from accounts.models import Role, User
from conversations.inbox import sharing, targets
from conversations.models import Conversation, Owner, Status, Team
from conversations.notifying import occasions
from conversations.posting import Record, record
from conversations.refusals import Refused


def assign(*, conversation_id: UUID, user: User, to: User | None) -> Conversation:
    """Give it to a member of staff, or to nobody in particular. Raises Refused "not_allowed" for somebody who
    may not talk with customers."""
    if to is not None and not to.may(Role.AGENT):
        raise Refused("not_allowed")
    with record(conversation_id) as writing:
        if writing.conversation.assignee_id != (to.pk if to else None):
            _assign(writing, user=user, to=to)
        return writing.conversation


def _assign(writing: Record, *, user: User, to: User | None) -> None:
    talking, before = _a_person_talks(writing.conversation), writing.conversation.assignee
    _kept(writing, user, {"assignee": str(before or "")}, {"assignee": str(to or "")})
    if to is None:
        # The customer talks with nobody now: somebody else is to come.
        writing.change(assignee=None, **(_waits_from_now(writing.conversation) if talking else {}))
        writing.post_log("unassigned", author=user)
        occasions.taken_off(writing.conversation, from_=before, by=user)
        return
    writing.change(assignee=to)
    occasions.given(writing.conversation, to=to, by=user)
    occasions.taken_off(writing.conversation, from_=before, by=user, to=str(to))
    if talking:  # which the customer is to know
        writing.post_event("passed_on", author=to, name=str(to), by=str(user))
    else:
        writing.post_log("assigned", author=user, to=str(to))


def give_to_team(*, conversation_id: UUID, user: User, team: Team | None) -> Conversation:
    """What waits is given to one of its members, where the team does so in turn."""
    with record(conversation_id) as writing:
        conversation = writing.conversation
        if conversation.team_id != (team.pk if team else None):
            waits, before = conversation.status == Status.WAITING, conversation.assignee
            _kept(writing, user, {"team": str(conversation.team or "")}, {"team": str(team or "")})
            writing.change(team=team)
            writing.post_log("team", author=user, to=str(team) if team else "")
            if waits:
                writing.change(assignee=None, **targets.due(team, conversation.waiting_since))
                _share(writing, user)
                occasions.taken_off(conversation, from_=before, by=user, to=str(team or ""))
        return conversation


def _share(writing: Record, user: User) -> None:
    """To one of the team in turn, or to whoever of it comes first."""
    if given := sharing.give_in_turn(writing):
        writing.post_log("given", to=str(given))
        occasions.given(writing.conversation, to=given, by=user)
    elif writing.conversation.team is not None:
        occasions.waits(writing.conversation)


def _waits_from_now(conversation: Conversation) -> dict[str, Any]:
    since = timezone.now()
    return {"status": Status.WAITING, "waiting_since": since, **targets.due(conversation.team, since)}


def _kept(writing: Record, user: User, before: dict[str, str], after: dict[str, str]) -> None:
    audit.record(audit.Action.ASSIGNED, writing.conversation, by=user, before=before, after=after)


def _a_person_talks(conversation: Conversation) -> bool:
    return conversation.owner == Owner.PERSON and conversation.status == Status.OPEN
