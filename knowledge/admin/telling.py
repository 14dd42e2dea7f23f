"""What became of a click that changes an article: saved, proposed, or neither."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.models import Proposal
from knowledge.proposing import Done

PROPOSED = _("Proposed. Nothing changes for customers until somebody approves it.")
UNPROPOSED: dict[str, Promise] = {
    "open_already": _(
        "A change of yours waits for this article already, or was changed in another window. Copy what you "
        "need, open the article again, and continue or withdraw it."
    ),
    "nothing_new": _("There is nothing to propose: the article says this already."),
}


def tell(request: HttpRequest, done: Done, *, saved: str) -> None:
    if isinstance(done, str):
        messages.error(request, str(UNPROPOSED[done]))
    else:
        messages.success(request, PROPOSED if isinstance(done, Proposal) else saved)
