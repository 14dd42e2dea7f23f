"""What a transcript asks: the customer's newest words, what they follow, and which way they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.events import Outcome, Said, SentFile, Transcript
from assistant.guardrails import clean
from assistant.handoff import asks_for_a_person
from assistant.language import asked_for
from assistant.offers import accepts_a_person, last_answer
from assistant.scope import forbidden_topic
from assistant.smalltalk import Courtesy, courtesy_of
from knowledge.language import detect_language

MOST_AT_ONCE = 3  # quick messages that are answered together
REMEMBERED_TURNS = 6
ACCEPTED = "accepted_the_offer"


class Way(StrEnum):
    SMALL_TALK = "small_talk"
    HANDOFF = "handoff"
    OUT_OF_SCOPE = "out_of_scope"
    EMPTY = "empty"
    FILE = "file"  # nothing but a file was sent
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Understood:
    """`history` holds the customer's earlier turns, oldest first; `before` everything that was said.

    `language` is what is answered in, `asked_in` that of the question: they differ when the customer asks for
    an answer in another one. Of a `form` that was filled in `text` says the same in lines, and `beside` is
    what was said besides.
    """

    text: str
    language: str
    way: Way
    history: tuple[str, ...] = ()
    before: tuple[Said, ...] = ()
    courtesy: Courtesy | None = None
    asked_before: bool = False
    reasons: tuple[str, ...] = field(default=())
    asked_in: str = ""
    files: tuple[SentFile, ...] = ()
    form: Mapping[str, str] | None = None
    beside: str = ""


def understand(
    transcript: Transcript, *, languages: Sequence[str], out_of_scope: Sequence[str], habitual: str = ""
) -> Understood:
    """`habitual` is the language of the conversation so far, if it is known."""
    newest, before = split_newest(transcript.said)
    if any(said.form is not None for said in newest):
        return _filled_in(newest, before, habitual or transcript.language, languages)
    text = chosen_option(clean("\n".join(said.text for said in newest)), before)
    if wanted := asked_for(text, languages):
        return _again(wanted, before, languages)
    language = detect_language(text, languages, habitual or transcript.language)
    courtesy = courtesy_of(text)
    way, reason = _way(text, before, courtesy, forbidden_topic(text, out_of_scope, language))
    files = tuple(file for said in newest for file in said.files)
    if files and way is Way.EMPTY:
        way, reason = Way.FILE, "only_a_file"
    return Understood(
        text=text,
        language=language,
        way=way,
        history=_earlier_turns(before),
        before=before,
        courtesy=courtesy,
        asked_before=_last_outcome(before) == Outcome.ASKED_BACK,
        reasons=(reason,) if reason else (),
        files=files,
    )


def _filled_in(
    newest: Sequence[Said], before: Sequence[Said], language: str, languages: Sequence[str]
) -> Understood:
    """A form goes to the flow that asked for it. What stands in it calls nobody and tells no language."""
    form = next(said.form for said in reversed(newest) if said.form is not None)
    beside = clean("\n".join(said.text for said in newest if said.form is None))
    way, reason = _way(beside, before, None, None) if beside else (Way.KNOWLEDGE, "")
    return Understood(
        text=clean("\n".join(said.text for said in newest)),
        language=detect_language(beside, languages, language) if beside else language,
        way=way if way is Way.HANDOFF else Way.KNOWLEDGE,
        history=_earlier_turns(before),
        before=tuple(before),
        reasons=tuple(filter(None, ("form_filled_in", reason))),
        files=tuple(file for said in newest for file in said.files),
        form=form,
        beside=beside,
    )


def _again(language: str, before: Sequence[Said], languages: Sequence[str]) -> Understood:
    """The last question once more, in the language that was asked for; a greeting when there was none."""
    *earlier, last = _earlier_turns(before) or ("",)
    return Understood(
        text=last,
        language=language,
        way=Way.KNOWLEDGE if last else Way.SMALL_TALK,
        history=tuple(earlier),
        before=tuple(before),
        courtesy=None if last else Courtesy.GREETING,
        reasons=("language_asked",),
        asked_in=detect_language(last, languages, language),
    )


def split_newest(said: Sequence[Said]) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """The customer's messages since somebody else spoke or took charge, and what came before them."""
    at = len(said)
    while at and said[at - 1].role == "customer" and len(said) - at < MOST_AT_ONCE:
        at -= 1
        if said[at].hands_changed:
            break
    return tuple(said[at:]), tuple(said[:at])


def chosen_option(text: str, before: Sequence[Said]) -> str:
    """A number, said after a list of quick replies, means the one that stands there."""
    last = before[-1] if before and before[-1].role == "assistant" else None
    options = last.options[: last.numbered] if last else ()
    number = text.strip().rstrip(".)")
    if number.isdecimal() and 1 <= int(number) <= len(options):
        return options[int(number) - 1].text
    return text


def _way(
    text: str, before: Sequence[Said], courtesy: Courtesy | None, forbidden: str | None
) -> tuple[Way, str]:
    if not any(character.isalnum() for character in text):
        return Way.EMPTY, "no_words"
    if accepts_a_person(text, before):
        return Way.HANDOFF, ACCEPTED
    if asks_for_a_person(text):
        return Way.HANDOFF, "asked_for_a_person"
    if courtesy:
        return Way.SMALL_TALK, courtesy
    return (Way.OUT_OF_SCOPE, f"out_of_scope: {forbidden}") if forbidden else (Way.KNOWLEDGE, "")


def _earlier_turns(before: Sequence[Said]) -> tuple[str, ...]:
    """What the customer has said that can carry a topic: no courtesies, no forms, no wish for a person."""
    texts = [clean(said.text) for said in before if said.role == "customer" and said.form is None]
    telling = [text for text in texts if text and not courtesy_of(text) and not asks_for_a_person(text)]
    return tuple(telling[-REMEMBERED_TURNS:])


def _last_outcome(before: Sequence[Said]) -> str:
    answer = last_answer(before)
    return answer.outcome if answer else ""
