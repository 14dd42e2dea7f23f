"""An answer with what stood before it: what was asked, what it rests on, what is to be learned.

Nothing is cleaned or taken out here (training/examples/finishing.py); but where an answer cannot be learned
from at all, it says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from assistant.citations import check
from assistant.events import Outcome, Said
from assistant.models import Assistant
from assistant.prompts import Decision
from assistant.understanding import split_newest
from conversations.answering import SPEAKERS
from conversations.models import Conversation, Message
from conversations.posting import HEARD
from conversations.suggesting import as_read
from evaluation.corrections.rows import Cause, Correction
from evaluation.reviews.rows import Verdict
from knowledge.cleaning.conversations import candidates
from training.examples.asked import Asked
from training.examples.passages import Read, cited_in, found_now, read_for
from training.examples.rows import Origin

MARK = re.compile(r"[ \t]*\[(\d{1,3})\]")
# What is left of "Hello Carla!" and "Regards, Rita" once the names are out.
AROUND = re.compile(
    r"^(?:hello|hi|hey|dear|bonjour|bonsoir|salut|chère?)\b[^.!?\n]{0,40}?[!,.:]\s+"
    r"|\s*\[(?:name|nom)\][.,!]*\s*$",
    re.IGNORECASE,
)
LOOKED_BACK = 40  # messages
DECISIONS = {
    Outcome.ANSWERED: Decision.ANSWER, Outcome.DECLINED: Decision.NONE, Outcome.ASKED_BACK: Decision.ASK,
}  # fmt: skip
WRITTEN = ("knowledge", "extract", "declined", "ask_back")  # kinds of replies that a model may word
BY_US = ("said", "replaced", "refused", "handed_over")  # what guidance did to an answer, and no model
TOPICS = {Decision.NONE: "=declined", Decision.ASK: "=asked"}  # no article is called so


@dataclass(frozen=True)
class Built:
    """`answer` and, of a pair, `wrong` begin with the decision; `staff`: what the model was told of guidance;
    `why`: a code of training.examples.words, "" where it can be learned from."""

    origin: str
    assistant: Assistant
    conversation: Conversation
    message: Message | None
    said_at: datetime
    language: str
    question: str = ""
    before: tuple[Said, ...] = ()
    passages: Sequence[Read] = ()
    answer: str = ""
    wrong: str = ""
    topic: str = ""
    staff: tuple[str, ...] = ()
    changed: bool = False
    why: str = ""
    names: frozenset[str] = field(default=frozenset())


def built(origin: str, key: str, asked: Asked) -> Iterator[Built]:
    """None where the row is gone meanwhile; of staff as many as a conversation teaches."""
    if origin == Origin.REVIEW:
        found = _answers().filter(pk=int(key)).first()
        yield from [of_review(found, asked)] if found else []
    elif origin == Origin.CORRECTION:
        related = [f"message__{name}" for name in RELATED]
        correction = Correction.objects.select_related("assistant", *related).filter(pk=int(key)).first()
        yield from [of_correction(correction, asked)] if correction else []
    else:
        talk = Conversation.objects.select_related("assistant", "customer").filter(pk=UUID(key)).first()
        yield from of_staff(talk, asked) if talk else ()


RELATED = ("conversation__assistant", "conversation__customer", "turn__question", "trace")


def _answers() -> Any:
    return Message.objects.select_related(*RELATED)


def of_review(answer: Message, asked: Asked) -> Built:
    said = _as_said(answer, asked)
    verdicts = set(answer.review_item.reviews.values_list("verdict", flat=True))
    if verdicts != {Verdict.RIGHT}:
        return replace(said, why="disagreed")
    if said.why:
        return said
    cited = cited_in(answer)
    passages = read_for(answer, cited.values())
    decision = DECISIONS[Outcome(answer.outcome)]
    places = {number: passages.index(read) + 1 for number, read in cited.items()}
    return replace(
        said,
        passages=passages,
        answer=_decided(decision, _renumbered(answer.text, places)),
        topic=_topic(decision, list(cited.values())),
        changed=any(read.is_changed for read in cited.values()),
        why=_unusable(decision, passages, list(cited.values())),
    )


def _as_said(answer: Message, asked: Asked) -> Built:
    """What was asked, and why it teaches nothing; without the answer itself."""
    talk = answer.conversation
    made = Built(
        Origin.REVIEW, talk.assistant, talk, answer, answer.created_at, answer.language or talk.language,
        names=_names(talk),
    )  # fmt: skip
    question = answer.turn.question if answer.turn else None
    if question is None or "form" in question.data:
        return replace(made, why="no_question")
    newest, before = split_newest(_said_until(question))
    text = "\n".join(said.text for said in newest).strip()
    made = replace(made, question=text, before=_last(before, asked.before), staff=_told(answer))
    return replace(made, why=_not_written(answer) if text else "no_question")


def _said_until(question: Message) -> tuple[Said, ...]:
    """As the reply read it then."""
    heard = Message.objects.filter(
        kind__in=HEARD, conversation=question.conversation_id, seq__lte=question.seq
    )
    rows = heard.exclude(data__has_key="replaced").order_by("-seq").values_list("kind", "text", "data")
    said = [Said(SPEAKERS[kind], text) for kind, text, data in rows[:LOOKED_BACK] if "form" not in data]
    return tuple(reversed(said))


def _last(before: Sequence[Said], most: int) -> tuple[Said, ...]:
    return tuple(before[-most:]) if most else ()


def _not_written(answer: Message) -> str:
    """A flow, small talk, what guidance says word for word: no model is to learn to say that."""
    route = answer.trace.route if hasattr(answer, "trace") else {}
    if answer.partial:
        return "partial"
    if route.get("kind") == "tool" or answer.citations.filter(document=None, revision=None).exists():
        return "tool"
    known = answer.outcome in DECISIONS and route.get("kind", "knowledge") in WRITTEN
    if answer.outcome != Outcome.ANSWERED and not route.get("passages"):
        return "not_written"  # it was refused before anything was looked for
    by_us = any(row.get("did") in BY_US for row in route.get("guidance", ()))
    return "" if known and not by_us and "cards" not in answer.data else "not_written"


def _told(answer: Message) -> tuple[str, ...]:
    """The guidance that the model was given, as it was given."""
    rows = answer.trace.route.get("guidance", ()) if hasattr(answer, "trace") else ()
    told = [row for row in rows if row.get("did") == "prompt"]
    return tuple(f"Tone: {row['text']}" if row["kind"] == "tone" else row["text"] for row in told)


def _names(talk: Conversation) -> frozenset[str]:
    """Of the customer and of the staff who wrote."""
    authors = talk.messages.exclude(author=None).values_list("author__first_name", "author__last_name")
    full = [talk.customer.name, *(" ".join(name).strip() for name in authors.distinct())]
    return frozenset(part for name in full for part in (name, *name.split()) if part)


def _renumbered(text: str, places: Mapping[int, int]) -> str:
    """The marks of an answer with the numbers that its passages have in the prompt."""
    marks = {number: f" [{place}]" for number, place in places.items()}
    return MARK.sub(lambda found: marks.get(int(found[1]), ""), text).strip()


def _decided(decision: Decision, text: str) -> str:
    return f"{decision}\n{text}" if decision is Decision.ANSWER else str(decision)


def _topic(decision: Decision, cited: Sequence[Read]) -> str:
    return TOPICS.get(decision) or (cited[0].title if cited else "")


def _unusable(decision: Decision, passages: Sequence[Read], cited: Sequence[Read]) -> str:
    """Whether the passages allow it: an answer without a source is a model's own, or small talk."""
    if decision is Decision.ANSWER and not cited:
        return "not_written"
    if not passages:
        return "no_passages"
    return next((read.why_not for read in cited if read.why_not), "")


def of_correction(correction: Correction, asked: Asked) -> Built:
    """The question as the reviewer put it, before what it finds today: the article that was written since
    is among that."""
    answer = correction.message
    made = replace(
        _as_said(answer, asked), origin=Origin.CORRECTION, said_at=correction.created_at,
        language=correction.language, question=correction.question.strip(),
    )  # fmt: skip
    decision = _right_decision(correction)
    if decision is None or not made.question:
        return replace(made, why="not_written" if decision is None else "no_question")
    cited = {} if made.why == "tool" else cited_in(answer)
    passages = _found(made, [read for read in cited.values() if not read.why_not])
    made = replace(made, passages=passages, wrong=_wrong(answer, made.why, cited, passages))
    if decision is not Decision.ANSWER:
        why = "" if passages else "no_passages"
        return replace(made, answer=str(decision), topic=TOPICS[decision], why=why)
    return _supported(made, correction.right_answer, supported=asked.supported)


def _right_decision(correction: Correction) -> Decision | None:
    if correction.cause == Cause.FLOW:
        return None
    if correction.outcome in DECISIONS:
        return DECISIONS[Outcome(correction.outcome)]
    return Decision.ANSWER if correction.right_answer and not correction.outcome else None


def _found(made: Built, besides: Sequence[Read]) -> list[Read]:
    history = tuple(said.text for said in made.before if said.role == "customer")
    found = found_now(made.assistant, made.question, history, made.language)
    texts = {read.text for read in found}
    return found + [read for read in besides if read.text not in texts]


def _wrong(answer: Message, why: str, cited: Mapping[int, Read], passages: Sequence[Read]) -> str:
    """ "" where it was not a model that said it."""
    if why or answer.outcome not in DECISIONS:
        return ""
    texts = [read.text for read in passages]
    places = {n: texts.index(read.text) + 1 for n, read in cited.items() if read.text in texts}
    return _decided(DECISIONS[Outcome(answer.outcome)], _renumbered(answer.text, places))


def _supported(made: Built, text: str, *, supported: bool) -> Built:
    """With the marks of the passages that bear it out: by the check that every answer of a model passes."""
    evidence = [read.as_evidence() for read in made.passages]
    checked = check(MARK.sub("", text), evidence, made.language, made.question)
    used = [made.passages[place - 1] for place in checked.used]
    if checked.dropped or not used:
        answer = _decided(Decision.ANSWER, MARK.sub("", text).strip())
        why = "unsupported" if supported else ""
        return replace(made, answer=answer, topic=used[0].title if used else "", why=why)
    answer = _renumbered(checked.text, dict(enumerate(checked.used, 1)))
    return replace(
        made, answer=_decided(Decision.ANSWER, answer), topic=used[0].title, why="",
        changed=any(read.is_changed for read in used),
    )  # fmt: skip


def of_staff(talk: Conversation, asked: Asked) -> Iterator[Built]:
    """What suggestions for the knowledge take from a conversation, too. An answer about one customer's own
    order is no example."""
    assert talk.resolved_at is not None
    for one in candidates(as_read(talk)):
        if one.by != "agent":
            continue
        made = Built(
            Origin.STAFF, talk.assistant, talk, None, talk.resolved_at, one.language,
            question=one.question, names=_names(talk),
        )  # fmt: skip
        if one.specific:
            yield replace(made, answer=_decided(Decision.ANSWER, one.answer), why="specific")
            continue
        made = replace(made, passages=_found(made, ()))
        yield _supported(made, AROUND.sub("", one.answer), supported=asked.supported)
