"""An answer on its way to the customer: guardrails are held against it, and rules add their words.

While one holds, text is shown sentence by sentence, each once it was looked at: what breaks a guardrail is
not shown even for a moment, and the finished answer is replaced by the words of the row.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from assistant.cards import options_of, without_repeats
from assistant.composing import Draft
from assistant.events import Answer, Completed, Delta, Progress, ReplyEvent, Sources
from assistant.guidance.breaches import Breach, breach_in, sentences_of
from assistant.guidance.held import Held
from assistant.guidance.saying import noted, notes, replaced, with_words, withheld
from assistant.phrases import say
from flows.shown_cards import ShownCard, in_words

ENDS = re.compile(r"[.!?…](?:[\s\"'»”)]*\[\d{1,3}\])*[\"'»”)]*\s|\n")


@dataclass
class Screen:
    """Lets whole sentences through that break nothing; after one that does, nothing any more."""

    held: Held
    text: str = ""
    shown: int = 0  # characters
    broken: bool = False

    async def feed(self, text: str) -> str:
        self.text += text
        if self.broken:
            return ""
        ends = [found.end() for found in ENDS.finditer(self.text, self.shown)]
        return await self._through(ends[-1]) if ends else ""

    async def rest(self) -> str:
        return "" if self.broken else await self._through(len(self.text))

    async def _through(self, end: int) -> str:
        if end <= self.shown:
            return ""
        seen = len(sentences_of(self.text[: self.shown]))
        if await breach_in(self.text[:end], self.held, since=max(0, seen - 1)):
            self.broken = True
            return ""
        new, self.shown = self.text[self.shown : end], end
        return new


async def guarded(events: AsyncGenerator[ReplyEvent, None], draft: Draft) -> AsyncGenerator[ReplyEvent, None]:
    """The same events, with what guidance makes of them."""
    held = draft.guidance
    screen = Screen(held) if held.guardrails else None
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Delta) and screen:
                if shown := await screen.feed(event.text):
                    yield Delta(shown)
            elif isinstance(event, Completed):
                if screen and (last := await screen.rest()):
                    yield Delta(last)
                answer, added = await _settled(event.answer, draft)
                if added:
                    yield Delta(added)
                yield Completed(answer)
            elif passing := await _passing(event, held):
                yield passing


async def _passing(event: ReplyEvent, held: Held) -> ReplyEvent | None:
    """What is told before a word is written, without titles that break a guardrail."""
    if isinstance(event, Progress) and "title" in event.params:
        return None if await _is_broken(event.params["title"], held) else event
    if not isinstance(event, Sources) or not held.guardrails:
        return event
    titles = {cited.title for cited in event.citations}
    broken = {title for title in titles if await _is_broken(title, held)}
    return Sources(tuple(cited for cited in event.citations if cited.title not in broken))


async def _is_broken(title: str, held: Held) -> bool:
    return bool(held.guardrails) and await breach_in(title, held) is not None


async def _settled(answer: Answer, draft: Draft) -> tuple[Answer, str]:
    """What is sent: the answer with the words of rules, or what is said instead of it."""
    held = draft.guidance
    if held.guardrails and not _waits_for_staff(answer):
        begun = time.perf_counter()
        breach = await breach_in(answer.text, held)
        answer = _timed(answer, begun)
        if breach:
            return replaced(draft, breach.judged, answer, **_about(breach)), ""
    answer, added = with_words(answer, held, brief=draft.brief)
    return noted(answer, notes(answer, held)), added


def _waits_for_staff(answer: Answer) -> bool:
    """It says in our own words that staff were asked: they were, so the customer has to know."""
    calls = answer.route.calls if answer.route else ()
    return any(call.get("waits") == "staff" for call in calls)


async def unless_broken(answer: Answer, brought: str, otherwise: Answer, held: Held) -> Answer:
    """The answer or, where what another system has `brought` for it breaks a guardrail, `otherwise`."""
    if not brought or not held.guardrails:
        return answer
    begun = time.perf_counter()
    breach = await breach_in(brought, held)
    if breach is None:
        return _timed(answer, begun)
    return withheld(_timed(otherwise, begun), breach.judged, brought, **_about(breach))


async def with_cards_settled(event: ReplyEvent, draft: Draft) -> ReplyEvent:
    """What a flow says was written by staff; its cards also hold what an action brought. One that breaks a
    guardrail is left out, with its buttons."""
    if not isinstance(event, Completed) or not event.answer.cards:
        return event
    answer = await _without_broken_cards(event.answer, draft) if draft.guidance.guardrails else event.answer
    return Completed(without_repeats(answer))


async def _without_broken_cards(answer: Answer, draft: Draft) -> Answer:
    begun, kept = time.perf_counter(), list[ShownCard]()
    others = answer.options[: len(answer.options) - len(options_of(answer.cards))]
    for card in answer.cards:
        words = in_words([card])
        if breach := await breach_in(words, draft.guidance):
            answer = withheld(answer, breach.judged, words, **_about(breach))
        else:
            kept.append(card)
    text = answer.text or ("" if kept else say("guarded_briefly", draft.language))
    options = (*others, *options_of(kept))
    return _timed(replace(answer, text=text, cards=tuple(kept), options=options), begun)


def _about(breach: Breach) -> dict[str, Any]:
    return {"line": breach.line, "by": breach.by, "score": breach.score}


def _timed(answer: Answer, begun: float) -> Answer:
    if answer.route is None:
        return answer
    took = round((time.perf_counter() - begun) * 1000, 1)
    return replace(answer, route=replace(answer.route, timings={**answer.route.timings, "guardrails": took}))
