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

# Why a search had to do with words alone (Results.degraded).
WORDS_ALONE: dict[str, Promise] = {
    "embedding_unavailable": _("the embedding model did not answer: searched by words alone"),
    "no_vectors": _("the articles have no vectors yet: searched by words alone"),
    "other_model": _("the vectors come from another model: searched by words alone"),
    "not_measured": _("the floor is not measured yet: searched by words alone"),
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
