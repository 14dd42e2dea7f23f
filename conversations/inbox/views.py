"""The list's filters and the views that staff save."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role, User
from accounts.permissions import role_required
from assistant.models import Assistant
from conversations.event_lines import REASONS
from conversations.inbox.control_views import first_error
from conversations.inbox.filters import ORDERS, RATED, Filters
from conversations.inbox.forms import NameForm, ViewForm
from conversations.inbox.offered import colleagues
from conversations.inbox.showing import may_share, staff
from conversations.models import Label, SavedView, Team

agents_only = role_required(Role.AGENT)
MOST_VIEWS = 50  # of one person, and of everybody


@agents_only
@never_cache
@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    """Everything that the list can be narrowed by, for htmx: when somebody unfolds it."""
    chosen = Filters.read(request.GET)
    narrowing = {*chosen.narrowing, "order"}
    shown = {
        "filters": chosen,
        "carried": [pair for pair in chosen.carried if pair[0] not in narrowing],
        "colleagues": [one for one in colleagues() if one.pk != request.user.pk],
        "teams": Team.objects.all(),
        "labels": Label.objects.all(),
        "assistants": Assistant.objects.all(),
        "languages": settings.LANGUAGES,
        "reasons": REASONS,
        "rated": RATED,
        "orders": ORDERS,
    }
    return render(request, "conversations/inbox/_filters.html", shown)


@agents_only
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """A view of the same name takes the place of the one that was there."""
    form, user = ViewForm(request.POST), staff(request)
    problem = first_error(form)
    if problem:
        messages.error(request, problem)
        return redirect("conversations:inbox")
    said = form.cleaned_data
    owner = None if said["shared"] and may_share(user) else user
    known = SavedView.objects.filter(user=owner)
    same = known.filter(name__iexact=said["name"]).first()
    if same is None and known.count() >= MOST_VIEWS:
        messages.error(
            request, _("There are %(most)s views already. Delete one first.") % {"most": MOST_VIEWS}
        )
    else:
        view = same or SavedView(user=owner)
        view.name, view.query = said["name"], said["query"]
        view.save()
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return _at(said["query"])


@agents_only
@require_POST
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(changeable(staff(request)), pk=pk)
    form = NameForm(request.POST, instance=view)
    query = view.query
    if problem := first_error(form):
        messages.error(request, problem)
    else:
        form.save()
    return _at(query)


@agents_only
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(changeable(staff(request)), pk=pk)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("conversations:inbox")


def changeable(user: User) -> QuerySet[SavedView]:
    everybodys = Q(user=None) if may_share(user) else Q(pk=None)
    return SavedView.objects.filter(Q(user=user) | everybodys)


def _at(query: str) -> HttpResponse:
    return redirect(f"{reverse('conversations:inbox')}?{query}")
