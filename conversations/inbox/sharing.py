"""To which team what waits goes, and to which of its members."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from conversations.models import Desk, Team
from conversations.posting import Record

THERE = timedelta(seconds=120)  # since a page of theirs was open; pages say so every half a minute


def share(writing: Record) -> User | None:
    """Of what begins to wait: a team that takes it, and one of its members, who is returned. For who holds
    the record."""
    conversation = writing.conversation
    if conversation.team_id is None:
        writing.change(team=team_for(language=conversation.language, reason=conversation.handoff_reason))
    return give_in_turn(writing)


def team_for(*, language: str, reason: str) -> Team | None:
    """The first, in their order, that takes them."""
    for team in Team.objects.all():
        if language in (team.languages or [language]) and reason in (team.reasons or [reason]):
            return team
    return None


def give_in_turn(writing: Record) -> User | None:
    """To the member who is there and was given one longest ago; to nobody where none is there."""
    team = writing.conversation.team
    if team is None or not team.shares_out:
        return None
    Team.objects.select_for_update().get(pk=team.pk)  # two that wait at once go to two members
    desk = there(team).order_by(F("given_at").asc(nulls_first=True), "pk").first()
    if desk is None:
        return None
    Desk.objects.filter(pk=desk.pk).update(given_at=timezone.now())
    writing.change(assignee=desk.user)
    return desk.user


def there(team: Team | None = None) -> QuerySet[Desk]:
    """The desks of those who take conversations and are there now, of a team or of all."""
    desks = Desk.objects.filter(
        available=True, seen_at__gte=timezone.now() - THERE, user__is_active=True
    ).select_related("user")
    return desks.filter(user__teams=team) if team else desks


def somebody_takes(team: Team | None = None) -> bool:
    """Whether any of them takes conversations, there or not. Who has never opened an inbox is not counted;
    where nobody has, somebody may come."""
    desks = Desk.objects.filter(user__is_active=True)
    said = list((desks.filter(user__teams=team) if team else desks).values_list("available", flat=True))
    return any(said) or not said


def sit_down(user: User) -> None:
    """A page of theirs is open. Written at most once in half of the time that it counts."""
    now = timezone.now()
    desk, new = Desk.objects.get_or_create(user=user, defaults={"seen_at": now})
    if not new and (desk.seen_at is None or desk.seen_at < now - THERE / 4):
        Desk.objects.filter(pk=desk.pk).update(seen_at=now)


def takes(user: User) -> bool:
    """Whether they take conversations; whoever has said nothing does."""
    desk = Desk.objects.filter(user=user).first()
    return desk is None or desk.available


def set_available(user: User, *, available: bool) -> None:
    """What they were given already stays theirs."""
    Desk.objects.update_or_create(user=user, defaults={"available": available})
