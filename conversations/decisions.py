"""What became of a call that waited for staff: said once in the conversation that waits for it.

The message and the note that it was told are one transaction, so that neither two workers nor a restart say
it twice, and a worker that dies says it later. Whoever has left finds it when they come back.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from actions import approvals, calls, kinds
from actions.declared import Declared, Done
from actions.models import Call
from assistant.guidance.afterwards import may_be_said
from assistant.phrases import say
from assistant.tools.results import Result, as_data
from assistant.tools.telling import perhaps_done
from conversations.models import Conversation, Message
from conversations.posting import record

logger = logging.getLogger(__name__)

CODE = "decided"
MOST_AT_ONCE = 50


def tell_decisions() -> int:
    """Returns how many conversations were told something. Beat runs it."""
    approvals.give_up_interrupted()
    return sum(_try(call) for call in approvals.to_be_told()[:MOST_AT_ONCE])


def _try(call: Call) -> bool:
    """One that fails must not keep the others waiting; it is tried again."""
    try:
        return tell_decision(call)
    except (DatabaseError, Conversation.DoesNotExist):
        logger.exception("What was decided about call %s could not be told", call.pk)
        return False


def tell_decision(call: Call) -> bool:
    """False when it was told already, or there is no such conversation any more."""
    conversation = _conversation(call)
    if conversation is None:
        approvals.told(call)
        return False
    declared = kinds.find(call.action)
    done = calls.outcome(call)
    language = _language(conversation)
    text = words_of(call, declared, done, language, brought=_fit_to_say(call, declared, done, conversation))
    with record(conversation.pk) as writing:
        if not approvals.told(call):
            return False
        data = {"code": CODE, "call": call.pk, **_still_asked(conversation)}
        writing.post(kind=Message.Kind.ASSISTANT, text=text, language=language, data=data)
    return True


def words_of(call: Call, declared: Declared | None, done: Done, language: str, *, brought: str = "") -> str:
    what = declared.said_in(language) if declared else call.action
    if call.state == Call.State.DECLINED:
        name = "decision_expired" if call.error == "expired" else "decision_declined"
        return "\n\n".join(filter(None, [say(name, language, what=what), call.reason]))
    if call.state == Call.State.FAILED:
        name = "decision_unsure" if perhaps_done(done) else "decision_failed"
        return say(name, language, what=what)
    return "\n\n".join(filter(None, [say("tool_done", language, what=what), brought]))


def _fit_to_say(call: Call, declared: Declared | None, done: Done, conversation: Conversation) -> str:
    """What it brought; nothing where that breaks a guardrail. That it was done is always told."""
    language = _language(conversation)
    brought = _brought(call, declared, done, language)
    before = conversation.messages.filter(kind=Message.Kind.CUSTOMER, created_at__lte=call.at).last()
    fits = may_be_said(
        brought, conversation.assistant, question=before.text if before else "", language=language,
        verified=False,  # as in every reply: nobody signs in yet
    )  # fmt: skip
    if not fits:
        logger.warning("What call %s brought breaks a guardrail and was not said", call.pk)
    return brought if fits else ""


def _brought(call: Call, declared: Declared | None, done: Done, language: str) -> str:
    if declared is None or not done.ok:
        return ""
    return "\n".join(Result(declared, {}, as_data(declared, done.data), call.at).lines(language))


def _still_asked(conversation: Conversation) -> dict[str, Any]:
    """A form that nobody has filled in yet goes on being asked for, in the message that comes between."""
    spoken = (Message.Kind.CUSTOMER, Message.Kind.ASSISTANT, Message.Kind.PERSON)
    last = conversation.messages.filter(kind__in=spoken).last()
    asks = last.data.get("asks") if last and last.kind == Message.Kind.ASSISTANT else None
    return {"asks": asks} if asks else {}


def _conversation(call: Call) -> Conversation | None:
    try:
        return Conversation.objects.filter(pk=UUID(call.conversation)).first()
    except ValueError:
        return None


def _language(conversation: Conversation) -> str:
    """The one that is spoken in it."""
    return str(conversation.state.get("language") or conversation.language)
