"""The addresses of releases: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from tests.access.granting import Access
from tests.access.world import EDITOR, World


def _release(world: World) -> dict[str, Any]:
    return {"pk": world.release.pk}


def _assistant(world: World) -> dict[str, Any]:
    return {"pk": world.assistant.pk}


RELEASE_ADDRESSES: dict[str, Access] = {
    "releases:list": Access(EDITOR),
    "releases:make": Access(EDITOR, get=405, post=302, row=_assistant),
    "releases:live": Access(EDITOR, row=_assistant),
    "releases:policy": Access(EDITOR, get=405, post=302, row=_assistant, data={"at_least": "90"}),
    "releases:end-trial": Access(EDITOR, get=405, post=302, row=_assistant),
    "releases:roll-back": Access(EDITOR, get=405, post=302, row=_assistant),
    "releases:serve-settings": Access(EDITOR, post=302, row=_assistant),
    "releases:run-settings": Access(EDITOR, get=405, post=302, row=_assistant),
    "releases:release": Access(EDITOR, row=_release),
    "releases:publish": Access(EDITOR, get=405, post=302, row=_release, data={"to": "all"}),
    "releases:bring-back": Access(EDITOR, get=405, post=302, row=_release),
    "releases:run": Access(EDITOR, get=405, post=302, row=_release),
}
