"""Under an answer: that it was wrong, and what is done about it. Staff see both, its customer what is right.

Whoever corrects answers stands above and says it here; whoever watches the conversation is told, as of any
change.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from conversations.models import Message
from conversations.posting import record

CORRECTED = "corrected"  # the key of a message's data


def mark(message: Message, *, correction: int | None, answer: str = "") -> None:
    """`answer`: what would be right, once it is what the assistant says; "" until then. `correction` None:
    it was no mistake after all."""
    with record(message.conversation_id) as writing:
        current = Message.objects.get(pk=message.pk)
        data = {name: value for name, value in current.data.items() if name != CORRECTED}
        if correction is not None:
            data[CORRECTED] = _marked(correction, answer)
        if data != current.data:
            writing.touch(current, data=data)


def _marked(correction: int, answer: str) -> dict[str, Any]:
    if not answer:
        return {"correction": correction}
    return {"correction": correction, "answer": answer, "at": timezone.now().isoformat()}
