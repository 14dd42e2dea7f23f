"""What a transcript says: everything that the customer sees of a conversation, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assistant.models import Assistant
from assistant.numbering import with_citations
from assistant.releases.as_served import as_served
from chatbot.dates import day_in_words
from chatbot.markdown import render_message
from conversations.attachments.sizes import size_words
from conversations.cards import cards_of, words_of_cards
from conversations.event_lines import event_line
from conversations.models import Citation, Conversation, Message
from conversations.naming import speaker
from conversations.transcripts.plain import plain

MOST = 1000  # messages
WEIGHT = 500_000  # characters: what mail servers take, with room to spare
Kind = Message.Kind
_MADE_LINK = re.compile(r'(<a class="cite"[^>]*>)(\d+)</a>')


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    title: str
    url: str  # absolute


@dataclass(frozen=True, slots=True)
class Card:
    """`links`: (label, where it leads) of its buttons. What was said by pressing one stands below."""

    title: str
    text: str
    picture: str  # in words
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said, or one line of what happened. `day` stands before the first of each day."""

    kind: str
    who: str
    day: str
    time: str
    text: str
    html: SafeString
    sources: list[Source]
    partial: bool
    files: tuple[str, ...] = ()  # their names and sizes
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    title: str
    time_zone: str
    entries: list[Entry]
    earlier: bool  # the conversation began before its first entry
    chat_url: str
    accent: str  # the assistant's colour


def transcript_of(conversation: Conversation, *, time_zone: str) -> Transcript:
    """In the active language; `time_zone` is where the customer reads it."""
    zone = zone_named(time_zone)
    messages, earlier = _messages(conversation)
    assistant = as_served(conversation.assistant, str(conversation.pk))
    chat = reverse("conversations:chat", args=[assistant.slug])
    return Transcript(
        title=_title(assistant),
        time_zone=zone.key,
        entries=list(_entries(assistant, messages, zone)),
        earlier=earlier,
        chat_url=absolute(chat),
        accent=assistant.accent,
    )


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name, else the installation's: browsers know names that we do not."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def absolute(url: str) -> str:
    """As somebody reaches it who is not on our pages; "" for what is no address of the web."""
    whole = urljoin(f"{settings.PUBLIC_URL}/", url) if url else ""
    return whole if urlsplit(whole).scheme in {"http", "https"} else ""


def _title(assistant: Assistant) -> str:
    title = _("Your conversation with %(name)s") % {"name": assistant.name}
    return f"{title} · {assistant.company}" if assistant.company else title


def _messages(conversation: Conversation) -> tuple[list[Message], bool]:
    """The newest that fit, in their order, and whether there are others before them. An answer that another
    one has replaced is left out: on the page it is folded away."""
    seen = Message.objects.filter(conversation=conversation).exclude(kind__in=Message.AMONG_STAFF)
    seen = seen.exclude(data__has_key="replaced").select_related("author").prefetch_related("citations")
    found = list(seen.order_by("-seq")[: MOST + 1])
    kept: list[Message] = []
    weight = 0
    for message in found[:MOST]:
        weight += len(message.text) + len(words_of_cards(message.data))
        if kept and weight > WEIGHT:
            break
        kept.append(message)
    return kept[::-1], len(kept) < len(found)


def _entries(assistant: Assistant, messages: list[Message], zone: ZoneInfo) -> Iterable[Entry]:
    before: date | None = None
    for message in messages:
        at = message.created_at.astimezone(zone)
        yield _entry(message, assistant, at, day="" if at.date() == before else _day(at))
        before = at.date()


def _day(at: datetime) -> str:
    return day_in_words(at.date(), get_language() or settings.LANGUAGE_CODE, weekday=False)


def _entry(message: Message, assistant: Assistant, at: datetime, *, day: str) -> Entry:
    citations = list(message.citations.all()) if message.kind == Kind.ASSISTANT else []
    made = partial(Entry, kind=message.kind, day=day, time=at.strftime("%H:%M"), partial=message.partial)
    if message.kind == Kind.EVENT:
        line = event_line(message, audience="customer")
        return made(who="", text=line, html=SafeString(""), sources=[])
    who = _who(message, assistant)
    if message.kind == Kind.CUSTOMER:
        # Nothing in it is made a link: whoever wrote it may have sent it to somebody else's mailbox.
        html = mark_safe(linebreaks(message.text, autoescape=True))  # noqa: S308 (it is escaped)
        return made(who=who, text=message.text, html=html, sources=[], files=_files(message))
    html = render_message(message.text)
    html, text = _cited(html, citations), plain(html)
    return made(who=who, text=text, html=html, sources=_sources(citations), cards=_cards(message))


def _cards(message: Message) -> tuple[Card, ...]:
    return tuple(
        Card(
            card["title"],
            card["text"],
            card["picture"]["alt"] if card["picture"] else "",
            tuple(_links(card["buttons"])),
        )
        for card in cards_of(message.data)
    )


def _links(buttons: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """A path of ours leads from a mail to nowhere: it is made whole."""
    for button in buttons:
        if link := button["link"]:
            yield button["label"], absolute(link) if link.startswith("/") else link


def _files(message: Message) -> tuple[str, ...]:
    files = message.data.get("files", ())
    return tuple(f"{one['name']} ({size_words(one['size'])})" for one in files)


def _who(message: Message, assistant: Assistant) -> str:
    who = speaker(message, assistant, "customer")
    return f"{who} · {_('AI assistant')}" if message.kind == Kind.ASSISTANT else who


def _sources(citations: list[Citation]) -> list[Source]:
    return [Source(each.number, _source_title(each), absolute(each.url)) for each in citations]


def _source_title(citation: Citation) -> str:
    same = not citation.heading or citation.heading == citation.title
    return citation.title if same else f"{citation.title} · {citation.heading}"


def _cited(html: str, citations: list[Citation]) -> SafeString:
    urls = {each.number: url for each in citations if (url := absolute(each.url))}
    linked = _MADE_LINK.sub(
        r"\1[\2]</a>", with_citations(html, urls)
    )  # no style tells the number from a word
    return mark_safe(linked)  # noqa: S308 (it comes from the Markdown door)
