"""What the codes in a route mean, in the words of whoever reads it.

Codes are stored, words are looked up when they are shown: a language added later explains old answers too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.errors import in_words as error_in_words
from assistant.events import HandoffReason, Outcome
from knowledge.failures import WORDS_ALONE
from llm.errors import REASONS as FAILURES

OUTCOMES: dict[str, Promise] = {
    Outcome.ANSWERED: gettext_lazy("answered"),
    Outcome.ASKED_BACK: gettext_lazy("asked back"),
    Outcome.DECLINED: gettext_lazy("declined"),
    Outcome.HANDOFF: gettext_lazy("handed over"),
    Outcome.GUIDED: gettext_lazy("guided by a flow"),
}
HANDOFFS: dict[str, Promise] = {
    HandoffReason.CUSTOMER_REQUEST: gettext_lazy("The customer asked for a person"),
    HandoffReason.MISSING_KNOWLEDGE: gettext_lazy("Nothing in the knowledge answers this"),
    HandoffReason.UNSUPPORTED_REQUEST: gettext_lazy("The assistant cannot do this"),
    HandoffReason.POLICY: gettext_lazy("A rule asks for a person"),
    HandoffReason.TOOL_FAILURE: gettext_lazy("Something the assistant uses failed"),
    HandoffReason.PENDING_CLARIFICATION: gettext_lazy("The question stayed unclear"),
    HandoffReason.USAGE_LIMIT: gettext_lazy("A usage limit was reached"),
}
KINDS: dict[str, Promise] = {
    "small_talk": gettext_lazy("small talk"),
    "knowledge": gettext_lazy("written by the model from passages"),
    "extract": gettext_lazy("quoted from the articles"),
    "handoff": gettext_lazy("handed over"),
    "ask_back": gettext_lazy("asked back"),
    "declined": gettext_lazy("declined"),
    "flow": gettext_lazy("guided by a flow"),
    "tool": gettext_lazy("with a tool"),
    "guarded": gettext_lazy("held back by a guardrail"),
}
STEPS: dict[str, Promise] = {
    "rewrite": gettext_lazy("reading the question"),
    "embedding": gettext_lazy("meaning of the question"),
    "search": gettext_lazy("search"),
    "rerank": gettext_lazy("reranking"),
    "scope": gettext_lazy("what is out of scope"),
    "check": gettext_lazy("check of the answer"),
    "tools": gettext_lazy("tools"),
    "guardrails": gettext_lazy("guardrails"),
    "total": gettext_lazy("in all"),
}
SPEAKERS: dict[str, Promise] = {
    "system": gettext_lazy("Instructions"),
    "user": gettext_lazy("Customer"),
    "assistant": gettext_lazy("Assistant"),
    "tool": gettext_lazy("Brought by a tool"),
}
WORDS: dict[str, Promise] = {
    # What was understood
    "no_words": gettext_lazy("the message has no words"),
    "asked_for_a_person": gettext_lazy("a person was asked for"),
    "accepted_the_offer": gettext_lazy("the offer of a person was accepted"),
    "language_asked": gettext_lazy("an answer in another language was asked for"),
    "form_filled_in": gettext_lazy("a form was filled in"),
    "greeting": gettext_lazy("a greeting"),
    "thanks": gettext_lazy("a word of thanks"),
    "bye": gettext_lazy("a goodbye"),
    "how_are_you": gettext_lazy("a question after the assistant's health"),
    "fine": gettext_lazy("a word of agreement"),
    "who": gettext_lazy("a question about the assistant"),
    "bot": gettext_lazy("the question whether it is a person"),
    # What was searched and found
    "slip_mended": gettext_lazy("a slip of the pen was mended"),
    "carried_over": gettext_lazy("read together with what was said before"),
    "rewritten": gettext_lazy("rewritten by the model into a question of its own"),
    "reranked": gettext_lazy("put into order by the reranker"),
    "above_floor": gettext_lazy("the best passage is above the floor"),
    "below_floor": gettext_lazy("no passage is above the floor"),
    "nothing_found": gettext_lazy("nothing was found"),
    "asks_for_advice": gettext_lazy("advice is asked for, and the passages give none"),
    "names_unmentioned": gettext_lazy("the passages do not mention a name in the question"),
    "others_as_near": gettext_lazy("several articles are near, and none stands out"),
    "no_topic": gettext_lazy("the words do not say what it is about"),
    "several_questions": gettext_lazy("several questions, answered one by one"),
    "called_so": gettext_lazy("the one word that was said stands in the title of one article"),
    "several_topics": gettext_lazy("several articles fit as well"),
    "nothing_to_quote": gettext_lazy("the passages hold no sentence to quote"),
    # What guidance did
    "guarded": gettext_lazy("a guardrail held the answer back"),
    # What the model did
    "interpreted": gettext_lazy("what it means for the flows was read by the model"),
    "model_asks": gettext_lazy("the model needs to know more"),
    "model_found_nothing": gettext_lazy("the model found no answer in the passages"),
    "unsupported": gettext_lazy("the passages support nothing of what the model wrote"),
    "cut_length": gettext_lazy("the answer reached its longest: its unfinished sentence is left out"),
    "cut_content_filter": gettext_lazy("the provider's filter cut the answer: its last sentence is left out"),
    "fallback_failed": gettext_lazy("the fallback model failed as well"),
    # What tools did
    "asks_to_confirm": gettext_lazy("the customer is asked whether it shall be done"),
    "confirmed": gettext_lazy("the customer has agreed to it"),
    "declined_by_customer": gettext_lazy("the customer does not want it done"),
    "waits_for_approval": gettext_lazy("staff decide about it"),
    "tool_failed": gettext_lazy("a tool has failed"),
    "tool_needs": gettext_lazy("a tool needs to know more"),
    "wish_lost": gettext_lazy("what the customer was asked about cannot be read any more"),
    # What was done without
    **WORDS_ALONE,
}
# Codes that end in the code of a failure of llm.errors.
FAILED: dict[str, Promise] = {
    "model_": gettext_lazy("answered without the model: %(reason)s"),
    "fallback_": gettext_lazy("answered by the fallback model: %(reason)s"),
    "rewrite_": gettext_lazy("the question was not rewritten: %(reason)s"),
    "interpret_": gettext_lazy("what it means for the flows was read without the model: %(reason)s"),
    "rerank_": gettext_lazy("what was found stayed in the search's order: %(reason)s"),
}


def in_words(code: str) -> str:
    """A reason of a route, or what was done without. An unknown code is shown as it is."""
    if code in WORDS:
        return str(WORDS[code])
    name, colon, rest = code.partition(": ")
    if colon and name == "out_of_scope":
        return _("out of scope: %(line)s") % {"line": rest}
    if code.startswith("dropped_"):
        return _("sentences that no passage supports, left out: %(count)s") % {"count": code[8:]}
    for beginning, words in FAILED.items():
        if code.startswith(beginning):
            return str(words) % {"reason": failure(code.removeprefix(beginning))}
    return code


def failure(code: str) -> str:
    """Why a model failed."""
    return str(FAILURES.get(code, code))


def looked_up(table: Mapping[str, Promise], code: str) -> str:
    return str(table.get(code, code))


def of_call(call: Mapping[str, Any]) -> str:
    """What came of the call of a tool."""
    if call.get("waits") == "customer":
        return _("the customer is asked first")
    if call.get("waits") == "staff":
        return _("staff decide about it")
    error = str(call.get("error") or "")
    return error_in_words(error) if error else _("done")
