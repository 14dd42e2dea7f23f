"""All that the list shows: how many these are, whether it is to be done, how far it is; and stopping it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox import listing
from conversations.inbox.all_of_list import asking
from conversations.inbox.all_of_list.ending import in_words
from conversations.inbox.all_of_list.rows import ListWork
from conversations.inbox.showing import staff
from conversations.inbox.together_views import wished
from conversations.inbox.wish import Unclear

agents_only = role_required(Role.AGENT)


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_of_list(request: HttpRequest) -> HttpResponse:
    """How many there are, for htmx: when all of a page are selected. By POST it is done to them."""
    if request.method != "POST":
        return render(request, "conversations/inbox/_all_of_list.html", _offered(request))
    user = staff(request)
    try:
        work = asking.ask(user, asking.whole(request.POST.get("list", "")), wished(request))
    except Unclear as problem:
        return _said(request, str(problem))
    if not request.headers.get("HX-Request"):
        messages.success(request, in_words(work))
        return redirect("conversations:inbox")
    return render(request, "conversations/inbox/_list_work.html", _stands(work))


@agents_only
@never_cache
@require_POST
def sure(request: HttpRequest) -> HttpResponse:
    """What would be done to how many, for htmx: a question, and nothing is done yet."""
    try:
        wish, filters = wished(request), asking.whole(request.POST.get("list", ""))
        many = len(asking.keys_of(staff(request), filters))
    except Unclear as problem:
        return _said(request, str(problem))
    shown = {
        "question": wish.asked(many),
        "act": str(wish),
        "until": request.POST.get("until", ""),
        "list": filters.query(),
    }
    response = render(request, "conversations/inbox/_sure.html", shown)
    response["HX-Retarget"] = "#asked"
    return response


@agents_only
@never_cache
@require_safe
def list_work(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for htmx: every two seconds until it has ended."""
    work = get_object_or_404(ListWork.objects.defer("keys"), pk=pk, user=staff(request))
    return render(request, "conversations/inbox/_list_work.html", _stands(work))


@agents_only
@never_cache
@require_POST
def stop_list_work(request: HttpRequest, pk: int) -> HttpResponse:
    work = get_object_or_404(ListWork.objects.defer("keys"), pk=pk, user=staff(request))
    asking.stop(work.pk)
    work.refresh_from_db(fields=["state", "at", "failed", "error"])
    if not request.headers.get("HX-Request"):
        messages.success(request, in_words(work))
        return redirect("conversations:inbox")
    return render(request, "conversations/inbox/_list_work.html", _stands(work))


def _offered(request: HttpRequest) -> dict[str, str]:
    filters = asking.whole(request.GET.urlencode())
    many = asking.counted_up_to(staff(request), filters, listing.MOST_COUNTED)
    number = number_format(many, force_grouping=True)
    if many >= listing.MOST_COUNTED:
        selected = _("%(number)s or more selected") % {"number": number}
        offer = _("Select all that this list shows: %(number)s or more") % {"number": number}
        chosen = _("All that this list shows are selected: %(number)s or more.") % {"number": number}
    else:
        selected = ngettext("%(number)s selected", "%(number)s selected", many) % {"number": number}
        offer = ngettext(
            "Select the one that this list shows", "Select all %(number)s that this list shows", many
        ) % {"number": number}
        chosen = ngettext(
            "The one that this list shows is selected.",
            "All %(number)s that this list shows are selected.",
            many,
        ) % {"number": number}
    return {"selected": selected, "offer": offer, "chosen": chosen, "list": filters.query()}


def _stands(work: ListWork) -> dict[str, object]:
    return {"work": work, "words": in_words(work), "goes_on": work.state in ListWork.OPEN}


def _said(request: HttpRequest, words: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.error(request, words)
        return redirect("conversations:inbox")
    return render(request, "conversations/inbox/_outcome.html", {"words": words, "done": False})
