"""The addresses of reviews and corrections: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from tests.access.granting import Access
from tests.access.world import ADMIN, AGENT, EDITOR, World


def _answer(world: World) -> dict[str, Any]:
    return {"pk": world.answer.pk}


def _correction(world: World) -> dict[str, Any]:
    return {"pk": world.correction.pk}


REVIEW_ADDRESSES: dict[str, Access] = {
    "evaluation:review": Access(AGENT),
    "evaluation:answer": Access(AGENT, row=_answer),
    "evaluation:judge": Access(AGENT, get=405, post=302, row=_answer, data={"verdict": "right"}),
    "evaluation:assign-review": Access(AGENT, get=405, post=302, row=_answer),
    "evaluation:pass-over": Access(AGENT, get=405, post=302, row=_answer),
    "evaluation:put-back": Access(AGENT, get=405, post=302, row=_answer),
    "evaluation:another-review": Access(AGENT, get=405, post=302, row=_answer),
    "evaluation:queue-now": Access(AGENT),
    "evaluation:agreement": Access(AGENT),
    "evaluation:export-reviews": Access(ADMIN, row=lambda world: {"form": "csv"}),
    "evaluation:correct": Access(AGENT, post=200, row=_answer),
    "evaluation:corrections": Access(AGENT),
    "evaluation:correction": Access(AGENT, row=_correction),
    "evaluation:correction-state": Access(AGENT, row=_correction),
    "evaluation:correction-check": Access(AGENT, get=405, post=302, row=_correction),
    "evaluation:correction-withdraw": Access(AGENT, get=405, post=302, row=_correction),
    # What customers read, or are told, then is the editors'
    "evaluation:correction-accept": Access(EDITOR, get=405, post=302, row=_correction),
    "evaluation:correction-publish": Access(EDITOR, get=405, post=302, row=_correction),
}
