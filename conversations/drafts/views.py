"""The card with a suggested reply, above the place where staff write."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from chatbot.markdown import render_message
from conversations.access import get_conversation_for
from conversations.drafts import asking, ending
from conversations.drafts.likeness import without_marks
from conversations.drafts.rows import ReplyDraft
from conversations.inbox.showing import staff
from conversations.models import Conversation
from conversations.refusals import Refused
from llm.errors import REASONS

agents_only = role_required(Role.AGENT)
LONGEST_QUESTION = 200  # of what is searched


@agents_only
@never_cache
@require_safe
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For htmx: when the page opens, and when the conversation's socket says that something changed."""
    return _shown(request, get_conversation_for(request.user, pk))


@agents_only
@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where none was made, or another one is wanted."""
    found, problem = get_conversation_for(request.user, pk), ""
    try:
        asking.ask(conversation_id=found.pk, user=staff(request))
    except Refused as refused:
        nothing = refused.code == "not_found"
        problem = _("The customer has not asked anything yet.") if nothing else _(
            "Suggestions are made while a person answers. Take over first."
        )  # fmt: skip
    return _shown(request, found, problem)


@agents_only
@require_POST
def dismiss(request: HttpRequest, pk: UUID, draft: int) -> HttpResponse:
    found, reason = get_conversation_for(request.user, pk), request.POST.get("reason", "")
    known = reason if reason in ReplyDraft.Reason.values else ""
    ending.dismiss(conversation_id=found.pk, user=staff(request), draft_id=draft, reason=known)
    return _shown(request, found)


def _shown(request: HttpRequest, conversation: Conversation, problem: str = "") -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("conversations:conversation", conversation.pk)
    return render(request, "conversations/drafts/_card.html", _facts(conversation) | {"problem": problem})


def _facts(conversation: Conversation) -> dict[str, Any]:
    pending = ReplyDraft.objects.filter(conversation=conversation, outcome=ReplyDraft.Outcome.PENDING)
    draft = pending.select_related("question").first()
    facts: dict[str, Any] = {
        "conversation": conversation,
        "draft": draft,
        "offered": asking.offered(conversation),
        "reasons": ReplyDraft.Reason.choices,
    }
    if draft is not None:
        facts |= {
            "body": render_message(draft.text),
            "reply": without_marks(draft.text),
            "why": REASONS.get(draft.error.partition(":")[0], ""),
            "search": _search(draft),
        }
    return facts


def _search(draft: ReplyDraft) -> str:
    """The help centre, searched for what the customer said."""
    asked = urlencode({"q": " ".join(draft.question.text.split())[:LONGEST_QUESTION]})
    language = draft.conversation.language or "en"
    return f"{reverse('knowledge:contents', args=[language])}?{asked}"
