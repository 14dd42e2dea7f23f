"""What is said to files that customers send. The assistant cannot look into them, and says so. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import composing
from assistant.composing import Draft
from assistant.events import Answer, Completed, Outcome, ReplyEvent, SentFile
from assistant.phrases import say
from assistant.understanding import Way
from flows import sent_files
from flows.state import ChitChat, CorrectSlot, Heard, Rejected, SetSlot
from flows.texts import SPECIAL

SAID_ANYWAY = ("file", "handoff")  # kinds of answers: it is kept, or a person comes who can look at it


def keep_file(draft: Draft) -> Answer:
    """To a file that nothing was said about: that it has arrived, and that a person can look at it."""
    text = say("file_kept", draft.language, names=_names(draft.understood.files))
    options = [composing.person_option(draft.language)]
    return composing.finish(draft, text, Outcome.ANSWERED, kind="file", options=options)


def without_search(draft: Draft, name: str) -> Answer:
    """What is said where neither flows nor the knowledge are concerned."""
    only_a_file = draft.understood.way is Way.FILE
    return keep_file(draft) if only_a_file else composing.without_search(draft, name)


def as_values(files: Sequence[SentFile]) -> tuple[sent_files.SentFile, ...]:
    """As flows know them."""
    return tuple(sent_files.SentFile(file.id, file.name, file.kind, file.size) for file in files)


def honest(event: ReplyEvent, draft: Draft, heard: Heard | None) -> ReplyEvent:
    """An answer to words that came with a file says that the file was not read, unless a flow took it."""
    files = draft.understood.files
    if not isinstance(event, Completed) or not files or _is_dealt_with(heard, files):
        return event
    answer = event.answer
    if (answer.route and answer.route.kind in SAID_ANYWAY) or answer.outcome is Outcome.HANDOFF:
        return event
    person = composing.person_option(draft.language)
    options = answer.options if person in answer.options else (*answer.options, person)
    note = say("file_unread", draft.language, names=_names(files))
    return Completed(replace(answer, text=f"{answer.text}\n\n{note}", options=options))


def _is_dealt_with(heard: Heard | None, files: Sequence[SentFile]) -> bool:
    """Whether a flow has taken one of them, has said why not, or that it is kept."""
    values = [file.value for file in as_values(files)]
    for command in heard.commands if heard else ():
        match command:
            case SetSlot() | CorrectSlot() if command.value in values:
                return True
            case Rejected() if command.why in ("picture_wanted", "document_wanted", "file_too_large"):
                return True
            case ChitChat() if command.phrase == "file_kept":
                return True
    return False


def _names(files: Sequence[SentFile]) -> str:
    """As words that mean nothing in Markdown."""
    return ", ".join(SPECIAL.sub(r"\\\1", file.name) for file in files)
