"""An assistant as customers get it: with what a release holds in the place of what stands in the settings.

Nothing is saved: the copy is for one reply. A release never changes, so a process reads each once.
"""

from __future__ import annotations

import copy
import hashlib
from functools import lru_cache

from assistant.models import Assistant, Release, Serving
from assistant.own_models import MODELS
from assistant.releases.contents import OBJECTIVE, Contents
from assistant.releases.released import Released
from assistant.routing import fitting, packing
from assistant.routing.asking import in_use
from assistant.routing.measuring import Figures
from assistant.situation import Trial, library_of
from flows.state import State
from llm.embedding import embedding_identity

MOST_READ = 16  # releases that a process keeps


def as_served(assistant: Assistant, conversation: str = "") -> Assistant:
    """What a conversation gets; without one, what most of them do. One query where there is no release."""
    serving = Serving.objects.now().filter(assistant=assistant.pk)
    row = serving.values_list("release", "trial", "share").first()
    if row is None:
        return assistant
    release, trial, share = row
    chosen = trial if trial and conversation and lot(conversation, trial) < share else release
    return as_released(assistant, chosen) if chosen else assistant


def all_served(assistant: Assistant) -> list[Assistant]:
    """As it is set up, and with each release that customers get now."""
    row = Serving.objects.now().filter(assistant=assistant.pk).values_list("release", "trial").first()
    return [assistant, *(as_released(assistant, release) for release in row or () if release)]


def as_released(assistant: Assistant, release: int) -> Assistant:
    """Raises Release.DoesNotExist."""
    number, contents = _read(release)
    own = copy.copy(assistant)
    for name in OBJECTIVE:
        if name in contents.objective:
            setattr(own, name, copy.copy(contents.objective[name]))
    for task, field in MODELS.items():
        setattr(own, field, contents.models.get(task, ""))
    own.redact_prompts = contents.redact_prompts
    own.accent = contents.accent or assistant.accent
    own.released = contents.released(release, number)
    return own


def lot(conversation: str, release: int) -> int:
    """0 to 99: always the same for a conversation and a release. Who is in stays in when the share grows."""
    digest = hashlib.blake2b(f"{conversation}/release {release}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % 100


def held_by(released: Released, state: State) -> Trial:
    """Its versions of the flows, and the router of its time. One that another embedding model has made is of
    no use: then the present one is asked, for those flows that it knows."""
    return Trial(library_of(state, pinned=released.flows), _router(released.pk) or in_use())


@lru_cache(maxsize=MOST_READ)
def _read(release: int) -> tuple[int, Contents]:
    number, contents = Release.objects.values_list("number", "contents").get(pk=release)
    return number, Contents.model_validate(contents)


def _router(release: int) -> fitting.Fitted | None:
    return _unpacked(release, embedding_identity())


@lru_cache(maxsize=MOST_READ)
def _unpacked(release: int, identity: str) -> fitting.Fitted | None:
    row = Release.objects.filter(pk=release, router_identity=identity).first()
    if row is None or not row.router_figures:
        return None
    return packing.unpacked(bytes(row.router), row.router_bar, Figures.from_json(row.router_figures))


def forget() -> None:
    """Releases are numbered anew in a database that was emptied."""
    _read.cache_clear()
    _unpacked.cache_clear()
