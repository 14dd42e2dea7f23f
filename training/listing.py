"""A list of rows a page at a time, as the pages of training show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def listed(
    request: HttpRequest, rows: QuerySet[Any], shown: Callable[[Any], dict[str, Any]], *, a_page: int
) -> dict[str, Any]:
    """A page that does not exist is the nearest one."""
    page = Paginator(rows, a_page).get_page(request.GET.get("page"))
    return {"page": page, "rows": [shown(one) for one in page.object_list]}
