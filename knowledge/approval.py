"""Whose words need somebody else's approval before customers read them, and who may give it.

Where a source asks for it (`needs_approval`), whoever is no admin only proposes. Taking back what customers
read is always possible. What an admin saves needs no approval, and what nobody wrote (an operator's command).
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.permissions import holding
from knowledge.models import Source

WHAT_TO_DO = _(
    "Changes of “%(source)s” need somebody else’s approval: propose this one in the article’s form, and it "
    "is published as soon as somebody approves it."
)
NOT_DELETED = _(
    "Changes of “%(source)s” need somebody else’s approval, and nothing brings back what is deleted: "
    "unpublish it, or ask an admin to delete it."
)


class NeedsApproval(PermissionDenied):
    """Whoever meets it unprepared answers 403; it says what to do."""


def is_bound(person: User | None, source: Source) -> bool:
    """Whether this person can only propose there."""
    return person is not None and source.needs_approval and not person.may(Role.ADMIN)


def may_approve(person: User | None, author: User | None) -> bool:
    """Nobody's own words, except an admin's where nobody else could: one alone must not be locked out."""
    if person is None or not person.may(Role.EDITOR):
        return False
    return (
        author is None or author.pk != person.pk or (person.may(Role.ADMIN) and not _others(person).exists())
    )


def decidable(person: User) -> Q:
    """`may_approve` for the database: which proposals they may decide about, if any."""
    of_others = ~Q(author=person)
    return of_others | Q(~Exists(_others(person))) if person.may(Role.ADMIN) else of_others


def _others(person: User) -> QuerySet[User]:
    return User.objects.filter(holding(Role.EDITOR)).exclude(pk=person.pk)


def check(source: Source, *, author: User | None, approved_by: User | None) -> None:
    """Before customers read other words: that whoever wrote them may, or that somebody else has looked."""
    if not (may_approve(approved_by, author) if approved_by else not is_bound(author, source)):
        raise NeedsApproval(WHAT_TO_DO % {"source": source})


def check_deletion(source: Source, *, by: User | None) -> None:
    if is_bound(by, source):
        raise NeedsApproval(NOT_DELETED % {"source": source})
