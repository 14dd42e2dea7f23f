"""The rows that addresses and forms name."""

from __future__ import annotations

import re
from typing import Any

from tests.access.world import World


def place(path: str, world: World) -> str:
    rows = {"carla": world.carla.pk, "draft": world.draft.pk, "agent": world.staff["agent"].pk,
            "run": world.run.pk, "row": world.row.pk, "site": world.site.pk,
            "synonyms": world.synonyms.pk,
            "booking": world.booking.pk, "service": world.service.pk,
            "tool": world.tool.pk, "mcp_server": world.mcp_server.pk, "call": world.call.pk,
            "gap": world.gap.pk, "scenario": world.scenario.pk, "suite": world.suite.pk,
            "evaluation_run": world.evaluation_run.pk, "proposal": world.proposal.pk,
            "citation": world.answer.citations.get().pk,
            "finding": world.finding.pk, "public": world.public.pk, "chunk": world.chunk.pk,
            "flow_import": world.flow_import.pk, "view": world.view.pk, "canned": world.canned.pk,
            "answer": world.answer.pk, "correction": world.correction.pk,
            "team": world.team.pk, "guidance": world.guidance.pk, "topic": world.topic.pk,
            "training": world.training.pk, "search_training": world.search_training.pk,
            "example": world.example.pk,
            "release": world.release.pk, "assistant": world.assistant.pk,
            "dataset": world.learned.dataset_id, "learned": world.learned.pk,
            "fine_tuning": world.fine_tuning.pk}  # fmt: skip
    return path.format(**rows, customer=world.carla.customer_id)


def row(value: Any, world: World) -> Any:
    """What stands in a form; of a row, which is named as in an address, its key."""
    return place(value, world) if re.fullmatch(r"{\w+}", str(value)) else value
