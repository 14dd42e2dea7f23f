"""Colleagues who are called in a note by “@” and their username: found in it, told, shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Role, User
from chatbot.markdown import render_plain
from conversations import live
from conversations.models import Mention, Message
from conversations.notifying import occasions, telling

MOST = 20  # colleagues called in one note
LATEST = 1_000  # notes in which somebody was called
# Where a word may begin: an address of mail or of a page holds a “@” too.
_CALL = re.compile(r"(?<![^\s(\[{\"'«“‘,;:])@([\w.@+-]{1,150})")
_ENDINGS = ".@+-"  # of a sentence rather than of a name, though a name may end so

Called = tuple[int, int, str]  # from where to where, and the name as it is written


def called_in(text: str, names: dict[str, Any]) -> list[Called]:
    """Where the note calls one of `names`, folded: the longest that is known, so that "@paul." is Paul."""
    found: list[Called] = []
    for call in _CALL.finditer(text):
        written = next((name for name in _readings(call[1]) if folded(name) in names), "")
        if written:
            found.append((call.start(), call.start(1) + len(written), written))
    return found


def _readings(word: str) -> Iterator[str]:
    yield word
    while word and word[-1] in _ENDINGS:
        word = word[:-1]
        yield word


def folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower()


def colleagues_in(text: str) -> dict[str, User]:
    """Active members of staff who may see the inbox, by the names under which the note calls them."""
    names = {folded(name) for call in _CALL.finditer(text) for name in _readings(call[1]) if name}
    if not names:
        return {}
    known = User.objects.annotate(folded=Lower("username")).filter(folded__in=names, is_active=True)
    found = {user.username.lower(): user for user in known.order_by("-pk") if user.may(Role.AGENT)}
    return dict(list(found.items())[:MOST])


def kept_with(text: str) -> dict[str, Any]:
    """What a note keeps of whom it calls, for showing it later."""
    found = colleagues_in(text)
    called = {folded(written) for *_place, written in called_in(text, found)}
    mentions = {name: {"id": user.pk, "name": str(user)} for name, user in found.items() if name in called}
    return {"mentions": mentions} if mentions else {}


def tell(note: Message) -> None:
    """Whom the note calls, but for who wrote it. For whoever holds the record."""
    called = {one["id"] for one in note.data.get("mentions", {}).values()} - {note.author_id}
    users = list(User.objects.filter(pk__in=called).order_by("pk"))
    Mention.objects.bulk_create(Mention(message=note, user=user) for user in users)
    occasions.mentioned(note, users)


def see(*, conversation_id: UUID, user: User) -> None:
    """They have opened the conversation: its notes wait for them no more, nor what they were told of it.
    Lists count anew."""
    telling.see(user, about=f"conversation:{conversation_id}")
    waiting = Mention.objects.filter(user=user, message__conversation=conversation_id, seen_at=None)
    if waiting.update(seen_at=timezone.now()):
        live.ring(live.Ring(str(conversation_id)))


def waits_for(user: User) -> Exists:
    """Whether a conversation has a note that calls them and that they have not seen."""
    return Exists(_of(user).filter(seen_at=None))


def calls(user: User) -> Q:
    """Conversations with a note that calls them: those that they have not seen, and of the others as many as
    anybody looks through."""
    notes = Mention.objects.filter(user=user).order_by("-created_at")
    latest = notes.values("message__conversation")[:LATEST]
    unseen = notes.filter(seen_at=None).values("message__conversation")[:LATEST]
    return Q(pk__in=latest.union(unseen))


def _of(user: User) -> Any:
    return Mention.objects.filter(message__conversation=OuterRef("pk"), user=user)


def shown(note: Message) -> SafeString:
    """The note as HTML, with whom it calls standing out."""
    mentions, at, parts = note.data.get("mentions", {}), 0, []
    for start, end, written in called_in(note.text, mentions):
        parts += [render_plain(note.text[at:start]), _marked(mentions[folded(written)])]
        at = end
    return format_html_join("", "{}", ((part,) for part in [*parts, render_plain(note.text[at:])]))


def _marked(one: dict[str, Any]) -> SafeString:
    return format_html('<mark class="mention" data-user="{}">@{}</mark>', one["id"], one["name"])
