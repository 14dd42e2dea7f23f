"""What staff do with one conversation: who sees to it, its labels, until when it is put off."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.permissions import role_required
from conversations.access import get_conversation_for
from conversations.inbox import assigning, labelling, snoozing
from conversations.inbox.forms import AssignForm, LabelForm, NothingForm, PutOffForm, TeamForm
from conversations.inbox.showing import facts, staff
from conversations.models import Conversation
from conversations.refusals import Refused

Act = Callable[..., Conversation]


def _control(form_class: type[forms.Form], act: Act) -> Callable[..., HttpResponseBase]:
    """A view that does `act` with what the form says, and shows how the conversation stands then."""

    @role_required(Role.AGENT)
    @require_POST
    def view(request: HttpRequest, pk: UUID) -> HttpResponse:
        found = get_conversation_for(request.user, pk)
        form = form_class(request.POST)
        problem = first_error(form)
        if not problem:
            try:
                act(conversation_id=found.pk, user=staff(request), **form.cleaned_data)
            except Refused:
                problem = _("This cannot be done as the conversation stands now.")
        return _stands(request, pk, problem)

    return view


def first_error(form: forms.Form | forms.BaseModelForm) -> str:
    """In words; empty where there is none."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _stands(request: HttpRequest, pk: UUID, problem: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        if problem:
            messages.error(request, problem)
        return redirect("conversations:conversation", pk)
    found = get_conversation_for(request.user, pk)
    return render(request, "conversations/_state.html", facts(found) | {"problem": problem})


assign = _control(AssignForm, assigning.assign)
give_to_team = _control(TeamForm, assigning.give_to_team)
label = _control(LabelForm, labelling.label)
put_off = _control(PutOffForm, snoozing.snooze)
wake = _control(NothingForm, snoozing.wake)
