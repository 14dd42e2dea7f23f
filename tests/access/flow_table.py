"""The addresses of flows: who may use them, and what they get."""

from __future__ import annotations

from typing import Any

from tests.access.granting import PUBLIC, Access
from tests.access.world import EDITOR, World


def _flow(world: World) -> dict[str, Any]:
    return {"key": world.flow.key, "number": 1}


FLOW_ADDRESSES: dict[str, Access] = {
    "flows:troubles": Access(EDITOR),
    "flows:trouble-open": Access(EDITOR, get=405, post=302, row=lambda world: {"name": "failed"}),
    "flows:trouble-delivered": Access(EDITOR, get=405, post=302, row=lambda world: {"name": "failed"}),
    "flows:words": Access(EDITOR, post=200),
    "flows:import": Access(EDITOR, post=200),
    "flows:import_review": Access(EDITOR, post=302, row=lambda world: {"pk": world.flow_import.pk}),
    "flows:import-examples": Access(EDITOR, post=405, row=lambda world: {"pk": world.flow_import.pk}),
    # Editors: flows. What is sent to them as a form, and not as JSON, is refused; see tests/flows.
    "flows:list": Access(EDITOR),
    "flows:new": Access(EDITOR, post=200),
    "flows:new-yaml": Access(EDITOR, post=200),
    "flows:editor": Access(EDITOR, row=_flow),
    "flows:draft": Access(EDITOR, row=_flow),
    "flows:examples": Access(EDITOR, row=_flow),
    "flows:publish": Access(EDITOR, get=405, post=400, row=_flow),
    "flows:trial-publish": Access(EDITOR, get=405, post=422, row=_flow),
    "flows:trial-share": Access(EDITOR, get=405, post=400, row=_flow),
    "flows:trial-end": Access(EDITOR, get=405, post=422, row=_flow),
    "flows:customers": Access(EDITOR, row=_flow),
    "flows:remove": Access(EDITOR, post=200, row=_flow),
    "flows:bring-back": Access(EDITOR, get=405, post=302, row=_flow),
    "flows:kept-bring-back": Access(EDITOR, get=405, post=404, row=_flow),  # with one: tests/flows
    "flows:versions": Access(EDITOR, row=_flow),
    "flows:version": Access(EDITOR, row=_flow),
    "flows:compare": Access(EDITOR, get=422, row=_flow),  # with both sides: tests/flows
    "flows:yaml": Access(EDITOR, get=405, post=400, row=_flow),
    "flows:yaml-read": Access(EDITOR, get=405, post=400, row=_flow),
    "flows:export-yaml": Access(EDITOR, row=_flow),
    "flows:export-mermaid": Access(EDITOR, row=_flow),
    "flows:export-rasa": Access(EDITOR, row=_flow),
    "flows:card-pictures": Access(EDITOR, get=405, post=(400, 415)),  # with one: tests/flows
    # Whoever has the address, as customers do.
    "pictures:show": Access(PUBLIC, row=lambda world: {"pk": world.card_picture.pk}),
    "flows:try": Access(EDITOR, get=405, post=400, row=_flow),
}
