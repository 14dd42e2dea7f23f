"""A transcript on paper: as a text file, and as the two versions of a mail."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from django.template.loader import get_template
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from chatbot.mailing import Mail
from conversations.models import TranscriptMail
from conversations.transcripts.content import Entry, Transcript, transcript_of

RULE = "-" * 60


def as_text(transcript: Transcript) -> str:
    """In the active language. Nothing that was said begins a line: no message can pass for another."""
    parts = [transcript.title, time_words(transcript)]
    if transcript.earlier:
        parts.append(earlier_words())
    for entry in transcript.entries:
        parts += _entry(entry)
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    if entry.day:
        yield f"{RULE}\n{entry.day}"
    if entry.kind == "event":
        yield f"— {entry.text} ({entry.time})"
        return
    said = [part for part in (entry.text, *_below(entry)) if part]
    yield "\n".join([f"{entry.who}, {entry.time}", *map(_inside, said)])


def _below(entry: Entry) -> Iterator[str]:
    for card in entry.cards:
        picture = _("Picture: %(what)s") % {"what": card.picture} if card.picture else ""
        said = [card.title, card.text, picture, *(f"{label}: {link}" for label, link in card.links)]
        yield "\n" + "\n".join(filter(None, said))
    for file in entry.files:
        yield f"[{_('File: %(file)s') % {'file': file}}]"
    if entry.partial:
        yield f"({_('Stopped before the end')})"
    if entry.sources:
        yield f"\n{_('Sources')}"
        for source in entry.sources:
            yield f"[{source.number}] {source.title}"
            yield _inside(source.url)


def _inside(text: str) -> str:
    return indent(text, "  ")


def time_words(transcript: Transcript) -> str:
    return _("Time zone: %(zone)s") % {"zone": transcript.time_zone.replace("_", " ")}


def earlier_words() -> str:
    return _("This conversation is very long. Its beginning has been left out.")


def why_words() -> str:
    return _(
        "You receive this because your address was given on our chat page. If that was not you, you need do "
        "nothing: the address has not been kept."
    )


def mail_of(row: TranscriptMail) -> Mail:
    """The mail that was asked for, as the conversation is now."""
    with override(row.language):
        transcript = transcript_of(row.conversation, time_zone=row.time_zone)
        return Mail(
            key=f"transcript-{row.pk}",
            to=row.email,
            subject=transcript.title,
            text=_mail_text(transcript),
            html=_mail_html(transcript),
            language=get_language() or row.language,
        )


def _mail_text(transcript: Transcript) -> str:
    chat = _("Open the chat: %(url)s") % {"url": transcript.chat_url}
    end = [RULE, chat, why_words()]
    return as_text(transcript) + "\n" + "\n\n".join(end) + "\n"


def _mail_html(transcript: Transcript) -> str:
    words = {
        "title": transcript.title,
        "times": time_words(transcript),
        "why": why_words(),
        "earlier": earlier_words(),
    }
    return get_template("conversations/transcript_mail.html").render({"transcript": transcript, **words})
