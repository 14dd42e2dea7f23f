"""Reviews as a file, for admins: who takes it out is told to the trail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from chatbot.row_files import FORMS, response
from conversations.inbox.showing import staff
from evaluation.reviews.exporting import written
from evaluation.reviews.queueing import Filters
from evaluation.reviews.rows import ReviewItem


@role_required(Role.ADMIN)
@never_cache
@require_safe
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Everything that the filters of the queue let through, the worst first."""
    if form not in FORMS:
        raise Http404
    filters = Filters.read(request.GET)
    name = f"reviews-{timezone.localdate():%Y-%m-%d}.{form}"
    audit.record(audit.Action.EXPORTED, ReviewItem(), key="-", label=name, after={"filters": filters.query()})
    return response(written(filters, staff(request), form), name=name, form=form)
