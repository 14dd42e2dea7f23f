"""Replies kept ready: the page where they are kept, and what the composer asks of them.

A page of its own and not the admin site's, since any agent may keep some, and agents do not go there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from chatbot.markdown import render_message
from conversations.access import get_conversation_for
from conversations.inbox.replying import kept
from conversations.inbox.replying.forms import PreviewForm, ReplyForm, teams_there, text_field
from conversations.inbox.replying.places import PLACES, filled, unknown
from conversations.inbox.showing import staff
from conversations.models import CannedReply

agents_only = role_required(Role.AGENT)


@agents_only
@never_cache
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    user, words = staff(request), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = kept.found(kept.seen(user), words)
    shown = {
        "section": "replies",
        "words": words,
        "mine": [reply for reply in found if reply.owner_id],
        "shared": [reply for reply in found if not reply.owner_id],
        "may_share": user.may(Role.EDITOR),
    }
    return render(request, "conversations/replying/list.html", shown)


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, CannedReply(owner=staff(request)))


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(kept.changeable(staff(request)), pk=pk))


def _form(request: HttpRequest, reply: CannedReply) -> HttpResponse:
    known, was_shared = reply.pk is not None, reply.owner_id is None
    form = ReplyForm(request.POST or None, instance=reply, user=staff(request))
    if request.method == "POST" and form.is_valid() and form.keep():
        if was_shared or reply.owner_id is None:
            _told(audit.Action.CHANGED if known else audit.Action.ADDED, reply)
        messages.success(request, _("The reply “%(title)s” is saved.") % {"title": reply.title})
        return redirect("conversations:replies")
    shown = {"section": "replies", "form": form, "known": known, "reply": reply, "places": PLACES}
    return render(request, "conversations/replying/form.html", shown | {"teams": teams_there()})


@agents_only
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    reply = get_object_or_404(kept.changeable(staff(request)), pk=pk)
    key, title = str(reply.pk), reply.title
    reply.delete()
    if reply.owner_id is None:
        _told(audit.Action.DELETED, reply, key=key)
    messages.success(request, _("The reply “%(title)s” is deleted.") % {"title": title})
    return redirect("conversations:replies")


def _told(action: audit.Action, reply: Model, **more: Any) -> None:
    """To the trail, of what everybody uses. One's own is nobody else's business."""
    audit.record(action, reply, label=str(reply), **more)


@agents_only
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """A text as a customer would read it, for htmx: while it is written."""
    form = PreviewForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else ""
    text = request.POST.get(text_field(language), "").replace("\x00", "")[:20_000]
    with override(language or None):
        said = filled(text, kept.sample())
    shown = {"body": render_message(said.text), "empty": not text.strip(), "unknown": unknown(text)}
    return render(request, "conversations/replying/_preview.html", shown | {"language": language})


@agents_only
@never_cache
@require_safe
def offered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What can be used in this conversation, filled in, for the composer."""
    found = get_conversation_for(request.user, pk)
    shown = {"offered": kept.offered(staff(request), found)}
    return render(request, "conversations/replying/_offered.html", shown)


@agents_only
@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """It was put into a composer."""
    kept.use(get_object_or_404(kept.usable(staff(request)), pk=pk))
    return HttpResponse(status=204)
