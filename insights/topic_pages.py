"""One topic: what is asked in it, its conversations; editors name it, or put it together with another."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from insights import cards, topics, worst
from insights.first_questions import first_questions
from insights.forms import MergeForm, NameForm
from insights.models import Tally, Topic
from insights.reading import figures
from insights.topic_search import SHOWN
from insights.views import period_of

agents_only = role_required(Role.AGENT)
editors_only = role_required(Role.EDITOR)


@agents_only
@never_cache
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    names, period = {one.pk: one for one in _named(request, pk)}, period_of(request)
    if pk not in names:
        raise Http404
    found = names.pop(pk)
    newest = Tally.objects.filter(topic=found, began_at__lt=period.end).order_by("-began_at")
    asked = first_questions(newest.values_list("pk", flat=True)[:SHOWN])
    rows = worst.worst(figures(period), {found.pk: found.name})
    shown = {
        "section": "insights",
        "topic": found,
        "period": period,
        "row": rows[0] if rows else None,
        "questions": [(question, cards.conversation_link(key)) for key, question in asked.items()],
        "others": list(names.values()),
    }
    return render(request, "insights/topic.html", shown)


def _named(request: HttpRequest, pk: int) -> QuerySet[Topic]:
    """The topic; for whoever may put it together with another, with all others."""
    topics = Topic.objects.defer("middle").order_by("name")
    return topics if request.user.has_perm("evaluation.any") else topics.filter(pk=pk)


@editors_only
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_object_or_404(Topic, pk=pk), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A topic needs a name of up to 120 characters."))
        return _at(request, found)
    before = found.name
    topics.rename(found, form.cleaned_data["name"])
    audit.record(audit.Action.CHANGED, found, before={"name": before}, after={"name": found.name})
    messages.success(request, _("The topic is called “%(name)s” now.") % {"name": found.name})
    return _at(request, found)


@editors_only
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_object_or_404(Topic, pk=pk), MergeForm(request.POST)
    if not form.is_valid() or form.cleaned_data["into"] == found:
        messages.error(request, _("Choose another topic to put this one together with."))
        return _at(request, found)
    into, name = form.cleaned_data["into"], found.name
    audit.record(audit.Action.CHANGED, into, after={"merged_with": [name]})
    topics.merge(found, into)
    said = _("“%(name)s” is part of “%(into)s” now.")
    messages.success(request, said % {"name": name, "into": into.name})
    return _at(request, into)


def _at(request: HttpRequest, found: Topic) -> HttpResponse:
    return redirect(f"{reverse('insights:topic', args=[found.pk])}?{period_of(request).query()}")
