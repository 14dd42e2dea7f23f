"""What the command palette finds: things to do with the open conversation, places to go, conversations,
articles, flows. Nobody is shown what they may not open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from conversations.access import conversations_for
from conversations.inbox.palette_acts import acts
from conversations.inbox.palette_found import Found, Group
from conversations.inbox.searching import having
from conversations.inbox.words import words
from conversations.models import ConversationQuerySet
from flows.models import Flow
from flows.texts import in_language
from knowledge.models import Document

MOST = 6  # of each kind
MOST_ACTS = 12
MOST_FLOWS = 500  # looked through

PLACES: tuple[tuple[Promise, str, str, str], ...] = (
    (gettext_lazy("Inbox"), "inbox", "conversations:inbox", Role.AGENT),
    (gettext_lazy("Review"), "clipboard-list", "evaluation:review", Role.AGENT),
    (gettext_lazy("Insights"), "chart-line", "insights:page", Role.AGENT),
    (gettext_lazy("Bookings"), "calendar", "bookings:calendar", Role.AGENT),
    (gettext_lazy("Knowledge"), "library", "admin:knowledge_document_changelist", Role.EDITOR),
    (gettext_lazy("Flows"), "workflow", "flows:list", Role.EDITOR),
    (gettext_lazy("Training"), "graduation-cap", "training:page", Role.EDITOR),
    (gettext_lazy("Playground"), "flask-conical", "assistant:playground", Role.AGENT),
    (gettext_lazy("Settings"), "settings", "admin:assistant_assistant_changelist", Role.EDITOR),
    (gettext_lazy("Background work"), "activity", "background:jobs", Role.EDITOR),
    (gettext_lazy("Who did what"), "history", "accounts:audit", Role.ADMIN),
)
# Found by their names alone.
FARTHER: tuple[tuple[Promise, str, str, str], ...] = (
    (gettext_lazy("Replies kept ready"), "reply", "conversations:replies", Role.AGENT),
    (gettext_lazy("Corrections"), "square-pen", "evaluation:corrections", Role.AGENT),
    (gettext_lazy("Notifications"), "bell", "conversations:notifications", Role.AGENT),
    (gettext_lazy("Business hours"), "clock", "conversations:hours", Role.EDITOR),
    (gettext_lazy("Gaps"), "circle-help", "admin:evaluation_gap_changelist", Role.EDITOR),
    (gettext_lazy("Imports"), "upload", "admin:knowledge_importrun_changelist", Role.EDITOR),
    (gettext_lazy("Guidance"), "list-checks", "admin:assistant_guidance_changelist", Role.EDITOR),
    (gettext_lazy("Scenarios"), "clipboard-list", "admin:evaluation_scenario_changelist", Role.EDITOR),
    (gettext_lazy("Releases"), "package", "releases:list", Role.EDITOR),
    (gettext_lazy("Tools"), "zap", "admin:actions_tool_changelist", Role.EDITOR),
    (gettext_lazy("Labels"), "tag", "admin:conversations_label_changelist", Role.EDITOR),
    (gettext_lazy("Teams"), "headset", "admin:conversations_team_changelist", Role.ADMIN),
    (gettext_lazy("Staff"), "user-round", "admin:accounts_user_changelist", Role.ADMIN),
)


def look(user: User, text: str, *, language: str, inside: UUID | None = None) -> list[Group]:
    """`inside`: the conversation that is open. Nothing is asked for: what can be done, and where to go."""
    visible, asked = conversations_for(user), bool(words(text))
    groups = [
        Group(_("This conversation"), _acts(user, visible, text, inside) if inside else []),
        Group(_("Go to"), list(_places(user, text, (*PLACES, *FARTHER) if asked else PLACES))),
    ]
    if asked:
        groups += [
            Group(_("Conversations"), list(_conversations(visible, text, inside))),
            Group(_("Articles"), list(_articles(user, text))),
            Group(_("Flows"), list(_flows(user, text, language))),
        ]
    return [group for group in groups if group.found]


def _acts(user: User, visible: ConversationQuerySet, text: str, inside: UUID) -> list[Found]:
    conversation = visible.filter(pk=inside).first()
    if conversation is None:
        return []
    can = acts(conversation, user, named=bool(words(text)))
    return [one for one in can if _has(text, [one.title])][:MOST_ACTS]


def _places(user: User, text: str, places: Iterable[tuple[Promise, str, str, str]]) -> Iterator[Found]:
    for title, icon, name, role in places:
        if user.may(role) and _has(text, [str(title)]):
            yield Found(str(title), icon, link=reverse(name))


def _conversations(visible: ConversationQuerySet, text: str, inside: UUID | None) -> Iterator[Found]:
    found = visible.begun().filter(having(text))
    if inside:  # where one is already
        found = found.exclude(pk=inside)
    for one in found.order_by("-last_message_at")[:MOST]:
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
    rows = Flow.objects.in_use().order_by("key").values_list("key", "draft__name")[:MOST_FLOWS]
    named = ((key, names if isinstance(names, dict) else {}) for key, names in rows)
    fitting = [one for one in named if _has(text, [one[0], *map(str, one[1].values())])]
    for key, names in fitting[:MOST]:
        link = reverse("flows:editor", args=[key])
        yield Found(str(in_language(names, language) or key), "workflow", link=link)


def _has(text: str, names: Iterable[str]) -> bool:
    """Whether one of them has all the words, or what begins one of its own."""
    return any(_begins(words(text), words(name)) for name in names)


def _begins(said: list[str], own: list[str]) -> bool:
    return all(any(word.startswith(one) for word in own) for one in said)
