"""Where a provider rings when a job has ended. That it rings is believed when it is signed; what it says is
not: the job is looked at. Without it, jobs are looked at all the same."""

from __future__ import annotations

import logging
import time
from hashlib import sha256

import orjson
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from llm.webhooks import WINDOW, NotSigned, check
from training.fine_tuning import writing

logger = logging.getLogger(__name__)
MOST_BYTES = 100_000


@csrf_exempt  # a provider sends it; the signature says who it is
@require_POST
def ring(request: HttpRequest) -> HttpResponse:
    secret = settings.FINE_TUNING_WEBHOOK_SECRET
    if not secret:
        raise Http404
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        message = check(request.body, request.headers, secret=secret, now=time.time())
    except NotSigned as error:
        logger.warning("A webhook for fine-tuning was refused: %s", error)
        return HttpResponse(status=401)
    if _is_new(message):
        writing.ring(_job_in(request.body))
    return HttpResponse(status=204)


def _job_in(body: bytes) -> str:
    try:
        told = orjson.loads(body)
        return str(told["data"]["id"])[:120].replace("\x00", "")
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""


def _is_new(message: str) -> bool:
    """The same one twice is heard once. Without the cache it is heard twice, which does no harm."""
    try:
        return bool(cache.add(f"webhook:{_key_of(message)}", 1, 2 * WINDOW))
    except Exception:  # noqa: BLE001  boundary: the cache is another process, and only a shortcut
        return True


def _key_of(message: str) -> str:
    """A key of the cache may have no spaces, and not be long."""
    return sha256(message.encode()).hexdigest()
