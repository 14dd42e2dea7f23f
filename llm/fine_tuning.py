"""The only door to fine-tuning: files and jobs at whichever host the settings name.

Every function asks once and waits for the answer; trying again is whoever's is at the job. What went wrong is
a `TuningError`. A job and its files are found again by what we call them, where an answer was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
from django.conf import settings

from .clients import sync_client
from .fine_tuning_errors import TuningError, tuning_errors
from .fine_tuning_form import (
    Checkpoint,
    Event,
    Job,
    Offered,
    RemoteFile,
    checkpoint_of,
    event_of,
    file_of,
    job_of,
    offered_of,
)
from .sdk import openai

PATIENCE = 30.0  # seconds of silence; a file may take longer to be looked at
PATIENCE_FOR_A_FILE = 120.0
PATIENCE_FOR_A_PAGE = 5.0  # somebody looks at it
A_PAGE = 100
MOST_PAGES = 20  # of a list
OURS = "causerie"  # under this name, a job's metadata holds our own key of it
One = TypeVar("One")


@dataclass(frozen=True)
class Host:
    base_url: str  # "": OpenAI's own address
    api_key: str = field(repr=False)

    @property
    def name(self) -> str:
        """For people, and to see whether it is the same one as before."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2] or "api.openai.com"


@dataclass(frozen=True)
class Asked:
    """What a job is to be made of. `hyperparameters`: numbers, or "auto". `extra`: fields of this host alone,
    which are laid over ours."""

    key: str
    model: str
    training_file: str
    validation_file: str = ""
    method: str = "supervised"  # or "dpo"
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    suffix: str = ""
    seed: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def host() -> Host | None:
    """What the settings name, if they do. A key is shown to nobody but the provider it is for."""
    own, key = settings.FINE_TUNING_BASE_URL, settings.FINE_TUNING_API_KEY
    if own:
        return Host(own, key or (settings.OPENAI_API_KEY if own == settings.OPENAI_BASE_URL else ""))
    if key or settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL:
        return Host(settings.OPENAI_BASE_URL, key or settings.OPENAI_API_KEY)
    return None


def upload(at: Host, *, name: str, content: bytes) -> RemoteFile:
    with tuning_errors():
        files = _client(at, PATIENCE_FOR_A_FILE).files.with_raw_response
        body = files.create(file=(name, content, "application/jsonl"), purpose="fine-tune").content
    return _read(body, file_of)


def files_named(at: Host, names: set[str]) -> list[RemoteFile]:
    """Those of these names: an upload whose answer was lost is found so."""
    found = _all(
        lambda after: _client(at).files.with_raw_response.list(
            purpose="fine-tune", limit=A_PAGE, extra_query=after
        ),
        file_of,
        lambda file: file.id,
    )
    return [file for file in found if file.name in names]


def delete_file(at: Host, file_id: str) -> None:
    """One that is gone already is no error."""
    try:
        with tuning_errors(of_job=True):
            _client(at).files.with_raw_response.delete(file_id)
    except TuningError as error:
        if error.code != "vanished":
            raise


def create(at: Host, asked: Asked) -> Job:
    given = {name: value for name, value in _body(asked).items() if value not in (None, "")}
    extra = {name: _laid_over(given.get(name), value) for name, value in asked.extra.items()}
    with tuning_errors():
        jobs = _client(at, PATIENCE_FOR_A_FILE).fine_tuning.jobs.with_raw_response
        # Hosts that know the header begin one job for it, however often they hear it.
        body = jobs.create(
            **given, extra_body=extra or None, extra_headers={"Idempotency-Key": asked.key}
        ).content
    return _read(body, job_of)


def find_job(at: Host, *, key: str, training_file: str) -> Job | None:
    """By our key or, at hosts that keep no metadata, by the file, which no other job has."""
    listing = _client(at).fine_tuning.jobs.with_raw_response
    jobs = _all(lambda after: listing.list(limit=A_PAGE, extra_query=after), job_of, lambda job: job.id)
    ours = [job for job in jobs if job.metadata.get(OURS) == key]
    of_file = [job for job in jobs if training_file and job.training_file == training_file]
    return next(iter([*ours, *of_file]), None)


def retrieve(at: Host, job_id: str) -> Job:
    with tuning_errors(of_job=True):
        body = _client(at).fine_tuning.jobs.with_raw_response.retrieve(job_id).content
    return _read(body, job_of)


def cancel(at: Host, job_id: str) -> Job:
    with tuning_errors(of_job=True):
        body = _client(at).fine_tuning.jobs.with_raw_response.cancel(job_id).content
    return _read(body, job_of)


def events(at: Host, job_id: str, *, known: Callable[[str], bool]) -> list[Event]:
    """Those that are not known yet, the oldest first."""
    found: dict[str, Event] = {}
    newest_first = True  # as OpenAI lists them; then what is known ends the search
    with tuning_errors(of_job=True):
        jobs = _client(at).fine_tuning.jobs.with_raw_response
        after: dict[str, str] = {}
        for _page in range(MOST_PAGES):
            listed, more = _page_of(jobs.list_events(job_id, limit=A_PAGE, extra_query=after).content)
            several = [_item(event_of, one) for one in listed]
            newest_first = newest_first and not _ascends(several)
            new = {event.id: event for event in several if not known(event.id) and event.id not in found}
            found |= new
            over = newest_first and len(new) < len(several)
            again = all(event.id in found and event.id not in new for event in several)  # it knows no pages
            if not more or over or again:
                break
            after = {"after": several[-1].id}
    ordered = list(found.values())
    return ordered[::-1] if newest_first else ordered


def _ascends(several: list[Event]) -> bool:
    first, last = several[0].at if several else None, several[-1].at if several else None
    return first is not None and last is not None and first < last


def checkpoints(at: Host, job_id: str) -> list[Checkpoint]:
    """By their steps. A host that has none of them has none to tell."""
    try:
        with tuning_errors(of_job=True):
            jobs = _client(at).fine_tuning.jobs
            body = jobs.checkpoints.with_raw_response.list(job_id, limit=A_PAGE).content
    except TuningError as error:
        if error.code in ("vanished", "not_offered"):
            return []
        raise
    listed, _more = _page_of(body)
    return sorted((_item(checkpoint_of, one) for one in listed), key=lambda one: one.step)


def offered(at: Host) -> list[Offered]:
    """Every model of the host's list: it does not say which of them can be fine-tuned."""
    with tuning_errors():
        body = _client(at, PATIENCE_FOR_A_PAGE).models.with_raw_response.list().content
    listed, _more = _page_of(body)
    return sorted((_item(offered_of, one) for one in listed), key=lambda one: one.name)


def _client(at: Host, patience: float = PATIENCE) -> openai.OpenAI:
    # A local server asks for no key, but the SDK insists on sending one.
    return sync_client(at.base_url or None, at.api_key or "none", patience)


def _body(asked: Asked) -> dict[str, Any]:
    chosen = dict(asked.hyperparameters)
    return {
        "model": asked.model,
        "training_file": asked.training_file,
        "validation_file": asked.validation_file,
        "method": {"type": asked.method, asked.method: {"hyperparameters": chosen} if chosen else {}},
        "suffix": asked.suffix,
        "seed": asked.seed,
        "metadata": {OURS: asked.key},
    }


def _laid_over(own: Any, other: Any) -> Any:
    if not isinstance(own, Mapping) or not isinstance(other, Mapping):
        return other
    return {**own, **{name: _laid_over(own.get(name), value) for name, value in other.items()}}


def _all(
    ask: Callable[[dict[str, str]], Any], form: Callable[[Any], One], key: Callable[[One], str]
) -> list[One]:
    found: list[One] = []
    after: dict[str, str] = {}
    with tuning_errors():
        for _page in range(MOST_PAGES):
            listed, more = _page_of(ask(after).content)
            found += [_item(form, one) for one in listed]
            if not more or not listed:
                break
            after = {"after": key(found[-1])}
    return found


def _page_of(body: bytes) -> tuple[list[Any], bool]:
    told = _read(body, dict)
    listed = told.get("data")
    if not isinstance(listed, list):
        raise _garbled(body)
    return listed, told.get("has_more") is True


def _read(body: bytes, form: Callable[[Any], One]) -> One:
    try:
        return form(orjson.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _garbled(body) from error


def _item(form: Callable[[Any], One], told: Any) -> One:
    try:
        return form(told)
    except (KeyError, TypeError, AttributeError) as error:
        raise _garbled(orjson.dumps(told)) from error


def _garbled(body: bytes) -> TuningError:
    return TuningError("garbled", detail=f"not what fine-tuning answers: {body[:80]!r}")
