"""What a dataset becomes once all its examples are there: what is said twice or too often goes, the rest is
split, counted and described."""

from __future__ import annotations

import random
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from conversations.models import Conversation, Message
from knowledge.terms import tokenise
from training.examples import carding, figuring
from training.examples.asked import Asked
from training.examples.balancing import Weighed, left_out
from training.examples.files import files_of
from training.examples.finishing import answer_of
from training.examples.likeness import Compared, groups_of
from training.examples.rows import Dataset, Example, Part
from training.examples.splitting import Placed, held_out
from training.examples.validating import refused

FEW_WORDS = 6  # of an answer: "Yes, you can" is the answer to many questions
State = Dataset.State


def settle(dataset: Dataset) -> None:
    asked = Asked.from_json(dataset.asked)
    usable = list(dataset.examples.filter(state=Example.State.IN).order_by("place"))
    _leave_out(usable, asked)
    _split(usable, asked)
    with transaction.atomic():
        locked = Dataset.objects.select_for_update().filter(pk=dataset.pk, state=State.MAKING).first()
        if locked is None:  # it was cancelled meanwhile
            return
        fields = ["state", "why", "part", "place", "group"]
        Example.objects.bulk_update(usable, fields, batch_size=500)
        locked.figures = {"more": locked.figures.get("more", False)}
        locked.ended_at, locked.claimed_until = timezone.now(), None
        renew(locked)


def still_there(examples: Sequence[Example]) -> list[Example]:
    """Without those whose conversation was deleted meanwhile: what is there is held until this is written."""
    talks = {example.conversation_id for example in examples if example.conversation_id}
    there = set(Conversation.objects.select_for_update().filter(pk__in=talks).values_list("pk", flat=True))
    said = {example.message_id for example in examples if example.message_id}
    known = {None, *Message.objects.filter(pk__in=said).values_list("pk", flat=True)}
    return [one for one in examples if one.conversation_id in there and one.message_id in known]


def _leave_out(examples: Sequence[Example], asked: Asked) -> None:
    for at, why in left_out([weighed(one) for one in examples], most=asked.most).items():
        examples[at].state, examples[at].why = Example.State.LEFT_OUT, why


def weighed(one: Example) -> Weighed:
    return Weighed(
        one.origin, one.said_at or timezone.now(), one.language, one.topic, one.question, one.asked,
        answer_of(one),
    )  # fmt: skip


def _split(examples: Sequence[Example], asked: Asked) -> None:
    """What was left out has a group too: whoever takes it back must not undo the split."""
    compared = [
        Compared(str(one.conversation_id or f"none {at}"), one.question, _compared(one))
        for at, one in enumerate(examples)
    ]
    groups = groups_of(compared)
    placed = [
        Placed(group, one.language, one.topic)
        for one, group in zip(examples, groups, strict=True)
        if one.state == Example.State.IN
    ]
    chosen = held_out(placed, percent=asked.held_out, seed=asked.seed)
    order = list(range(len(examples)))
    random.Random(asked.seed).shuffle(order)  # noqa: S311  nothing secret
    for one, group, place in zip(examples, groups, order, strict=True):
        one.group, one.place = group, place
        one.part = Part.VALIDATION if group in chosen else Part.TRAINING


def _compared(example: Example) -> str:
    """Its own answer, where it is one."""
    told = example.preferred or example.messages[-1:]
    text = "".join(message["content"] for message in told).partition("\n")[2]
    return text if len(tokenise(text)) >= FEW_WORDS else ""


def renew(dataset: Dataset) -> None:
    """Figures, signature and card of what is in it now; whether it can be used."""
    files = files_of(dataset)
    dataset.figures = figuring.of(dataset) | {"more": dataset.figures.get("more", False)}
    dataset.signature = files.signature
    dataset.why = refused(files.lines)
    dataset.state = State.REFUSED if dataset.why else State.READY
    dataset.card = carding.card_of(dataset)
    dataset.save()
