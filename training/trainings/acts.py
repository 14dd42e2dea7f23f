"""What staff do with trainings on their pages, of every kind: done, said, and back to the page of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from flows.receiving import editor_of
from training.trainings.in_use import InUse, PromotionError
from training.trainings.rows import Learning


def act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    return role_required(Role.EDITOR)(require_POST(view))


def nothing_given(request: HttpRequest) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Acts:
    """`page` is the name of the address of all of them; `ring` rings for a worker. `promote` and `go_back`
    are done by a person, with what is `given` besides; `in_use_now` and `back_now` name the training, and
    `cannot` says why it could not be done, by its code."""

    page: str
    in_use: InUse[Any]
    ring: Callable[[], object]
    promote: Callable[..., Learning]
    go_back: Callable[..., Learning]
    begins: Promise
    cancelled: Promise
    in_use_now: Promise
    back_now: Promise
    cannot: Mapping[str, Any]
    given: Callable[[HttpRequest], dict[str, Any]] = nothing_given

    def addresses(self) -> list[URLPattern]:
        ways = self.in_use.register.trainings.WAYS
        return [
            path("start/", act(self.start), name=f"{ways}start"),
            path("policy/", act(self.choose), name=f"{ways}policy"),
            path("<int:pk>/use/", act(self.use), name=f"{ways}use"),
            path("<int:pk>/back/", act(self.back), name=f"{ways}back"),
            path("<int:pk>/set-aside/", act(self.set_aside), name=f"{ways}set-aside"),
            path("<int:pk>/cancel/", act(self.cancel), name=f"{ways}cancel"),
        ]

    @transaction.atomic
    def start(self, request: HttpRequest) -> HttpResponse:
        found, new = self.in_use.register.ask(by=editor_of(request))
        if new:
            audit.record(audit.Action.ADDED, found)
            transaction.on_commit(partial(self._ring, request))
        else:
            messages.info(request, _("A training is under way already: see below how far it is."))
        return redirect(self.page)

    def _ring(self, request: HttpRequest) -> None:
        """The broker is a doorbell: without it, the training begins a little later all the same."""
        try:
            self.ring()
        except Exception:  # noqa: BLE001  boundary: the broker is another process
            messages.info(request, str(self.begins))

    @transaction.atomic
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self._found(pk)
        if self.in_use.register.cancel(pk):
            audit.record(audit.Action.STOPPED, found, before={"state": found.state})
            messages.success(request, str(self.cancelled))
        else:
            messages.warning(request, _("It could not be cancelled: it has ended meanwhile."))
        return redirect(self.page)

    def use(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._put(request, pk, partial(self.promote, **self.given(request)), self.in_use_now)

    def back(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._put(request, pk, self.go_back, self.back_now)

    def _put(
        self, request: HttpRequest, pk: int, act: Callable[..., Learning], said: Promise
    ) -> HttpResponse:
        self._found(pk)
        try:
            training = act(pk, by=editor_of(request))
        except PromotionError as error:
            messages.error(request, self.cannot[error.code])
        else:
            messages.success(request, str(said) % {"training": training})
        return redirect(self.page)

    def set_aside(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._found(pk)
        if self.in_use.set_aside(pk, by=editor_of(request)):
            messages.success(request, _("It is set aside, and stays in the register."))
        else:
            messages.warning(request, _("It is no candidate any more."))
        return redirect(self.page)

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Whether what is learned comes into use by itself."""
        wanted = request.POST.get("by_itself")
        if wanted in ("yes", "no"):
            self.in_use.choose(by_itself=wanted == "yes", by=editor_of(request))
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("Choose one of the two."))
        return redirect(self.page)

    def _found(self, pk: int) -> Learning:
        found: Learning = get_object_or_404(self.in_use.register.rows.light(), pk=pk)
        return found
