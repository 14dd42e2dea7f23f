"""Why an action was not done, or what came of it not taken: a code that stays, told in words to staff. Pure.

A code may come with a detail that only the failing part knows: the name of an argument, a status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chatbot import outgoing

REASONS: dict[str, Promise] = {
    # Before anything was sent
    "unknown_action": _("there is no action of this name"),
    "switched_off": _("it is switched off"),
    "bad_argument": _("an argument is not as it was declared"),
    "not_verified": _("it is for customers who have signed in"),
    "not_known": _("the customer's own data does not hold what it needs"),
    "rate_limited": _("it was called too often within a minute"),
    "resting": _("the server asked for a pause, which is not over"),
    "busy": _("the same call is under way already"),
    "bad_template": _("its address, a header or its body cannot be filled in"),
    "secret_lost": _("its secret cannot be read any more: enter it again"),
    "declined": _("staff declined it"),
    "expired": _("nobody decided about it in time"),
    # What came of it
    "interrupted": _("it was interrupted, and whether it was done is not known: look on the server"),
    "forgotten": _("it was done, and what it brought is not kept any more"),
    "unauthorised": _("the server does not accept the secret (401)"),
    "forbidden": _("the server does not allow it (403)"),
    "not_found": _("the server does not know it (404)"),
    "rejected": _("the server does not accept what was sent"),
    "refused": _("it is not possible, for a reason that customers are told"),
    "too_many": _("the server says that it is called too often (429)"),
    "server_error": _("the server has an error"),
    "redirected": _("the server passes on to another address: enter that one"),
    "html": _("the server answered with a page, not with data"),
    "not_json": _("the server's answer is not JSON"),
    "not_there": _("what is to be taken is not in the answer"),
    "wrong_type": _("what is to be taken has another form than declared"),
    "not_mcp": _("the server does not speak the Model Context Protocol as expected"),
    "tool_error": _("the tool says that it failed"),
    "broken": _("an error in the program"),
}
# What is wrong with an argument: after its name in a detail.
ARGUMENT_REASONS: dict[str, Promise] = {
    "missing": _("“%(name)s” is missing"),
    "unknown": _("“%(name)s” is not one of its arguments"),
    "not_text": _("“%(name)s” is not a text"),
    "too_long": _("“%(name)s” is too long"),
    "not_number": _("“%(name)s” is not a number"),
    "not_whole": _("“%(name)s” is not a whole number"),
    "not_boolean": _("“%(name)s” is neither yes nor no"),
    "not_date": _("“%(name)s” is not a date"),
    "not_moment": _("“%(name)s” is not a date with a time"),
    "not_choice": _("“%(name)s” is none of its choices"),
    "not_email": _("“%(name)s” is not an e-mail address"),
    "not_in_path": _("“%(name)s” cannot stand in an address"),
}
# Of the door's reasons those after which the server may have acted.
AFTER_SENDING = {"too_slow", "too_large", "broken_answer"}


class ActionError(Exception):
    """`sent` says whether the server may have acted. What was answered is added for the log: `shown`,
    `status`, and the seconds of `pause` that the server wants."""

    def __init__(self, code: str, detail: str = "", *, sent: bool = False) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:200]
        self.sent = sent
        self.shown = ""
        self.status: int | None = None
        self.pause = 0

    @classmethod
    def of(cls, error: outgoing.OutgoingError) -> ActionError:
        return cls(error.code, sent=error.code in AFTER_SENDING)


class Refused(ActionError):
    """The action itself says no. `reason` is a code that flows look at ("taken"), `message` says it in the
    customer's language, `brings` is what may help instead, as JSON: other times that are free."""

    def __init__(self, reason: str, message: str, brings: Mapping[str, Any] | None = None) -> None:
        super().__init__("refused", reason)
        self.reason = reason
        self.message = message
        self.brings = dict(brings or {})


def in_words(code: str, detail: str = "") -> str:
    """The reason as a sentence, in the language of whoever reads it."""
    if code == "bad_argument" and (said := _argument(detail)):
        return capfirst(said)
    reason = str(REASONS[code]) if code in REASONS else outgoing.in_words(code)
    return capfirst(f"{reason} ({detail})" if detail else reason)


def _argument(detail: str) -> str:
    name, _colon, why = detail.rpartition(": ")
    return str(ARGUMENT_REASONS[why]) % {"name": name} if name and why in ARGUMENT_REASONS else ""
