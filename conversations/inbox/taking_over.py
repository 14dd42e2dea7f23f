"""A member of staff takes a conversation over; of two at once, one wins, and the other is told who."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.permissions import role_required
from conversations import handoff
from conversations.access import get_conversation_for
from conversations.inbox.forms import TakeOverForm
from conversations.inbox.showing import facts, staff
from conversations.refusals import Quicker


@role_required(Role.AGENT)
@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, quicker = get_conversation_for(request.user, pk), ""
    form = TakeOverForm(request.POST)
    seen = form.cleaned_data["instead_of"] if form.is_valid() else 0
    try:
        handoff.take_over(conversation_id=found.pk, user=staff(request), instead_of=seen)
    except Quicker as error:
        quicker = _("%(name)s was quicker, and answers now. Nothing was changed.") % {"name": error.who}
    if not request.headers.get("HX-Request"):
        if quicker:
            messages.error(request, quicker)
        return redirect("conversations:conversation", pk)
    shown = facts(get_conversation_for(request.user, pk)) | {"quicker": quicker}
    return render(request, "conversations/inbox/_taken_over.html", shown)
