"""What the lines between messages say ("Marie joined"), in the reader's language and for each audience."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.events import HandoffReason
from conversations.inbox.log_words import LOG, labelled_words, snoozed_words
from conversations.models import Message
from conversations.naming import called, someone

RESOLVED = "resolved"  # the line that ends a conversation, and can be rated
TRANSCRIPT_FAILED = "transcript_failed"

REASONS: dict[str, Promise] = {
    HandoffReason.CUSTOMER_REQUEST: gettext_lazy("The customer asked for a person"),
    HandoffReason.MISSING_KNOWLEDGE: gettext_lazy("Nothing in the knowledge answers this"),
    HandoffReason.UNSUPPORTED_REQUEST: gettext_lazy("The assistant cannot do this"),
    HandoffReason.POLICY: gettext_lazy("A rule asks for a person"),
    HandoffReason.TOOL_FAILURE: gettext_lazy("Something the assistant uses failed"),
    HandoffReason.PENDING_CLARIFICATION: gettext_lazy("The question stayed unclear"),
    HandoffReason.USAGE_LIMIT: gettext_lazy("A usage limit was reached"),
}


def event_line(message: Message, *, audience: str) -> str:
    """The words of a message of kind event; `audience`: "customer" or "staff"."""
    data, code = message.data, message.data.get("code", "")
    name = _who(message, audience) or someone(audience=audience)
    if code == "handoff" and audience == "staff":
        reason = data.get("why") or REASONS.get(data.get("reason", ""), "")
        return _("Handed over to a person: %(reason)s") % {"reason": reason}
    told = {"by": "", "to": "", **data, "name": name}
    return str(_line(code, data, audience) % told)


def _line(code: str, data: dict[str, Any], audience: str) -> Any:
    """Of what was done to labels or put off, which words it takes."""
    if code == "labelled":
        return labelled_words(data)
    if code == "snoozed":
        return snoozed_words(data)
    if code == "left_message" and data.get("to") and audience == "staff":
        code = "left_message_to"
    if code == "team" and not data.get("to"):
        code = "no_team"
    if code == "woken" and not data.get("name"):
        code = "woken_by_itself"
    return _LINES[audience].get(code, "%(name)s")


def _who(message: Message, audience: str) -> str:
    """Staff read the name of the time; it stays when the account is gone."""
    kept = message.data.get("name", "") if audience == "staff" else ""
    return kept or called(message.author, audience=audience)


_LINES: dict[str, dict[str, Any]] = {
    "customer": {
        "person_requested": gettext_lazy("You asked to talk to a person"),
        "handoff": gettext_lazy("The assistant has asked a person to help you"),
        "left_message": gettext_lazy("You have left a message for us"),
        "seen": gettext_lazy("Seen by %(name)s"),
        "joined": gettext_lazy("%(name)s has joined and answers from now on"),
        "passed_on": gettext_lazy("%(name)s answers from now on"),
        "handed_back": gettext_lazy("%(name)s has handed over to the assistant"),
        "resolved": gettext_lazy("%(name)s has closed this conversation. Write again at any time."),
        "reopened": gettext_lazy("The conversation goes on with the assistant"),
        TRANSCRIPT_FAILED: gettext_lazy(
            "The transcript could not be sent by e-mail. Download it, or try another address."
        ),
    },
    "staff": {
        "person_requested": gettext_lazy("The customer asked to talk to a person"),
        "left_message": gettext_lazy("The customer left a message, to be answered here"),
        "left_message_to": gettext_lazy("The customer left a message: replies also go to %(to)s"),
        "seen": gettext_lazy("%(name)s has opened this conversation"),
        "joined": gettext_lazy("%(name)s took over"),
        "passed_on": gettext_lazy("%(by)s gave this to %(name)s, who answers from now on"),
        "handed_back": gettext_lazy("%(name)s handed back to the assistant"),
        "resolved": gettext_lazy("%(name)s resolved this conversation"),
        "reopened": gettext_lazy("The customer wrote again: open, with the assistant"),
        TRANSCRIPT_FAILED: gettext_lazy("The transcript could not be sent to the customer by e-mail"),
        **LOG,
    },
}
