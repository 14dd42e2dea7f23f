"""Around a reply: what it is made from, and storing what came of it, if it is still wanted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assistant.events import Answer, Option, Outcome, Said, SentFile, Transcript
from assistant.events import Citation as Cited
from assistant.guidance.counting import reason_given
from assistant.models import Assistant
from assistant.releases.as_served import as_served
from conversations import cards, flow_counts, guidance_counts, handoff, turns
from conversations.introducing.answers import answers_of
from conversations.leases import Claim
from conversations.models import Citation, Message, Owner, Trace, Turn
from conversations.posting import HEARD, Record, record
from knowledge import usage

SPEAKERS: dict[str, Literal["customer", "assistant", "person"]] = {
    Message.Kind.CUSTOMER: "customer",
    Message.Kind.ASSISTANT: "assistant",
    Message.Kind.PERSON: "person",
}
CHANGES_HANDS = ("joined", "handed_back", "handoff", "person_requested")
REMEMBERED = 40  # messages that a reply looks back on


@dataclass(frozen=True, slots=True)
class Work:
    """What `assistant.reply` is given."""

    assistant: Assistant
    transcript: Transcript
    state: dict[str, Any]

    @property
    def release(self) -> int | None:
        return self.assistant.released.pk if self.assistant.released else None


@dataclass(frozen=True, slots=True)
class Pace:
    """When a reply was begun and when its first word went out, by this process's clock."""

    begun: datetime
    first_word: datetime | None


def load(turn_id: int) -> Work:
    """Raises Turn.DoesNotExist when the conversation has been deleted."""
    whose = ("conversation__assistant", "conversation__customer", "question")
    turn = Turn.objects.select_related(*whose).get(pk=turn_id)
    conversation, customer = turn.conversation, turn.conversation.customer
    transcript = Transcript(
        said=said_until(turn.conversation_id, turn.question.seq),
        language=conversation.language,
        customer={"id": str(customer.pk), "name": customer.name, "email": customer.email},
        conversation=str(conversation.pk),
        told={answer["key"]: answer["value"] for answer in answers_of(conversation)},
    )
    assistant = as_served(conversation.assistant, str(conversation.pk))
    return Work(assistant=assistant, transcript=transcript, state=conversation.state)


def said_until(conversation_id: UUID, seq: int) -> tuple[Said, ...]:
    """What was said up to the customer's newest words; an answer that another has replaced, or is about to,
    is left out."""
    heard = Q(kind__in=HEARD) | Q(kind=Message.Kind.EVENT, data__code__in=CHANGES_HANDS)
    messages = Message.objects.filter(heard, conversation=conversation_id)
    messages = messages.exclude(data__has_key="replaced")
    messages = messages.exclude(kind=Message.Kind.ASSISTANT, seq__gt=seq)
    rows = messages.order_by("-seq").values_list("kind", "text", "options", "outcome", "data")[:REMEMBERED]
    said: list[Said] = []
    changed = False
    for kind, text, options, outcome, data in reversed(rows):
        if kind == Message.Kind.EVENT:
            changed = True
            continue
        offered = tuple(Option(**option) for option in options)
        files = tuple(_sent(one) for one in data.get("files", ()))
        text = "\n\n".join(filter(None, [text, cards.words_of_cards(data)]))
        form = data["form"]["values"] if "form" in data else None
        said.append(
            Said(
                SPEAKERS[kind],
                text,
                offered,
                outcome,
                hands_changed=changed,
                files=files,
                form=form,
                numbered=cards.numbered(options, data),
            )  # fmt: skip
        )
        changed = False
    return tuple(said)


def _sent(kept: dict[str, Any]) -> SentFile:
    return SentFile(kept["id"], kept["name"], kept["kind"], kept["size"])


def store(claim: Claim, *, answer: Answer, pace: Pace, release: int | None = None) -> bool:
    """Store the answer with its sources and state; False when it is no longer this claim's to give. `release`
    of the assistant has given it."""
    with record(claim.conversation) as writing:
        turn = _still_ours(writing, claim)
        if turn is None:
            return False
        turns.end(writing, turn, Turn.State.DONE, first_word=pace.first_word)
        _replace_earlier(writing, turn)
        message = _post_answer(writing, turn, answer)
        _keep_sources(message, answer.citations)
        note_use(answer)
        _keep_trace(message, turn, answer, pace, release)
        guidance_counts.note(answer)
        walked = flow_counts.note(answer, before=writing.conversation.state)
        writing.conversation.state = answer.state | walked
        if answer.outcome == Outcome.HANDOFF:
            why = reason_given(answer.route)
            handoff.wait_for_person(
                writing, reason=answer.handoff_reason or "", why=why, collected=answer.collected
            )
        return True


def fail(claim: Claim, *, code: str, text: str = "") -> bool:
    """End the turn without an answer. What was shown of one is kept as partial."""
    with record(claim.conversation) as writing:
        turn = _still_ours(writing, claim)
        if turn is None:
            return False
        _end_in_failure(writing, turn, code=code, text=text)
        return True


def give_up(turn_id: int, *, code: str) -> None:
    """Fail a turn that nobody works on: the queue is full, or every attempt was lost."""
    turn = Turn.objects.get(pk=turn_id)
    with record(turn.conversation_id) as writing:
        current = turns.live_turn(turn.conversation_id)
        if current and current.pk == turn_id and current.attempt == turn.attempt:
            _end_in_failure(writing, current, code=code, text="")


def _still_ours(writing: Record, claim: Claim) -> Turn | None:
    """The turn, if the assistant still answers and nobody else has taken it. For whoever holds the record."""
    if writing.conversation.owner != Owner.ASSISTANT:
        return None
    return (
        Turn.objects.select_for_update()
        .filter(pk=claim.turn, state=Turn.State.RUNNING, attempt=claim.attempt, worker=claim.worker)
        .first()
    )


def _end_in_failure(writing: Record, turn: Turn, *, code: str, text: str) -> None:
    turns.end(writing, turn, Turn.State.FAILED, error=code)
    writing.next_seq()
    if text.strip():
        turns.post_partial(writing, turn=turn, text=text)


def _replace_earlier(writing: Record, turn: Turn) -> None:
    """A second answer to the same question takes the place of the first."""
    if turn.client_id is None:  # only `retry` asks again
        return
    earlier = Message.objects.filter(
        conversation=writing.conversation, turn__question=turn.question_id, kind=Message.Kind.ASSISTANT
    )
    for message in earlier.exclude(data__has_key="replaced"):
        writing.touch(message, data={**message.data, "replaced": True})


def _post_answer(writing: Record, turn: Turn, answer: Answer) -> Message:
    return writing.post(
        kind=Message.Kind.ASSISTANT,
        text=answer.text,
        turn=turn,
        outcome=answer.outcome,
        language=answer.language,
        options=cards.as_options(answer),
        data={**({"asks": answer.asks} if answer.asks else {}), **cards.as_data(answer)},
    )


def _keep_sources(message: Message, citations: tuple[Cited, ...]) -> None:
    Citation.objects.bulk_create(
        Citation(message=message, **{k: v for k, v in asdict(cited).items() if k != "chunk_id"})
        for cited in citations
    )


def note_use(answer: Answer) -> None:
    """Which articles it used, counted once the answer stands; a count may be lost, an answer must not."""
    found = {passage["document"] for passage in answer.route.passages} if answer.route else set()
    cited = {citation.document_id for citation in answer.citations if citation.document_id}
    transaction.on_commit(partial(usage.note, found=found, cited=cited), robust=True)


def _keep_trace(message: Message, turn: Turn, answer: Answer, pace: Pace, release: int | None) -> None:
    usage, now = answer.usage, timezone.now()
    Trace.objects.create(
        message=message,
        route=asdict(answer.route) if answer.route else {},
        model=answer.route.model if answer.route else "",
        prompt_tokens=usage.prompt_tokens if usage else 0,
        completion_tokens=usage.completion_tokens if usage else 0,
        cost=usage.cost if usage else None,
        first_word_ms=_milliseconds(turn.queued_at, pace.first_word),
        total_ms=_milliseconds(turn.queued_at, now),
        release_id=release,
    )


def _milliseconds(start: datetime, end: datetime | None) -> int | None:
    return max(0, round((end - start).total_seconds() * 1000)) if end else None
