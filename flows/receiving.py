"""What the editor sends: JSON of limited size, read strictly; what is wrong comes back as JSON, too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from pydantic import BaseModel, ConfigDict, ValidationError

from accounts.models import Role, User
from accounts.permissions import role_required
from flows.graph import Graph
from flows.looking import faults_of
from flows.models import Flow
from flows.publishing import FlowError

MOST_BYTES = 1_000_000
Asked = TypeVar("Asked", bound="Body")


class Refused(Exception):
    """Not done; `said` is what the editor shows."""

    def __init__(self, error: str, *, status: int = 400, **said: Any) -> None:
        super().__init__(error)
        self.status, self.said = status, {"error": error, **said}


class Body(BaseModel):
    """The form of a request. A graph in it is read by `graph_of`, which says what is wrong with each step."""

    model_config = ConfigDict(extra="forbid", strict=True)


def answering(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """For a view of one flow, given the row: editors only, these methods only, refusals as JSON."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
            flow = get_object_or_404(Flow.objects.select_related("published", "trial", "edited_by"), key=key)
            try:
                return view(request, flow, **kwargs)
            except Refused as refused:
                return JsonResponse(refused.said, status=refused.status)
            except FlowError as error:
                return JsonResponse({"error": str(error)}, status=422)

        allowed = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))
        return role_required(Role.EDITOR)(never_cache(allowed(answer)))

    return decorate


def body_of(request: HttpRequest, form: type[Asked]) -> tuple[Asked, Any]:
    """What was sent, and the plain data of it."""
    data = _data(request)
    try:
        return form.model_validate(data), data
    except ValidationError as error:
        faults = [
            {"path": list(one["loc"]), "message": one["msg"]} for one in error.errors(include_url=False)[:50]
        ]
        raise Refused(
            _("This could not be understood. Load the page again if it happens once more."), errors=faults
        ) from error


def _data(request: HttpRequest) -> Any:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise _too_large()
    try:
        raw = request.body
    except RawPostDataException as error:  # sent as a form
        raise Refused(_("JSON is expected here.")) from error
    if len(raw) > MOST_BYTES:
        raise _too_large()
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Refused(_("JSON is expected here.")) from error


def _too_large() -> Refused:
    return Refused(
        _("This flow is too large: 1 MB at most. Move some of its steps to flows that are called."),
        status=413,
    )


def graph_of(given: Any) -> Graph:
    try:
        return Graph.model_validate(given)
    except ValidationError as error:
        faults = faults_of(error, given)
        errors = [{"path": one.pop("path"), "message": one["text"]} for one in faults]
        raise Refused(faults[0]["text"], status=422, problems=faults, errors=errors) from error


def editor_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # role_required has seen to it
    return request.user
