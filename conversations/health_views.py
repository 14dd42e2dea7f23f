"""For whoever watches over the process: is it alive, and may it be sent visitors?"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from background import canary
from background.verdict import Verdict
from conversations import draining
from conversations.live.connections import AWAY, quick


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process works and reaches the database."""
    ok = _database_answers()
    return JsonResponse({"database": ok}, status=200 if ok else 503)


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when visitors should go elsewhere. Without Redis pages and chats still work, only slower; without
    the worker too, only that nothing is indexed or mailed."""
    database = _database_answers()
    ready = database and not draining.begun()
    said = {"ready": ready, "database": database, "redis": _redis_answers(), "draining": draining.begun()}
    return JsonResponse(said | (_signs(canary.verdict()) if database else {}), status=200 if ready else 503)


@never_cache
def workz(request: HttpRequest) -> JsonResponse:
    """503 when work in the background is not done: beat does not ring, or the worker does not get to it."""
    if not _database_answers():
        return JsonResponse({"database": False}, status=503)
    verdict = canary.verdict()
    return JsonResponse(_signs(verdict), status=200 if verdict.well else 503)


def _signs(verdict: Verdict) -> dict[str, str]:
    return {"beat": verdict.beat, "worker": verdict.worker}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        return bool(quick().ping())
    except AWAY:
        return False
