"""What customers did with a flow, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from flows.models import Flow
from flows.texts import in_language
from flows.walked import Walked

WORDS = {
    "begun": gettext_lazy("Begun"),
    "reached": gettext_lazy("Reached"),
    "done": gettext_lazy("Finished"),
    "given_up": gettext_lazy("Given up"),
    "cancelled": gettext_lazy("Cancelled"),
    "handed_over": gettext_lazy("Handed to a person"),
    "person": gettext_lazy("Asked for a person"),
    "left": gettext_lazy("Did not answer any more"),
    "under_way": gettext_lazy("Under way"),
    "waits": gettext_lazy("Under way"),
    "lost": gettext_lazy("Something went wrong"),
}


def name_of(flow: Flow) -> str:
    """What staff call it; its key while it has no name, or none that reads."""
    return named(flow.draft.get("name") if isinstance(flow.draft, dict) else None, flow.key)


def named(names: Any, key: str) -> str:
    """The same of the names as they stand in its draft."""
    return in_language(names if isinstance(names, dict) else {}, get_language() or "en") or key


def described(line: Walked) -> str:
    """For a list of the conversations behind a number."""
    flow = Flow.objects.filter(key=line.flow).first()
    known = {
        "flow": name_of(flow) if flow else line.flow,
        "number": line.number,
        "step": line.node,
        "what": WORDS.get(line.kind, line.kind),
    }
    return _("%(flow)s, version %(number)d, step “%(step)s”: %(what)s") % known
