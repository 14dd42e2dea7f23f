"""The addresses of fine-tuning: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from tests.access.granting import PUBLIC, Access
from tests.access.world import ADMIN, EDITOR, World


def _tuning(world: World) -> dict[str, Any]:
    return {"pk": world.fine_tuning.pk}


TUNING_ADDRESSES: dict[str, Access] = {
    "training:fine-tunings": Access(EDITOR),
    "training:fine-tuning": Access(EDITOR, row=_tuning),
    # It costs money, and texts leave the house
    "training:new-fine-tuning": Access(ADMIN, post=422),
    "training:estimate-fine-tuning": Access(ADMIN),
    "training:models-to-tune": Access(ADMIN),
    "training:cancel-fine-tuning": Access(ADMIN, get=405, post=302, row=_tuning),
    "training:look-at-fine-tuning": Access(ADMIN, get=405, post=302, row=_tuning),
    "tuning-hook:ring": Access(PUBLIC, get=405, post=404),  # with a secret: test_the_webhook.py
}
