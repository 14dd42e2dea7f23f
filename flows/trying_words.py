"""What the emulator says beside the flow's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WAITING = {
    "": "",
    "slot": gettext_lazy("waits for an answer"),
    "choice": gettext_lazy("waits for a choice"),
    "confirmation": gettext_lazy("waits for yes or no"),
    "action": gettext_lazy("waits for the action"),
    "answer": gettext_lazy("waits for the knowledge"),
}
OUTCOMES = {
    "done": gettext_lazy("done"),
    "given_up": gettext_lazy("given up"),
    "cancelled": gettext_lazy("cancelled"),
    "lost": gettext_lazy("lost"),
}
REASONS = {
    "customer_request": gettext_lazy("the customer asked for a person"),
    "missing_knowledge": gettext_lazy("the knowledge has no answer"),
    "unsupported_request": gettext_lazy("the assistant cannot do this"),
    "policy": gettext_lazy("our rules ask for a person"),
    "tool_failure": gettext_lazy("something did not work"),
    "pending_clarification": gettext_lazy("it could not be made clear"),
    "usage_limit": gettext_lazy("a limit was reached"),
}


def ended(flow: str, outcome: str) -> str:
    return _("The flow “%(flow)s” is over: %(outcome)s.") % {"flow": flow, "outcome": OUTCOMES[outcome]}


def handed_over(reason: str) -> str:
    return _("A person is brought in: %(reason)s.") % {"reason": REASONS.get(reason, reason)}
