"""Why indexing stopped: stored as a code, with the detail that only the failing part knows; told in words.

Workers have no language of their own, so the words are looked up when somebody reads them.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from llm.errors import REASONS, ModelError

WORKER_STOPPED = "worker_stopped"
BROKEN = "broken"

OWN: dict[str, Promise] = {
    WORKER_STOPPED: _("the worker stopped without finishing"),
    BROKEN: _("an error in the program"),
}


def written(error: Exception) -> str:
    """The failure as a row keeps it: a code, and after a colon the detail."""
    if isinstance(error, ModelError):
        return str(error)
    return f"{BROKEN}: {type(error).__name__}: {error}"


def in_words(stored: str) -> str:
    """The failure for whoever reads it; what has no code (from before there were any) as it is."""
    code, _colon, detail = stored.partition(": ")
    reason = OWN.get(code) or REASONS.get(code)
    if reason is None:
        return stored
    return capfirst(f"{reason} ({detail})" if detail else str(reason))
