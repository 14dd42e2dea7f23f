"""Where a problem of a flow is mended, if that is another page than the editor of that flow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.urls import reverse

from flows.checks.base import Problem
from flows.models import Flow


def with_pages(found: Iterable[Problem], *, beside: Collection[str] = ()) -> list[Problem]:
    """A called flow that is a draft is opened, one of those `beside` it stands on the same page (`place_of`);
    one that is nowhere cannot be published, and is told as another problem."""
    found = list(found)
    called = {one.params["flow"] for one in found if one.code == "no_such_flow"}
    here = set(Flow.objects.filter(key__in=called).values_list("key", flat=True)) if called else set()
    return [_placed(one, here, beside) if one.code == "no_such_flow" else one for one in found]


def _placed(problem: Problem, here: Collection[str], beside: Collection[str]) -> Problem:
    key = problem.params["flow"]
    if key not in here and key not in beside:
        return replace(problem, code="no_flow_here")
    page = reverse("flows:editor", args=[key]) if key in here else f"#{place_of(key)}"
    return replace(problem, params={**problem.params, "page": page})


def place_of(key: str) -> str:
    """The name of a flow's place on a page that lists several."""
    return f"flow-{key}"
