"""The addresses of runs and suites of scenarios: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from tests.access.granting import Access
from tests.access.world import AGENT, EDITOR, World


def _run(world: World) -> dict[str, Any]:
    return {"pk": world.evaluation_run.pk}


def _suite(world: World) -> dict[str, Any]:
    return {"pk": world.suite.pk}


RUN_ADDRESSES: dict[str, Access] = {
    "runs:list": Access(EDITOR),
    "runs:trend": Access(EDITOR),
    "runs:begin": Access(EDITOR, get=405, post=422),
    "runs:run": Access(EDITOR, row=_run),
    "runs:stop": Access(EDITOR, get=405, post=302, row=_run),
    "runs:go-on": Access(EDITOR, get=405, post=302, row=_run),
    "runs:again": Access(EDITOR, get=405, post=302, row=_run),
    "runs:delete": Access(EDITOR, get=405, post=302, row=_run),
    "runs:judge": Access(EDITOR, get=405, post=302, row=_run),
    "runs:case": Access(EDITOR, row=lambda world: {"pk": world.evaluation_run.pk, "place": 0}),
    "runs:make": Access(AGENT, post=422, row=lambda world: {"pk": world.answer.pk}),
    "runs:suites": Access(EDITOR),
    "runs:take-in": Access(EDITOR, get=405, post=422),
    "runs:hand-out": Access(EDITOR, row=_suite),
    "runs:suite": Access(EDITOR, post=422, row=_suite),
    "runs:delete-suite": Access(EDITOR, get=405, post=302, row=_suite),
}
