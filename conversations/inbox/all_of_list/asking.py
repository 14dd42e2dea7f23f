"""Something is to be done to all that a list shows: which these are is written down before a worker knows."""

from __future__ import annotations

import logging
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from conversations.access import conversations_for
from conversations.inbox import listing
from conversations.inbox.all_of_list.ending import end
from conversations.inbox.all_of_list.rows import ListWork
from conversations.inbox.filters import Filters
from conversations.inbox.wish import Unclear, Wish
from conversations.models import ConversationQuerySet

logger = logging.getLogger(__name__)

TASK = "conversations.tasks.go_on_with_list"
MOST = 10_000
State = ListWork.State


def whole(query: str) -> Filters:
    """The list of this address from its first page on."""
    said = QueryDict(query, mutable=True)
    said.pop("after", None)
    return Filters.read(said)


def shown_to(user: User, filters: Filters) -> ConversationQuerySet:
    return listing.shown(conversations_for(user), filters, user=user)


def counted_up_to(user: User, filters: Filters, most: int) -> int:
    return len(shown_to(user, filters).values_list("pk", flat=True)[:most])


def keys_of(user: User, filters: Filters) -> list[UUID]:
    """All that the list shows now. Raises Unclear where these are none, or too many."""
    keys = list(shown_to(user, filters).values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Unclear(_("The list shows no conversation any more."))
    if len(keys) > MOST:
        most = number_format(MOST, force_grouping=True)
        raise Unclear(
            _(
                "This list shows more than %(most)s conversations. Narrow it down with a filter, then try "
                "again."
            )
            % {"most": most}
        )
    return keys


def ask(user: User, filters: Filters, wish: Wish) -> ListWork:
    """Raises Unclear, also while something else that they asked for is under way."""
    keys = keys_of(user, filters)
    try:
        with transaction.atomic():
            work = ListWork.objects.create(
                user=user, act=str(wish), until=wish.until, query=filters.query(), keys=keys, total=len(keys)
            )
    except IntegrityError:
        raise Unclear(
            _(
                "Something that you began for a whole list is still under way. Wait until it is done, or "
                "stop it."
            )
        ) from None
    transaction.on_commit(partial(ring, work.pk))
    return work


def ring(pk: int) -> None:
    """Tell a worker. When the broker is away, the sweep rings."""
    try:
        current_app.send_task(TASK, args=[pk], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: what is done to a list (%s) waits for the sweep.", pk)


@transaction.atomic
def stop(pk: int) -> bool:
    """After the conversation that is being changed; what was done until then stays. Whether it was still
    under way."""
    work = ListWork.objects.select_for_update().defer("keys").filter(pk=pk, state__in=ListWork.OPEN).first()
    if work is not None:
        end(work, State.CANCELLED)
    return work is not None


@transaction.atomic
def again(pk: int) -> bool:
    """Go on with what had failed, where it stopped."""
    work = ListWork.objects.select_for_update().defer("keys").filter(pk=pk, state=State.FAILED).first()
    if work is None or under_way(work.user) is not None:
        return False
    work.state, work.error, work.tries, work.ended_at = State.QUEUED, "", 0, None
    work.due_at = timezone.now()
    work.save(update_fields=["state", "error", "tries", "ended_at", "due_at"])
    transaction.on_commit(partial(ring, work.pk))
    return True


def under_way(user: User) -> ListWork | None:
    return ListWork.objects.defer("keys").filter(user=user, state__in=ListWork.OPEN).first()
