"""Conversations that were held here, as suggestions: an import of their own, decided like any other.

One at a time: while staff still have suggestions to decide, those that come after them wait.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge import counting
from knowledge.intake import running
from knowledge.intake.exchanges import exchanges_of
from knowledge.intake.naming import free_name
from knowledge.intake.staging import add_rows
from knowledge.loaders.base import Conversation
from knowledge.models import ImportRun, Source

OPEN = (ImportRun.State.QUEUED, ImportRun.State.READING, ImportRun.State.REVIEW)


def undecided() -> ImportRun | None:
    """The suggestions that are being made or wait for a decision."""
    runs = ImportRun.objects.filter(origin=ImportRun.Origin.CONVERSATIONS, state__in=OPEN)
    return runs.order_by("pk").first()


def reserve() -> Source | None:
    """For whoever is about to suggest, in one transaction with it: the source, locked; None while there are
    suggestions to be decided."""
    source = counting.lock_source(_source().pk)
    return None if undecided() else source


@transaction.atomic
def suggest(source: Source, conversations: Sequence[Conversation]) -> ImportRun | None:
    """Bring in what persons have answered; None when that is nothing.

    What the assistant has answered came from the articles: it would only come back to them.
    """
    manner, number = running.manner_of(source), len(conversations)
    found = [row for conversation in conversations for row in exchanges_of(conversation, manner)]
    rows = [row for row in found if row.fields["by"] == "agent"]
    if not rows:
        return None
    what = ngettext("%(n)d conversation", "%(n)d conversations", number) % {"n": number}
    run = running.begin(source, origin=ImportRun.Origin.CONVERSATIONS, what=what, author=None)
    add_rows(run, rows)
    running.start(run)
    return run


def _source() -> Source:
    source = Source.objects.filter(kind=Source.Kind.CONVERSATIONS).order_by("pk").first()
    return source or Source.objects.create(
        name=free_name(_("From conversations")), kind=Source.Kind.CONVERSATIONS
    )
