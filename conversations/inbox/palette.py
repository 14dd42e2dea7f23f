"""What the command palette finds: places to go, things to do with the open conversation, conversations,
articles, flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from conversations.access import conversations_for
from conversations.inbox.searching import having
from conversations.inbox.words import folded, words
from flows.models import Flow
from flows.texts import in_language
from knowledge.models import Document

MOST = 6  # of each kind
MOST_FLOWS = 500  # looked through


@dataclass(frozen=True, slots=True)
class Found:
    """`link` leads somewhere; `key` is the shortcut that does it on the page where the palette was opened."""

    title: str
    icon: str
    about: str = ""
    link: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    found: list[Found] = field(default_factory=list)


PLACES: tuple[tuple[Promise, str, str, str], ...] = (
    (gettext_lazy("Inbox"), "inbox", "conversations:inbox", Role.AGENT),
    (gettext_lazy("Bookings"), "calendar", "bookings:calendar", Role.AGENT),
    (gettext_lazy("Knowledge"), "library", "admin:knowledge_document_changelist", Role.EDITOR),
    (gettext_lazy("Flows"), "workflow", "flows:list", Role.EDITOR),
    (gettext_lazy("Playground"), "flask-conical", "assistant:playground", Role.AGENT),
    (gettext_lazy("Settings"), "settings", "admin:assistant_assistant_changelist", Role.EDITOR),
    (gettext_lazy("Who did what"), "history", "accounts:audit", Role.ADMIN),
)
ACTS: tuple[tuple[Promise, str, str], ...] = (
    (gettext_lazy("Take over"), "hand", "t"),
    (gettext_lazy("Write a reply"), "reply", "r"),
    (gettext_lazy("Write a note"), "sticky-note", "n"),
    (gettext_lazy("Assign"), "user-round", "a"),
    (gettext_lazy("Label"), "tag", "l"),
    (gettext_lazy("Put off"), "clock", "h"),
    (gettext_lazy("Resolve"), "circle-check", "e"),
)


def look(user: User, text: str, *, language: str, inside: bool) -> list[Group]:
    """`inside`: a conversation is open. Nothing is asked for: what can be done, and where one can go."""
    groups = [
        Group(_("This conversation"), list(_acts(text)) if inside else []),
        Group(_("Go to"), list(_places(user, text))),
    ]
    if words(text):
        groups += [
            Group(_("Conversations"), list(_conversations(user, text))),
            Group(_("Articles"), list(_articles(user, text))),
            Group(_("Flows"), list(_flows(user, text, language))),
        ]
    return [group for group in groups if group.found]


def _acts(text: str) -> Iterator[Found]:
    yield from (Found(str(title), icon, key=key) for title, icon, key in ACTS if _has(text, [str(title)]))


def _places(user: User, text: str) -> Iterator[Found]:
    for title, icon, name, role in PLACES:
        if user.may(role) and _has(text, [str(title)]):
            yield Found(str(title), icon, link=reverse(name))


def _conversations(user: User, text: str) -> Iterator[Found]:
    found = having(conversations_for(user).begun(), text).order_by("-last_message_at")[:MOST]
    for one in found:
        link = reverse("conversations:conversation", args=[one.pk])
        yield Found(str(one.customer), "message-circle", one.last_words, link)


def _articles(user: User, text: str) -> Iterator[Found]:
    if not user.may(Role.EDITOR):
        return
    said = [Q(title__icontains=word) for word in text.split()[:8]]
    for pk, title in Document.objects.filter(*said).order_by("title").values_list("pk", "title")[:MOST]:
        yield Found(title, "file-text", link=reverse("admin:knowledge_document_change", args=[pk]))


def _flows(user: User, text: str, language: str) -> Iterator[Found]:
    if not user.may(Role.EDITOR):
        return
    rows = Flow.objects.order_by("key").values_list("key", "draft__name")[:MOST_FLOWS]
    named = ((key, names or {}) for key, names in rows)
    fitting = [one for one in named if _has(text, [one[0], *map(str, one[1].values())])]
    for key, names in fitting[:MOST]:
        link = reverse("flows:editor", args=[key])
        yield Found(str(in_language(names, language) or key), "workflow", link=link)


def _has(text: str, names: Iterable[str]) -> bool:
    """Whether one of them has all the words, or what begins one of its own."""
    return any(_begins(words(text), folded(name).split()) for name in names)


def _begins(said: list[str], own: list[str]) -> bool:
    return all(any(word.startswith(one) for word in own) for one in said)
