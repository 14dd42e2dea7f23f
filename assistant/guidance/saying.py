"""What is said because of guidance: exact words beside an answer, in its place, or with a handoff. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant import composing
from assistant.composing import Draft
from assistant.events import Answer, HandoffReason, Outcome, Route
from assistant.guidance.held import MOST_IN_PROMPT, Did, Held, Judged, Kind
from assistant.phrases import say
from assistant.tools import wishes
from knowledge.chunking import sentence_spans

LONGEST_KEPT = 2_000  # characters of an answer that was not sent
BESIDE = (Outcome.ANSWERED, Outcome.DECLINED)  # kinds of answers beside which a rule's words are said
QUESTION = re.compile(r"\?[\s\"'»”)*_]*$")  # at the end of a sentence
GUARDED = "guarded"  # the kind of such an answer, and its reason


def escalated(draft: Draft, judged: Judged) -> Answer:
    """A person comes. A flow under way stays where it stands, as when the customer asks for a person."""
    text = judged.row.words.get(draft.language) or say("handoff", draft.language)
    answer = composing.finish(
        draft, text, Outcome.HANDOFF, kind="handoff", handoff_reason=HandoffReason.POLICY
    )
    return noted(answer, [judged.note(Did.HANDED_OVER)])


def refused(draft: Draft, judged: Judged) -> Answer:
    """Nothing was looked for."""
    return noted(_instead(draft, judged), [judged.note(Did.REFUSED)])


def replaced(draft: Draft, judged: Judged, answer: Answer, **breach: Any) -> Answer:
    """Instead of an answer that broke a guardrail. What it cost and how it was made stays known; what it
    asked was never asked, so that no yes can be said to it."""
    own = _instead(draft, judged)
    state = wishes.without_wish({**answer.state, "declined_for": own.state["declined_for"]})
    route = answer.route and replace(answer.route, kind=GUARDED, reasons=(*answer.route.reasons, GUARDED))
    kept = replace(own, usage=answer.usage, route=route, state=dict(state))
    return withheld(kept, judged, answer.text, **breach)


def withheld(answer: Answer, judged: Judged, text: str, **breach: Any) -> Answer:
    """The answer that is sent, with a note of the text that was not."""
    return noted(answer, [judged.note(Did.REPLACED, withheld=text[:LONGEST_KEPT], **breach)])


def _instead(draft: Draft, judged: Judged) -> Answer:
    text = _said_instead(draft, judged)
    draft = replace(draft, state={**draft.state, "declined_for": HandoffReason.UNSUPPORTED_REQUEST})
    person = [composing.person_option(draft.language)]
    return composing.finish(draft.because(GUARDED), text, Outcome.DECLINED, kind=GUARDED, options=person)


def _said_instead(draft: Draft, judged: Judged) -> str:
    """In the middle of a flow (`brief`) nothing is asked: the flow's own question comes below, and a yes is
    said to that."""
    words = judged.row.words.get(draft.language, "")
    if draft.brief:
        return _without_questions(words) or say("guarded_briefly", draft.language)
    return words or say("guarded", draft.language)


def _without_questions(text: str) -> str:
    return "\n".join(map(_stated, text.splitlines())).strip()


def _stated(line: str) -> str:
    sentences = [line[start:end] for start, end in sentence_spans(line)]
    return "".join(one for one in sentences if not QUESTION.search(one)).strip()


def with_words(answer: Answer, held: Held, *, brief: bool) -> tuple[Answer, str]:
    """The answer with what rules want said, and what that adds to it. What is not answered in the middle of a
    flow (`brief`) is said in one line of the flow's."""
    if answer.outcome not in BESIDE or (brief and answer.outcome is not Outcome.ANSWERED):
        return answer, ""
    wanted = [words for one in held.of(Kind.RULE) if (words := one.row.words.get(held.language))]
    new = [words for words in dict.fromkeys(wanted) if words not in answer.text]
    if not new:
        return answer, ""
    added = "".join(f"\n\n{words}" for words in new)
    return replace(answer, text=f"{answer.text}{added}"), added


def notes(answer: Answer, held: Held) -> list[dict[str, Any]]:
    """What became of the rows beside an answer that stands. A guardrail that nothing broke is no news."""
    asked_a_model = bool(answer.route and answer.route.prompt)
    return [one.note(_did(one, answer, held, asked_a_model)) for one in held.of(Kind.TONE, Kind.RULE)]


def _did(one: Judged, answer: Answer, held: Held, asked_a_model: bool) -> Did:
    words = one.row.words.get(held.language, "")
    if one.row.kind is Kind.RULE and words and answer.outcome in BESIDE and words in answer.text:
        return Did.SAID
    if not asked_a_model:
        return Did.UNSAID if one.row.words else Did.NEEDS_MODEL
    return Did.PROMPT if one in held.told else Did.TOO_MANY


def noted(answer: Answer, found: list[dict[str, Any]]) -> Answer:
    route = answer.route or Route(kind="", language=answer.language)
    return replace(answer, route=replace(route, guidance=(*route.guidance, *found)))


def for_prompt(held: Held) -> tuple[str, ...]:
    """As a model is told, in the order of the list."""
    return tuple(map(_told, held.told[:MOST_IN_PROMPT]))


def _told(one: Judged) -> str:
    text = " ".join(one.row.text.split())
    if one.row.kind is Kind.GUARDRAIL:
        return f"Guardrail: {text}"
    if one.row.kind is Kind.TONE:
        return f"Tone: {text}"
    added = " (The exact words are added below your answer: do not write them.)" if one.row.words else ""
    return f"{text}{added}"
