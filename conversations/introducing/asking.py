"""What is still to be asked of a customer, and whether anything can be said before that."""

from __future__ import annotations

from assistant.introduction.asked import Asked, Kind
from conversations.introducing.answers import introductions_of
from conversations.models import Conversation
from conversations.refusals import Refused


def open_questions(conversation: Conversation) -> list[Asked]:
    """Once for each customer: not what is known of them, nor what they have passed over already. What they
    passed over and is needed by now is asked again."""
    assistant = conversation.assistant
    questions = [row.as_asked(assistant) for row in assistant.introduction.all()]
    if not questions:
        return []
    known, passed = _before(conversation)
    return [one for one in questions if one.key not in known and (one.required or one.key not in passed)]


def has_begun(conversation: Conversation) -> bool:
    """Something has happened in it. Whoever is in the middle of a conversation is not held up."""
    return conversation.last_seq > 0


def let_answer_first(conversation: Conversation) -> None:
    """Raises Refused "questions_first" where something has to be answered before the first word."""
    if not has_begun(conversation) and any(one.required for one in open_questions(conversation)):
        raise Refused("questions_first")


def _before(conversation: Conversation) -> tuple[set[str], set[str]]:
    """What is known of this customer, and what this assistant has asked them, both by key."""
    customer = conversation.customer
    rows = introductions_of(conversation).values_list("asked", "answers")
    about = {Kind.NAME: customer.name, Kind.EMAIL: customer.email}
    known: set[str] = {kind for kind, value in about.items() if value}
    passed: set[str] = set()
    for asked, answers in rows:
        passed.update(asked)
        known.update(one["key"] for one in answers)
    return known, passed
