"""The addresses of training: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from tests.access.granting import Access
from tests.access.world import EDITOR, World


def _training(world: World) -> dict[str, Any]:
    return {"pk": world.training.pk}


def _dataset(world: World) -> dict[str, Any]:
    return {"pk": world.learned.dataset_id}


def _learned(world: World) -> dict[str, Any]:
    return {"pk": world.learned.dataset_id, "example": world.learned.pk}


def _search(world: World) -> dict[str, Any]:
    return {"pk": world.search_training.pk}


TRAINING_ADDRESSES: dict[str, Access] = {
    "training:page": Access(EDITOR),
    "training:start": Access(EDITOR, get=405, post=302),
    "training:policy": Access(EDITOR, get=405, post=302, data={"by_itself": "no"}),
    "training:unpin": Access(EDITOR, get=405, post=302),
    "training:training": Access(EDITOR, row=_training),
    "training:use": Access(EDITOR, get=405, post=302, row=_training),
    "training:back": Access(EDITOR, get=405, post=302, row=_training),
    "training:set-aside": Access(EDITOR, get=405, post=302, row=_training),
    "training:cancel": Access(EDITOR, get=405, post=302, row=_training),
    "training:mixed": Access(EDITOR, row=_training),
    "training:matrix-file": Access(EDITOR, row=_training),
    "training:search": Access(EDITOR),
    "training:search-saved": Access(EDITOR),
    "training:search-start": Access(EDITOR, get=405, post=302),
    "training:search-policy": Access(EDITOR, get=405, post=302, data={"by_itself": "no"}),
    "training:search-usual": Access(EDITOR, get=405, post=302),
    "training:search-training": Access(EDITOR, row=_search),
    "training:search-questions": Access(EDITOR, row=_search),
    "training:search-use": Access(EDITOR, get=405, post=302, row=_search),
    "training:search-back": Access(EDITOR, get=405, post=302, row=_search),
    "training:search-set-aside": Access(EDITOR, get=405, post=302, row=_search),
    "training:search-cancel": Access(EDITOR, get=405, post=302, row=_search),
    "training:messages": Access(EDITOR),
    "training:datasets": Access(EDITOR),
    "training:new-dataset": Access(EDITOR, post=422),
    "training:router-file": Access(EDITOR, row=lambda world: {"name": "router.jsonl"}),
    "training:dataset": Access(EDITOR, row=_dataset),
    "training:dataset-examples": Access(EDITOR, row=_dataset),
    "training:dataset-file": Access(EDITOR, row=lambda world: _dataset(world) | {"name": "training.jsonl"}),
    "training:cancel-dataset": Access(EDITOR, get=405, post=302, row=_dataset),
    "training:make-dataset-again": Access(EDITOR, get=405, post=302, row=_dataset),
    "training:copy-dataset": Access(EDITOR, get=405, post=302, row=_dataset),
    "training:count-dataset": Access(EDITOR, get=405, post=302, row=_dataset),
    "training:delete-dataset": Access(EDITOR, get=405, post=302, row=_dataset),
    "training:set-example-aside": Access(EDITOR, get=405, post=302, row=_learned),
    "training:take-example-back": Access(EDITOR, get=405, post=302, row=_learned),
    "training:decide-message": Access(
        EDITOR, get=405, post=302, row=lambda world: {"pk": world.example.pk}, data={"wish": "pass"}
    ),
}
