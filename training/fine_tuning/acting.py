"""One step of a fine-tuning at the provider: what it told, or what went wrong. Writes nothing."""

from __future__ import annotations

import logging

from llm import fine_tuning
from llm.fine_tuning import Asked, Host
from llm.fine_tuning_errors import TuningError, why_failed
from llm.fine_tuning_form import Checkpoint, Event, Job
from training.examples.files import files_of
from training.fine_tuning.life import FINDING, SENDING, Step, Told
from training.fine_tuning.rows import FineTuning

logger = logging.getLogger(__name__)
MOST_SILENT = 5  # failures, after which a job that ended is believed without its last events


class News:
    """Events and checkpoints that came with what was told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.checkpoints: list[Checkpoint] = []


def act(row: FineTuning, step: Step) -> tuple[Told | TuningError, News]:
    news = News()
    if step in (Step.NOTHING, Step.STOP):
        return Told(), news
    try:
        return _acted(row, step, host_of(row), news), news
    except TuningError as error:
        logger.warning("Fine-tuning %s, %s: %s", row.pk, step, error.code)
        return error, news


def host_of(row: FineTuning) -> Host:
    """The one that was told of it: no other is asked, and none gets what was meant for another."""
    at = fine_tuning.host()
    if at is None:
        raise TuningError("not_configured", permanent=True)
    if at.name != row.host:
        raise TuningError("other_host", permanent=True, detail=f"{row.host} → {at.name}")
    return at


def _acted(row: FineTuning, step: Step, at: Host, news: News) -> Told:
    if step in SENDING:
        return Told(found=_sent(row, SENDING[step], at))
    if step in FINDING:
        found = fine_tuning.files_named(at, {row.file_names[FINDING[step]]})
        return Told(found=found[0].id if found else "")
    if step == Step.TIDY:
        return _tidied(row, at)
    if step == Step.FIND_JOB:
        return _told(fine_tuning.find_job(at, key=str(row.key), training_file=row.training_file))
    if step == Step.CREATE:
        return _told(fine_tuning.create(at, asked_of(row)))
    if step == Step.CANCEL:
        return _told(fine_tuning.cancel(at, row.job))
    return _looked(row, at, news)


def asked_of(row: FineTuning) -> Asked:
    return Asked(
        key=str(row.key), model=row.base_model, training_file=row.training_file,
        validation_file=row.validation_file, method=row.method, hyperparameters=row.hyperparameters,
        suffix=row.suffix, seed=row.seed, extra=row.extra,
    )  # fmt: skip


def _sent(row: FineTuning, part: str, at: Host) -> str:
    """As the dataset is now: what was erased since it was asked for does not leave the house."""
    if row.dataset is None:
        raise TuningError("no_dataset", permanent=True)
    files = files_of(row.dataset)
    content = files.training if part == "training" else files.validation
    if not content:
        raise TuningError("no_dataset", permanent=True)
    return fine_tuning.upload(at, name=row.file_names[part], content=content).id


def _tidied(row: FineTuning, at: Host) -> Told:
    """Also those of which only the provider knows. A host without a list of files has told us of all."""
    known = {row.training_file, row.validation_file} - {""}
    if row.training_asked_at or row.validation_asked_at:
        try:
            known |= {file.id for file in fine_tuning.files_named(at, set(row.file_names.values()))}
        except TuningError as error:
            if error.code != "not_offered":
                raise
    for file in sorted(known):
        fine_tuning.delete_file(at, file)
    return Told(found=", ".join(sorted(known)))


def _looked(row: FineTuning, at: Host, news: News) -> Told:
    job = fine_tuning.retrieve(at, row.job)
    known = set(row.events.values_list("provider_id", flat=True))
    try:
        news.events = fine_tuning.events(at, row.job, known=known.__contains__)
        if news.events or job.has_ended:
            news.checkpoints = fine_tuning.checkpoints(at, row.job)
    except TuningError as error:
        # They come with the next look. After the last one there is none, so it is tried again a few times.
        few = error.code in ("vanished", "not_offered") or row.failures >= MOST_SILENT
        if job.has_ended and not few:
            raise
    return _told(job, news=bool(news.events))


def _told(job: Job | None, *, news: bool = False) -> Told:
    if job is None or job.status != "failed":
        return Told(job=job, news=news)
    reason, line = why_failed(job.error_code, job.error_message, job.error_param)
    return Told(job=job, reason=reason, line=line, news=news)
