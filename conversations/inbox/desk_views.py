"""Whether one takes conversations, in the rail's menu."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox import sharing
from conversations.inbox.showing import staff


class DeskForm(forms.Form):
    available = forms.BooleanField(required=False)


@role_required(Role.AGENT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """For htmx: when somebody opens the menu, and when they change it."""
    user = staff(request)
    if request.method == "POST":
        form = DeskForm(request.POST)
        sharing.set_available(user, available=form.is_valid() and form.cleaned_data["available"])
        if not request.headers.get("HX-Request"):
            return redirect("conversations:inbox")
    return render(request, "conversations/inbox/_desk.html", {"takes": sharing.takes(user)})
