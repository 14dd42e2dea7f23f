"""Whether an example can be learned from, and whether a dataset can. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

LEAST_LINES = 10  # what hosts take
MOST_TOKENS = 16_384  # of one example; longer ones are cut off by most hosts, and teach half an answer
LEAST_LETTERS = 2  # of a question
LOPSIDED = 0.8  # of all examples: one topic has more, and little else is learned
ROLES = {"user", "assistant"}
Messages = Sequence[Mapping[str, str]]


def wrong_with(messages: Messages, tokens: int) -> str:
    """A code of training.examples.words; "" where nothing is. `messages` end with the answer."""
    roles = [message.get("role") for message in messages]
    if any(not str(message.get("content", "")).strip() for message in messages):
        return "empty"
    if roles[:1] == ["system"]:
        roles = roles[1:]
    # Several messages of one side in a row are no fault: people write so.
    if roles[-1:] != ["assistant"] or roles[:1] != ["user"] or set(roles) - ROLES:
        return "roles"
    asked = [message["content"] for message in messages if message["role"] == "user"][-1]
    if sum(map(str.isalpha, asked)) < LEAST_LETTERS:
        return "empty"
    return "too_long" if tokens > MOST_TOKENS else ""


def refused(lines: int) -> str:
    return "few" if lines < LEAST_LINES else ""


def warnings(topics: Sequence[str], languages: Sequence[str], answered: Sequence[bool]) -> list[str]:
    """What it may be used with all the same, and what is to be known of it then."""
    if not topics:
        return []
    found = []
    if len(set(topics)) == 1:
        found.append("one_topic")
    elif Counter(topics).most_common(1)[0][1] > LOPSIDED * len(topics):
        found.append("lopsided")
    if len(set(languages)) == 1:
        found.append("one_language")
    if not any(answered):
        found.append("only_refusals")
    elif all(answered):
        found.append("no_refusals")
    return found
