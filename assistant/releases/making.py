"""A release is made of what stands in the settings now. The only writer of releases."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from assistant.models import Assistant, Release, Router
from assistant.releases.contents import Contents, contents_of
from assistant.routing.catching_up import train_if_changed
from knowledge.stock import stock_of

LEARNING = 20.0  # seconds


class ReleaseError(Exception):
    """What cannot be done with a release, in words for whoever wants it."""


def make(
    assistant: Assistant, *, note: str = "", by: User | None, models: Mapping[str, str] | None = None
) -> Release:
    """`models` by task stand in the place of the assistant's own. Raises ReleaseError where the newest one is
    just the same. What flows begin with is learned first: at most so long."""
    train_if_changed(most_seconds=LEARNING)
    return _make(assistant, note=note, by=by, models=models)


@transaction.atomic
def _make(assistant: Assistant, *, note: str, by: User | None, models: Mapping[str, str] | None) -> Release:
    locked = Assistant.objects.select_for_update().get(pk=assistant.pk)
    contents, newest = contents_of(locked, models), locked.releases.defer("router").first()
    if newest is not None and newest.signature == contents.signature:
        told = _("Nothing differs from release %(number)d, which is the newest one.")
        raise ReleaseError(told % {"number": newest.number})
    release = _kept(locked, contents, number=newest.number + 1 if newest else 1, note=note, by=by)
    kept = {"assistant": locked.name, "note": note, "models": contents.models}
    audit.record(audit.Action.ADDED, release, by=by, after=kept)
    return release


def _kept(assistant: Assistant, contents: Contents, *, number: int, note: str, by: User | None) -> Release:
    router = Router.objects.filter(pk=Router.ONLY).defer("vectors").first() or Router(bar=1.0)
    return Release.objects.create(
        assistant=assistant, number=number, note=note, by=by,
        contents=contents.model_dump(mode="json"), signature=contents.signature,
        knowledge=stock_of(frozenset(contents.sources)).as_json(),
        router=router.numbers, router_identity=router.identity, router_bar=router.bar,
        router_figures=router.figures,
    )  # fmt: skip
