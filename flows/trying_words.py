"""What the emulator says beside the flow's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

WAITING = {
    "": "",
    "slot": lazy("waits for an answer"),
    "choice": lazy("waits for a choice"),
    "confirmation": lazy("waits for yes or no"),
    "action": lazy("waits for the action"),
    "answer": lazy("waits for the knowledge"),
}
OUTCOMES = {
    "done": lazy("done"),
    "given_up": lazy("given up"),
    "cancelled": lazy("cancelled"),
    "lost": lazy("lost"),
}
REASONS = {
    "customer_request": lazy("the customer asked for a person"),
    "missing_knowledge": lazy("the knowledge has no answer"),
    "unsupported_request": lazy("the assistant cannot do this"),
    "policy": lazy("our rules ask for a person"),
    "tool_failure": lazy("something did not work"),
    "pending_clarification": lazy("it could not be made clear"),
    "usage_limit": lazy("a limit was reached"),
}


def ended(flow: str, outcome: str) -> str:
    return _("The flow “%(flow)s” is over: %(outcome)s.") % {"flow": flow, "outcome": OUTCOMES[outcome]}


def handed_over(reason: str) -> str:
    return _("A person is brought in: %(reason)s.") % {"reason": REASONS.get(reason, reason)}
