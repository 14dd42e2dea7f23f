"""What customers would get if drafts of flows were published as they are: for whole conversations that are
tried beforehand (see `assistant/trying.py` for single words)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.routing import fitting
from assistant.routing.asking import learned_last
from assistant.routing.drafting import router_with_all
from assistant.situation import Trial, library_of
from flows.emulating import DRAFT
from flows.graph import Graph
from flows.state import State

MOST_SECONDS = 60.0  # for vectors of examples that are new


def rehearsal(drafts: Sequence[Graph]) -> Trial:
    """The published flows with these in the place of their own, and a router that has learned them: none
    where that was not possible, and then examples count word for word."""
    found = library_of(State())
    library = replace(found, published={**found.published, **{one.key: (DRAFT, one) for one in drafts}})
    return Trial(library, _router(drafts))


def _router(drafts: Sequence[Graph]) -> fitting.Fitted | None:
    until = time.monotonic() + MOST_SECONDS
    while True:
        router, whole = router_with_all(drafts)
        if whole or learned_last() is None or time.monotonic() > until:
            return router
        time.sleep(0.2)
