"""A model wants something changed: the customer is asked, and only a yes has it done.

What is asked about stays in the conversation's state, sealed, with the key under which it will be done: a yes
that comes twice, or to another process, does it once. Any other message is dealt with, and the question put
again behind it, twice at most; then it is let go, and said so.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from actions import kinds
from actions.declared import Declared, Done
from actions.doing import came_of, do, is_under_way
from actions.sealing import seal_data, unseal_data
from assistant.acting import facts_of
from assistant.composing import Draft, finish
from assistant.events import Answer, Completed, Delta, Outcome, ReplyEvent, Said, Transcript
from assistant.evidence import facts_in
from assistant.guidance.guarding import unless_broken
from assistant.phrases import say
from assistant.tools import telling
from assistant.tools.desk import Desk, Order, noted
from assistant.tools.results import Result, as_data
from assistant.tools.wishes import STATE, Wish, count_in, wish_in, with_wish
from assistant.understanding import ACCEPTED, Way
from chatbot.kept_connections import in_thread
from flows.slot import Slot
from flows.slots.reading import read
from flows.slots.signals import asks, corrects

MOST_TIMES = 2  # that the question is put again
MOST_WORDS_OF_A_YES = 7
BUT = re.compile(r"\b(?:but|except|only|instead|mais|sauf|seulement|plutôt)\b", re.IGNORECASE)
FEW_WORDS = 2  # a yes of more words says something besides


def ask(draft: Draft, order: Order, desk: Desk) -> Answer:
    """Put what the model wants done before the customer."""
    declared = order.declared
    assert declared is not None  # it was in order
    language = draft.language
    lines = telling.shown(declared, order.given, language)
    wish = Wish(
        declared.name, desk.key_of(order), seal_data(dict(order.given)), declared.said_in(language),
        tuple(lines),
    )  # fmt: skip
    draft = replace(draft, state=with_wish(draft.state, wish, desk.number + 1))
    return finish(
        draft.because("asks_to_confirm"), telling.question(wish.words, lines, language), Outcome.ASKED_BACK,
        kind="tool", options=telling.yes_or_no(language),
    )  # fmt: skip


async def settle(wish: Wish, draft: Draft, transcript: Transcript, started: float) -> Answer | None:
    """The answer to a yes or a no; None when the customer says something else. What was done already, by a
    reply that was given up, is told whatever the customer says."""
    done = await came_of(wish.key, conversation=transcript.conversation)
    begun = done is not None or await is_under_way(wish.key, conversation=transcript.conversation)
    said = True if begun else await asyncio.to_thread(_yes_or_no, draft, wish)
    if said is None:
        return None
    settled = {"count": count_in(draft.state), "settled": asdict(wish)}
    draft = replace(draft, state={**draft.state, STATE: settled})
    if not said:
        return telling.not_wanted(draft, wish.words)
    began = time.perf_counter()
    given = unseal_data(wish.held)
    if not isinstance(given, dict):
        return telling.lost(draft, wish.words)
    now = timezone.localtime().replace(tzinfo=None)
    done = done or await _do(wish, given, transcript, draft.language, now)
    declared = await in_thread(kinds.find)(wish.action)
    ms = (time.perf_counter() - began) * 1000
    return await _told(
        replace(draft, timings={"tools": ms, "total": _since(started)}), wish, given, done, declared, now
    )


async def repeated(draft: Draft, transcript: Transcript, started: float) -> Answer | None:
    """A yes or a no once more, to what was settled with the last answer: what came of it is told again."""
    text, wish = draft.understood.text, wish_in(draft.state, "settled")
    if wish is None or len(text.split()) > FEW_WORDS or draft.understood.way is Way.HANDOFF:
        return None
    if await asyncio.to_thread(_read, text, draft.language) is None:
        return None
    if answer := await settle(wish, draft, transcript, started):
        return answer
    return finish(draft, say("fine", draft.language), Outcome.ANSWERED, kind="small_talk")


async def _do(
    wish: Wish, given: Mapping[str, Any], transcript: Transcript, language: str, now: datetime
) -> Done:
    return await do(
        wish.action, given, key=wish.key, customer=facts_of(transcript, language),
        conversation=transcript.conversation, now=now,
    )  # fmt: skip


async def _told(
    draft: Draft, wish: Wish, given: Mapping[str, Any], done: Done, declared: Declared | None, now: datetime
) -> Answer:
    """That it was done is told whatever guardrails hold: they are for what the other system says of it."""
    if declared is None:
        return telling.done(draft, wish.words, done, None)
    draft = replace(draft, calls=(noted(declared, given, done, draft.timings["tools"]),))
    result = Result(declared, given, as_data(declared, done.data), now) if done.ok else None
    answer = telling.done(draft, wish.words, done, result)
    brought = "\n".join(result.lines(draft.language)) if result else ""
    return await unless_broken(answer, brought, telling.done(draft, wish.words, done, None), draft.guidance)


def _yes_or_no(draft: Draft, wish: Wish) -> bool | None:
    """Who asks something besides has not decided; nor has who answers somebody else, or says yes to something
    that is not quite what was asked."""
    understood, text = draft.understood, draft.understood.text
    elsewhere = understood.way is Way.HANDOFF and ACCEPTED not in understood.reasons
    if asks(text) or elsewhere or not _was_just_asked(understood.before):
        return None
    said = [_read(line, draft.language) for line in text.splitlines() if line.strip()]
    if False in said:
        return False
    return True if said and all(said) and _is_plain(text, wish) else None


def _is_plain(text: str, wish: Wish) -> bool:
    """A yes without a change: "yes, but for the other order" has nothing done."""
    named = facts_in(text) <= facts_in("\n".join(wish.lines))
    return len(text.split()) <= MOST_WORDS_OF_A_YES and named and not (corrects(text) or BUT.search(text))


def _read(text: str, language: str) -> bool | None:
    reading = read(
        Slot(kind="yes_no"), text, language=language, now=timezone.localtime().replace(tzinfo=None)
    )
    return bool(reading.value) if reading.value is not None and reading.sure else None


def _was_just_asked(before: Sequence[Said]) -> bool:
    """Not a person's question, nor one to which something else was said since."""
    last = before[-1] if before else None
    return last is not None and last.role == "assistant" and telling.offers_yes_or_no(last.options)


def put_again(event: ReplyEvent, wish: Wish | None, language: str) -> Iterator[ReplyEvent]:
    """Behind the answer to something else, the question once more, or that it is let go."""
    if wish is None or not isinstance(event, Completed) or wish_in(event.answer.state):
        yield event
        return
    answer = event.answer
    elsewhere = answer.outcome is Outcome.HANDOFF or (answer.route and answer.route.kind == "flow")
    if not elsewhere and wish.again < MOST_TIMES:
        text = telling.question(wish.words, wish.lines, language, again=True)
        state = with_wish(answer.state, replace(wish, again=wish.again + 1), count_in(answer.state))
        answer = replace(telling.appended(answer, text, telling.yes_or_no(language)), state=state)
    else:
        text = say("tool_let_go", language, what=wish.words)
        state = with_wish(answer.state, None, count_in(answer.state))
        answer = replace(telling.appended(answer, text), state=state)
    yield Delta(f"\n\n{text}")
    yield Completed(answer)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
