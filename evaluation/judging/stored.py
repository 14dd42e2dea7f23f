"""An answer of a real conversation as judges read it: what was said until then, and what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conversations.models import Message, Trace
from evaluation.conversation import looked_at, margins_of
from evaluation.turned import Source, Turned

Kind = Message.Kind
MOST_BEFORE = 12  # answers


def turns_until(answer: Message) -> list[Turned]:
    """The last one is the answer. What reviewers and customers said of it is not looked at."""
    return list(_turns(answer))[-MOST_BEFORE:]


def _turns(answer: Message) -> Iterator[Turned]:
    said = list(answer.conversation.messages.filter(seq__lte=answer.seq).order_by("seq"))
    words = list[str]()
    for message in said:
        if message.kind == Kind.CUSTOMER:
            words.append(message.text)
        elif message.kind == Kind.ASSISTANT and (words or message.pk == answer.pk):
            yield _turned(message, "\n".join(words), whole=message.pk == answer.pk)
            words = []


def _turned(message: Message, words: str, *, whole: bool) -> Turned:
    """Passages and what was searched only of the one that is judged."""
    found = Trace.objects.filter(message=message).values_list("route", flat=True).first() if whole else None
    route = found or {}
    cited = list(message.citations.order_by("number")) if whole else []
    passages = list(route.get("passages") or ())
    return Turned(
        said=message.text,
        outcome=message.outcome or "answered",
        words=words,
        language=message.language or message.conversation.language,
        options=_labels(message.options),
        steps=tuple(str(step) for step in route.get("steps") or ()),
        sources=tuple(
            Source(one.number, one.external_id or one.title, one.title, one.passage) for one in cited
        ),
        looked=looked_at(passages, cites=bool(cited)),
        margins=margins_of(passages, route.get("floor")),
    )


def _labels(options: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """What stands on its buttons, and what they say where that is something else."""
    said = (one.get(name) or "" for one in options for name in ("label", "text"))
    return tuple(dict.fromkeys(filter(None, said)))
