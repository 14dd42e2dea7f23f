"""One thing done to many conversations: to each by itself, so that one where it cannot keeps no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import ngettext

from accounts.models import User
from conversations import handoff
from conversations.inbox import assigning, labelling, snoozing
from conversations.models import Conversation, Label, Team
from conversations.refusals import Refused

MOST = 500
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Outcome:
    done: int = 0
    failed: int = 0  # gone meanwhile, or not possible as they stand

    def __str__(self) -> str:
        done = ngettext(
            "Done with %(number)s conversation.", "Done with %(number)s conversations.", self.done
        )
        failed = ngettext(
            "%(number)s could not be changed: it is gone, or resolved already.",
            "%(number)s could not be changed: they are gone, or resolved already.",
            self.failed,
        )
        said = [(done, self.done), (failed, self.failed)]
        return " ".join(
            words % {"number": number_format(number, force_grouping=True)} for words, number in said if number
        )


def resolving(user: User) -> Act:
    return partial(handoff.resolve, user=user)


def assigned(user: User, to: User | None) -> Act:
    return partial(assigning.assign, user=user, to=to)


def given_to_team(user: User, team: Team | None) -> Act:
    return partial(assigning.give_to_team, user=user, team=team)


def labelled(user: User, label: Label, *, remove: bool = False) -> Act:
    change: dict[str, Any] = {"remove": [label]} if remove else {"add": [label]}
    return partial(labelling.label, user=user, **change)


def snoozed(user: User, until: datetime | None) -> Act:
    return partial(snoozing.snooze, user=user, until=until)


def do(act: Act, conversations: Iterable[UUID]) -> Outcome:
    came = [is_done(act, pk) for pk in conversations]
    return Outcome(sum(came), len(came) - sum(came))


def is_done(act: Act, conversation: UUID) -> bool:
    """Whether it could be."""
    try:
        act(conversation_id=conversation)
    except (Refused, Conversation.DoesNotExist):
        return False
    return True
