"""Which tools this customer's message may lead to, and how a model is told of them."""

from __future__ import annotations

from actions import kinds
from actions.declared import Declared
from assistant.acting import facts_of
from assistant.events import Transcript
from chatbot.kept_connections import in_thread
from llm.messages import Tool

LONGEST_DESCRIPTION = 1000
SAID_OF = {
    "reads": "",
    "writes": " It changes something: the customer is asked first, by us.",
    "approval": " It changes something: our staff decide about it first.",
}


async def offered(transcript: Transcript, language: str) -> dict[str, Declared]:
    """By name. None outside of a conversation: there is nobody to be asked, and nothing to find it by."""
    if not transcript.conversation:
        return {}
    found = await in_thread(kinds.offered)(facts_of(transcript, language))
    return {declared.name: declared for declared in found}


def as_tool(declared: Declared) -> Tool:
    said = (declared.description or declared.title)[:LONGEST_DESCRIPTION]
    return Tool(declared.name, said + SAID_OF[declared.changes], declared.schema())
