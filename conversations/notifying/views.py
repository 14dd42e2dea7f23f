"""What a member of staff is told: the bell of every page, the list, how they want to be told, and the way out
of mails."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role, User
from accounts.permissions import role_required
from chatbot import mailing
from conversations.inbox.showing import staff
from conversations.inbox.to_do import counted
from conversations.models import Notification
from conversations.notifying import choosing
from conversations.notifying.choosing import Choice, choices_of
from conversations.notifying.kinds import KINDS, MAILS
from conversations.notifying.telling import see
from conversations.notifying.writing import whose

agents_only = role_required(Role.AGENT)
IN_BELL, IN_LIST = 8, 100
MOST_COUNTED = 100


class ChoicesForm(forms.Form):
    """A box and a list for each kind."""

    def __init__(self, *given: object, user: User, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        for key, choice in choices_of(user).items():
            self.fields[f"browser_{key}"] = forms.BooleanField(required=False, initial=choice.browser)
            self.fields[f"mail_{key}"] = forms.ChoiceField(
                choices=list(MAILS.items()), initial=choice.mail,
                widget=forms.Select(attrs={"class": "field__control"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        return [
            (key, str(kind.title), self[f"browser_{key}"], self[f"mail_{key}"]) for key, kind in KINDS.items()
        ]

    def chosen(self) -> dict[str, Choice]:
        said = self.cleaned_data
        return {key: Choice(said[f"browser_{key}"], said[f"mail_{key}"]) for key in KINDS}


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    form = ChoicesForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        choosing.choose(user, form.chosen())
        messages.success(request, _("It is saved how you are told."))
        return redirect("conversations:notifications")
    told = list(Notification.objects.filter(user=user).order_by("-created_at")[:IN_LIST])
    context = {
        "section": "notifications",
        "form": form,
        "told": told,
        "anything_new": any(one.seen_at is None for one in told),
        "can_mail": mailing.can_send() and mailing.is_address(user.email),
    }
    return render(request, "conversations/notifying/page.html", context)


@agents_only
@never_cache
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """For htmx: on every page of the staff's, and when the socket says that there is something."""
    user = staff(request)
    unseen = Notification.objects.filter(user=user, seen_at=None).order_by("-created_at")
    told = list(unseen[:IN_BELL])
    browser = {key for key, choice in choices_of(user).items() if choice.browser}
    count = unseen[:MOST_COUNTED].count()
    shown = {
        "told": told,
        "count": f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or ""),
        "aloud": {row.pk for row in told if row.kind in browser},
        "to_do": counted(user),
    }
    return render(request, "conversations/notifying/_bell.html", shown)


@agents_only
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """They go to what it is about."""
    user = staff(request)
    row = get_object_or_404(Notification, pk=pk, user=user)
    see(user, pk=row.pk)
    return redirect(row.link)


@agents_only
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    see(staff(request))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("conversations:notifications")


@csrf_exempt  # mail programs send it by themselves (RFC 8058); the token says whose mails stop
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails, without signing in. Looking does nothing."""
    known = whose(token)
    if known is None:
        raise Http404
    user = get_object_or_404(User, pk=known)
    done = request.method == "POST"
    if done:
        choosing.stop_mails(user)
    return render(request, "conversations/notifying/stop.html", {"done": done})
