"""Proposed changes beside an article's form: one's own, other people's, and what may be done at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from knowledge import approval, proposing, publishing
from knowledge.admin.document_pages import document_called
from knowledge.admin.people import key_of, person
from knowledge.admin.telling import tell
from knowledge.models import Document, Proposal, Source

State = Proposal.State


def continued(request: HttpRequest, document: Document | None) -> Proposal | None:
    """Which of their own proposals somebody goes on with: one that waits, or that was declined."""
    key = key_of(request.GET.get("continue", ""))
    if document is None or not key:
        return None
    own = document.proposals.filter(author=person(request), state__in=[State.OPEN, State.DECLINED])
    return own.select_related("base", "document").filter(pk=key).first()


def beside_the_form(request: HttpRequest, document: Document | None) -> dict[str, Any]:
    """What the form says of proposals, and which buttons it has."""
    writer, source = person(request), document.source if document else _place_of_new(request)
    bound = source is not None and approval.is_bound(writer, source)
    context: dict[str, Any] = {"must_propose": bound, "place": source}
    if document is None:
        return context
    waiting = list(document.proposals.open().select_related("author"))
    return context | {
        "continued": continued(request, document),
        "my_proposal": next((one for one in waiting if one.author_id == request.user.pk), None),
        "other_proposals": [one for one in waiting if one.author_id != request.user.pk],
        "declined": _declined(document, writer),
    }


def _declined(document: Document, writer: User | None) -> Proposal | None:
    """The last that somebody has proposed, if it was declined and the article has not moved on since."""
    last = document.proposals.filter(author=writer).select_related("decided_by").first()
    if last is None or last.state != State.DECLINED:
        return None
    return None if document.revisions.filter(created_at__gt=last.decided_at).exists() else last


def _place_of_new(request: HttpRequest) -> Source | None:
    """Where a new article will stand."""
    if original := document_called(request.GET.get("translation_of", "")):
        return original.source
    return publishing.where_we_write()


def propose(request: HttpRequest, document: Document, given: dict[str, Any]) -> None:
    """What the form says, checked before. A new article is kept as a draft for it."""
    if document.pk is None:
        document.status = Document.Status.DRAFT
        publishing.save_document(document, author=person(request))
    done = proposing.propose(
        document,
        author=person(request),
        note=given["note"],
        base=given.get("seen_revision"),
        continued=given.get("continued") or 0,
    )
    if done == "nothing_new":
        messages.success(request, _("Saved. The text is as it was, so nothing is proposed."))
    else:
        tell(request, done, saved="")


def publish_or_propose(request: HttpRequest, documents: Iterable[Document]) -> None:
    """Several drafts at once."""
    published = asked = left = 0
    for document in documents:
        document.status = Document.Status.PUBLISHED
        done = proposing.save_or_propose(document, author=person(request))
        published += not isinstance(done, Proposal | str)
        asked += isinstance(done, Proposal)
        left += isinstance(done, str)
    if published:
        text = ngettext("Done for %(n)d article.", "Done for %(n)d articles.", published)
        messages.success(request, text % {"n": published})
    if asked:
        text = ngettext(
            "%(n)d article needs somebody else’s approval, and is proposed to be published.",
            "%(n)d articles need somebody else’s approval, and are proposed to be published.",
            asked,
        )
        messages.info(request, text % {"n": asked})
    if left:
        text = ngettext(
            "%(n)d article waits for approval already.", "%(n)d articles wait for approval already.", left
        )
        messages.warning(request, text % {"n": left})
