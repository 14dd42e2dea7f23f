"""Whom and what a conversation can be given: colleagues, teams, labels; and what was answered before it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from accounts.models import User
from conversations.introducing.answers import in_words, introductions_of, latest
from conversations.models import Conversation, Label, Team


def colleagues() -> QuerySet[User]:
    """Who can be given a conversation."""
    return User.objects.filter(is_active=True).order_by("first_name", "last_name", "username")


def choices(conversation: Conversation) -> dict[str, Any]:
    """Everybody and everything that can be chosen for it, which labels it has, and what was answered before
    the chat, in one statement: its page asks for them with every change."""
    has = Conversation.labels.through.objects.filter(conversation=conversation.pk, label=OuterRef("pk"))
    rows: Any = Conversation.objects.filter(pk=conversation.pk).values(
        to=_rows(colleagues(), "first_name", "last_name", "username"),
        teams=_rows(Team.objects.all(), "name"),
        on=_rows(Label.objects.filter(Exists(has)), "name", "colour", "about"),
        off=_rows(Label.objects.filter(~Exists(has)), "name", "colour", "about"),
        answers=ArraySubquery(introductions_of(conversation).values("answers")),
    )
    nothing: dict[str, Any] = {"to": [], "teams": [], "on": [], "off": [], "answers": []}
    found = rows.first() or nothing  # it may have been deleted meanwhile
    language = get_language() or ""
    return {
        "asked_before": [in_words(answer, language) for answer in latest(found["answers"])],
        "colleagues": [User(**one) for one in found["to"]],
        "teams": [Team(**one) for one in found["teams"]],
        "labels": [Label(**one) for one in found["on"]],
        "other_labels": [Label(**one) for one in found["off"]],
    }


def _rows(found: QuerySet[Any], *names: str) -> ArraySubquery:
    """In their order, with no more than is shown of them."""
    return ArraySubquery(found.values(as_json=JSONObject(id="pk", **{name: name for name in names})))
