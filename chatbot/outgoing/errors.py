"""Why an address was not called, or its answer not taken. Pure."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    # The address itself
    "not_http": _("it does not begin with http:// or https://"),
    "bad_address": _("it is not a valid address"),
    "has_credentials": _("it contains a user name or a password"),
    "forbidden_port": _("its port is not one of the web's usual ones (80 and 443)"),
    "forbidden_address": _("it leads to a private network or to this machine"),
    "bad_request": _("what was to be sent to it is not a valid request"),
    # The way there
    "dns_failed": _("its name was not found"),
    "refused": _("the server does not accept connections"),
    "tls_failed": _("the server's certificate is not valid for this address"),
    # The answer
    "too_slow": _("the server took too long"),
    "too_large": _("the answer is too large"),
    "too_many_redirects": _("it leads from one address to the next without an end"),
    "leads_elsewhere": _("it passes on to another server what was meant for it alone"),
    "broken_answer": _("the server's answer is not readable"),
}
# What may be another day.
PASSING = {"dns_failed", "refused", "tls_failed", "too_slow", "broken_answer"}


class OutgoingError(Exception):
    """`code` is one of REASONS; `permanent`: repeating it cannot help. Never names the address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = code not in PASSING


def in_words(code: str) -> str:
    """The reason in the language of whoever reads it; an unknown code as it is."""
    return str(REASONS.get(code, code))
