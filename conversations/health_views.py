"""For whoever watches over the process: is it alive, and may it be sent visitors?"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from conversations import draining
from conversations.live.connections import AWAY, quick


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process works and reaches the database."""
    ok = _database_answers()
    return JsonResponse({"database": ok}, status=200 if ok else 503)


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when visitors should go elsewhere. Without Redis pages and chats still work, only slower."""
    database = _database_answers()
    ready = database and not draining.begun()
    said = {"ready": ready, "database": database, "redis": _redis_answers(), "draining": draining.begun()}
    return JsonResponse(said, status=200 if ready else 503)


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
