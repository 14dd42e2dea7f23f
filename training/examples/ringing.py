"""Workers are told that a dataset is to be made."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _


def ring(request: HttpRequest) -> None:
    transaction.on_commit(partial(_ring, request))


def _ring(request: HttpRequest) -> None:
    """The broker is a doorbell: without it, it begins within ten seconds all the same."""
    from training.tasks import make_datasets

    try:
        make_datasets.delay()
    except Exception:  # noqa: BLE001  boundary: the broker is another process
        messages.info(request, _("It begins within ten seconds."))
