"""What an answer saw: the text of its source as it was, and what has become of it. For staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.access import get_conversation_for
from conversations.models import Citation
from knowledge import revisions
from knowledge.models import Document, Revision
from knowledge.pages import readable_by, render_body
from knowledge.seen import place_of


@role_required(Role.AGENT)
@never_cache
@require_safe
def citation(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Citation.objects.select_related("message", "revision__author", "revision__approved_by")
    found = get_object_or_404(rows, pk=pk)
    conversation = get_conversation_for(request.user, found.message.conversation_id)
    # What this person may read of the article as it is now: a draft only editors.
    document = readable_by(request.user).filter(pk=found.document_id or 0).first()
    context = {"section": "inbox", "citation": found, "conversation": conversation, "document": document}
    if found.revision is not None:
        context |= _then(found, found.revision) | _since(found.revision, document)
    return render(request, "conversations/citation.html", context)


def _then(found: Citation, revision: Revision) -> dict[str, Any]:
    place = place_of(found.passage, revision.body)
    return {"revision": revision, "then": render_body(revision.title, revision.body, cited=place)}


def _since(revision: Revision, document: Document | None) -> dict[str, Any]:
    newest = document.revisions.first() if document else None
    if newest is None:
        return {}
    return {
        "newest": newest,
        "fields": revisions.compare_fields(revision, newest),
        "lines": revisions.compare(revision.body, newest.body),
    }
