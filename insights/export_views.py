"""What the page shows as a file, for admins: who takes it out is told to the trail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from chatbot.row_files import FORMS, response
from insights.exporting import NAMES, written
from insights.models import Tally
from insights.named import names
from insights.views import period_of


@role_required(Role.ADMIN)
@never_cache
@require_safe
def export(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """“topics.csv”: of the days that the address names, as the page shows them."""
    what, _dot, form = name.rpartition(".")
    if what not in NAMES or form not in FORMS:
        raise Http404
    period = period_of(request)
    label = f"{what}-{period.first}-{period.last}.{form}"
    audit.record(audit.Action.EXPORTED, Tally(), key="-", label=label, after={"filters": period.query()})
    return response(written(what, period, names().topics, form), name=label, form=form)
