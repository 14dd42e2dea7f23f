"""Put an answer right: what it should have been becomes a scenario, and its cause a draft or a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Role, User
from assistant.events import Outcome
from assistant.guidance.rows import LONGEST_TEXT
from assistant.models import Guidance
from conversations import putting_right
from conversations.models import Message
from evaluation.corrections.rows import Cause, Correction
from evaluation.models import Gap, Scenario
from evaluation.reviews import reviewing
from evaluation.reviews.rows import ReviewItem
from evaluation.scenarios import keep
from evaluation.scripted import Expected, Script, Turn
from knowledge import proposing, publishing
from knowledge.chunking import plain_text, sentence_spans
from knowledge.models import Document

State = Correction.State
ORIGIN = "correction"  # of the scenarios that come from here
TITLE = 200
WORDS = re.compile(r"\w")


@dataclass(frozen=True)
class Put:
    """What somebody fills in. `before`: what the customer had said until then, where it matters; `verdict`:
    evaluation.reviews.rows.Verdict; `step`: "flow/step"; `publish`: at once, where they may."""

    question: str
    right_answer: str
    facts: tuple[str, ...]
    outcome: str
    language: str
    cause: str
    verdict: str
    remark: str = ""
    title: str = ""
    document: Document | None = None
    rule: str = ""
    step: str = ""
    before: tuple[str, ...] = field(default=())
    publish: bool = False


@transaction.atomic
def correct(answer: Message, put: Put, *, author: User) -> Correction:
    """Everything that follows from it, or nothing. Raises IntegrityError where the answer is corrected
    already."""
    flow, _slash, step = put.step.partition("/")
    correction = Correction(
        message=answer, assistant=answer.conversation.assistant, question=put.question,
        right_answer=put.right_answer, facts=list(put.facts), outcome=put.outcome, language=put.language,
        cause=put.cause, remark=put.remark, author=author, flow=flow, step=step,
        check_due_at=timezone.now(),
    )  # fmt: skip
    correction.save()
    correction.scenario = keep(Scenario(origin=ORIGIN), script_of(put), author=author)
    _mend(correction, put, author)
    correction.save()
    item = reviewing.item_of(answer)
    reviewing.judge(item, reviewer=author, verdict=put.verdict, remark=put.remark)
    ReviewItem.objects.filter(pk=item.pk).update(covered_by=None)  # what another said of it is over
    putting_right.mark(answer, correction=correction.pk)
    facts = {"cause": put.cause, "scenario": correction.scenario.pk}
    audit.record(audit.Action.ADDED, correction, by=author, after=facts)
    return correction


def script_of(put: Put) -> Script:
    """The conversation as it should go."""
    handed = True if put.outcome == Outcome.HANDOFF else None
    outcome = put.outcome if handed is None else ""
    expected = Expected.model_validate({"outcome": outcome, "means": put.facts, "handoff": handed})
    turns = [Turn(customer=words) for words in put.before]
    turns.append(Turn(customer=put.question, expects=expected))
    situation = "handoff" if handed else "knowledge" if put.cause in (Cause.MISSING, Cause.ARTICLE) else ""
    name = " ".join(put.question.split())[:TITLE]
    return Script.model_validate(
        {"name": name, "language": put.language, "situation": situation, "turns": tuple(turns)}
    )


def _mend(correction: Correction, put: Put, author: User) -> None:
    """What puts it right: written now as far as that is possible, else linked."""
    if put.cause == Cause.MISSING and put.right_answer:
        correction.document = _write(put, author)
        correction.wrote_document = True
        _close_gap(correction)
    elif put.cause == Cause.ARTICLE:
        correction.document = put.document
    elif put.cause == Cause.GUIDANCE and put.rule:
        correction.guidance = Guidance.objects.create(
            assistant=correction.assistant, text=put.rule[:LONGEST_TEXT], about=put.question[:LONGEST_TEXT],
        )  # fmt: skip
        assert correction.scenario is not None
        correction.scenario.guidance.add(correction.guidance)


def _write(put: Put, author: User) -> Document:
    """An article that the question finds; a draft where it is not to be published, or not by them."""
    document = Document(
        source=publishing.written_here(), title=put.title or put.question[:300], body=put.right_answer,
        language=put.language, questions=[put.question[:300]], owner=author,
        status=Document.Status.PUBLISHED if may_publish(author) and put.publish else Document.Status.DRAFT,
    )  # fmt: skip
    proposing.save_or_propose(document, author=author)
    return document


def _close_gap(correction: Correction) -> None:
    """The gap in which the question is: its other questions are asked again too, once this is published."""
    turn = correction.message.turn
    asked = Gap.objects.filter(questions__message=turn.question_id) if turn else Gap.objects.none()
    asked.filter(document=None).update(document=correction.document, check_due_at=timezone.now())


def may_publish(user: User) -> bool:
    return user.may(Role.EDITOR)


def facts_of(right_answer: str, told: Sequence[str]) -> tuple[str, ...]:
    """What is looked for: what was named, else the first sentence, which carries the answer. Signs alone are
    nothing that could be looked for."""
    named = tuple(line.strip() for line in told if WORDS.search(line))
    return named or tuple(line for line in _first_sentence(right_answer) if WORDS.search(line))


def _first_sentence(text: str) -> tuple[str, ...]:
    """Of what it says; a heading above it says nothing yet."""
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    plain = plain_text(said or text).strip().split("\n", 1)[0]
    spans = sentence_spans(plain)
    return (plain[spans[0][0] : spans[0][1]].strip(),) if spans else ()
