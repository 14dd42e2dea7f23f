"""Whoever may approve a change of an article is told that it waits, and its author what was decided."""

from __future__ import annotations

import pytest

from accounts.models import User
from conversations.models import Notification
from knowledge import proposing
from tests.knowledge.proposals.people import bo, boss, cy, guarded, person, proposed

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(user=user, seen_at=None).order_by("pk")
    return list(rows.values_list("kind", "words"))


WAITS = ("proposed", "bo proposes a change of “Returns”")


def test_everybody_who_may_approve_is_told_and_nobody_else() -> None:
    cy(), boss(), person("agent", "agent")
    proposal = proposed(guarded(title="Returns"))
    assert told(cy()) == told(boss()) == [WAITS]
    assert told(bo()) == told(person("agent")) == []
    link = Notification.objects.filter(user=cy()).get().link
    assert link == f"/admin/knowledge/document/proposals/{proposal.pk}/"


def test_what_is_proposed_anew_is_one_notification() -> None:
    cy()
    document = guarded(title="Returns")
    first = proposed(document)
    proposing.propose(first.document, author=bo(), continued=first.version)
    assert told(cy()) == [WAITS]


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_its_author_is_told_and_nobody_is_called_any_more(decision: str) -> None:
    cy(), boss()
    proposal = proposed(guarded(title="Returns"))
    if decision == "approve":
        refused = proposing.approve(proposal, by=cy(), seen=1, version=1)
    else:
        refused = proposing.decline(proposal, by=cy(), reason="It is thirty.", version=1)
    assert refused is None and told(cy()) == told(boss()) == []
    done = "published" if decision == "approve" else "declined"
    assert told(bo()) == [("decided", f"cy has {done} your change of “Returns”")]


def test_what_is_withdrawn_or_deleted_calls_nobody() -> None:
    cy()
    document = guarded(title="Returns")
    proposing.withdraw(proposed(document), by=bo())
    assert told(cy()) == told(bo()) == []
    proposed(document).delete()
    assert told(cy()) == []
