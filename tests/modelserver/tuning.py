"""Fine-tuning as a provider does it: files and jobs with a whole life, a step of it at each look.

Nothing here waits for a clock: a job goes on when somebody looks at it, so that a test says how far it is.
"""

import math
import time
from dataclasses import asdict, dataclass, field, fields
from itertools import count
from typing import Any

from .tuning_files import TunedFile, found_wrong

FAULTS = frozenset(
    {
        "status",  # answer `on` with `status` (429, 500 …), with `code` when given
        "training_not_available",  # 403, as OpenAI refuses most organisations
        "quota",
        "retired",  # the model has been shut down
        "not_tunable",
        "lost",  # `on` is done, and the connection cut before the answer
        "garbled",  # `on` answers 200 with something else
        "no_endpoint",  # a host that serves models and tunes none
        "no_list",  # one that lists no jobs
        "no_metadata",  # one that keeps none
        "invalid_file",  # the file is found to be wrong, at `line`
        "moderation",
        "fails",  # in the middle of the training, for a reason of its own
        "vanish",  # the job is gone after its second look
        "odd_status",  # one of the host's own between queued and running
        "oldest_first",  # a host that lists events so
        "same_page",  # one that does not know what pages are
        "slow_cancel",  # it says that it is cancelled two looks later
    }
)
ENDED = ("succeeded", "failed", "cancelled")


@dataclass
class TuningScript:
    """`on`: upload, files, delete, create, list, job, cancel, events or checkpoints; "" for all of them."""

    fault: str | None = None
    on: str = ""
    times: int | None = None  # how often; None: always
    status: int = 500
    code: str = ""
    message: str = "scripted"
    retry_after: float | None = None
    line: int = 1
    steps: int = 0  # of a training; 0: as many as its lines ask for
    pace: int = 10  # steps at each look
    looks: int = 1  # that validating and queueing each take

    @classmethod
    def parse(cls, given: dict[str, Any]) -> "TuningScript":
        unknown = set(given) - {known.name for known in fields(cls)}
        if unknown or given.get("fault") not in {None, *FAULTS}:
            raise ValueError(f"no such script: {sorted(unknown) or given['fault']}")
        return cls(**given)

    def takes(self, fault: str, on: str = "") -> bool:
        """Whether this fault is due now; it is used up by that."""
        if self.fault != fault or self.times == 0 or (self.on and on and self.on != on):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class TuningJob:
    id: str
    body: dict[str, Any]
    steps: int
    wrong: str = ""  # what is found in its files
    status: str = "validating_files"
    step: int = 0
    looks: int = 0  # since the state began
    seen: int = 0  # in all
    cancelled: int = -1  # looks until it is
    tuned: str | None = None
    error: dict[str, Any] | None = None
    trained_tokens: int | None = None
    created_at: int = field(default_factory=lambda: int(time.time()))
    finished_at: int | None = None
    events: list[dict[str, Any]] = field(default_factory=list)  # the oldest first
    checkpoints: list[dict[str, Any]] = field(default_factory=list)
    tokens: int = 0

    def as_json(self) -> dict[str, Any]:
        method = self.body.get("method") or {"type": "supervised"}
        kept = ("model", "training_file", "validation_file", "seed", "metadata")
        return {
            "object": "fine_tuning.job", "id": self.id, "status": self.status,
            "created_at": self.created_at, "finished_at": self.finished_at, "error": self.error or {},
            "fine_tuned_model": self.tuned, "trained_tokens": self.trained_tokens, "method": method,
            "organization_id": "org-tests", "result_files": [], "integrations": [],
            "hyperparameters": method.get("supervised", {}).get("hyperparameters", {}),
            "estimated_finish": None, **{name: self.body.get(name) for name in kept},
        }  # fmt: skip

    def tell(self, message: str, level: str = "info", **data: Any) -> None:
        self.events.append(
            {
                "object": "fine_tuning.job.event", "id": f"ftevent-{self.id[6:]}-{len(self.events):05}",
                "created_at": 1_800_000_000 + len(self.events), "level": level, "message": message,
                "data": data, "type": "metrics" if data else "message",
            }
        )  # fmt: skip

    def end(self, status: str, **error: Any) -> None:
        self.status, self.finished_at, self.error = status, int(time.time()), error or None


class Tuning:
    """The files and jobs of one server, and which models it has made."""

    def __init__(self, listed: dict[str, str | None]) -> None:
        self.listed = listed
        self.reset()

    def reset(self) -> None:
        self.script = TuningScript()
        self.files: dict[str, TunedFile] = {}
        self.jobs: dict[str, TuningJob] = {}
        self.deleted: list[str] = []
        self._numbers = count(1)

    def add_file(self, name: str, content: bytes, purpose: str) -> TunedFile:
        file = TunedFile(f"file-{next(self._numbers):06}", name, content, purpose)
        self.files[file.id] = file
        return file

    def begin(self, body: dict[str, Any]) -> TuningJob:
        training = self.files[body["training_file"]].content
        if self.script.fault == "no_metadata":
            body = {**body, "metadata": None}
        lines = training.count(b"\n") or 1
        job = TuningJob(f"ftjob-{next(self._numbers):06}", body, self.script.steps or 3 * lines)
        job.wrong = found_wrong(body, self.files)
        job.tokens = len(training) // 4
        self.jobs[job.id] = job
        job.tell(f"Created fine-tuning job: {job.id}")
        job.tell(f"Validating training file: {body['training_file']}")
        return job

    def look(self, job: TuningJob) -> TuningJob:
        """It goes on by a step of its life, and is as it is then."""
        job.seen += 1
        if job.cancelled == 0:
            job.end("cancelled")
            job.tell("The job was cancelled")
        elif job.cancelled > 0:
            job.cancelled -= 1
        elif job.status not in ENDED:
            job.looks += 1
            self._go_on(job)
        return job

    def cancel(self, job: TuningJob) -> TuningJob:
        job.cancelled = 2 if self.script.takes("slow_cancel") else 0
        job.tell("Cancellation was asked for")
        return job if job.cancelled else self.look(job)

    def _go_on(self, job: TuningJob) -> None:
        if job.status == "running":
            self._train(job)
        elif job.looks >= self.script.looks:
            job.looks = 0
            self._next(job)

    def _next(self, job: TuningJob) -> None:
        if job.status == "validating_files":
            self._validate(job)
        elif job.status == "queued" and self.script.takes("odd_status"):
            job.status = "waiting_for_hardware"
        else:
            job.status = "running"
            job.tell("Fine-tuning job started")

    def _validate(self, job: TuningJob) -> None:
        if self.script.takes("invalid_file"):
            job.wrong = f"Invalid file format. Line {self.script.line}: not as it should be."
        if job.wrong:
            words = f"The job failed due to an invalid training file. {job.wrong}"
            job.tell(words, "error")
            job.end("failed", code="invalid_training_file", message=words, param="training_file")
        elif self.script.takes("moderation"):
            words = "The job failed due to an unsafe training file: it was blocked by our moderation system."
            job.tell(words, "error")
            job.end("failed", code="unsafe_file", message=words, param="training_file")
        else:
            job.status = "queued"
            job.tell("Files validated, moving job to queued state")

    def _train(self, job: TuningJob) -> None:
        for _step in range(min(self.script.pace, job.steps - job.step)):
            job.step += 1
            train, valid = losses(job.step, job.steps)
            shown = {"step": job.step, "train_loss": train, "total_steps": job.steps}
            words = f"Step {job.step}/{job.steps}: training loss={train:.2f}"
            if job.body.get("validation_file") and (job.step % 5 == 0 or job.step == job.steps):
                shown["valid_loss"], words = valid, f"{words}, validation loss={valid:.2f}"
            job.tell(words, **shown)
            if job.step * 3 % job.steps < 3 and job.step * 3 >= job.steps:
                self._keep(job, train, valid)
        if job.step * 2 >= job.steps and self.script.takes("fails"):
            job.tell("The job failed", "error")
            job.end("failed", code="internal_error", message="An error of our own; nothing was charged.")
        elif job.step >= job.steps:
            self._succeed(job)

    def _keep(self, job: TuningJob, train: float, valid: float) -> None:
        job.checkpoints.append(
            {
                "object": "fine_tuning.job.checkpoint", "id": f"ftckpt-{job.id[6:]}-{job.step}",
                "created_at": int(time.time()), "fine_tuning_job_id": job.id, "step_number": job.step,
                "fine_tuned_model_checkpoint": f"{self._name(job)}:ckpt-step-{job.step}",
                "metrics": {
                    "step": job.step, "train_loss": train, "full_valid_loss": valid,
                    "full_valid_mean_token_accuracy": round(1 - valid / 4, 3),
                },
            }
        )  # fmt: skip
        job.tell(f"Checkpoint created at step {job.step}")

    def _succeed(self, job: TuningJob) -> None:
        job.tuned, job.trained_tokens = self._name(job), job.tokens * 3
        self.listed[job.tuned] = None
        job.tell(f"New fine-tuned model created: {job.tuned}")
        job.tell("The job has successfully completed")
        job.end("succeeded")

    @staticmethod
    def _name(job: TuningJob) -> str:
        return f"ft:{job.body['model']}:tests:{job.body.get('suffix') or ''}:{job.id[6:]}"

    def as_json(self) -> dict[str, Any]:
        """For tests, which ask what the provider has, and not what it was told."""
        return {
            "files": [{**file.as_json(), "content": file.content.decode()} for file in self.files.values()],
            "jobs": [{**job.as_json(), "body": job.body, "looks": job.seen} for job in self.jobs.values()],
            "deleted": self.deleted,
            "script": asdict(self.script),
        }


def losses(step: int, steps: int) -> tuple[float, float]:
    """Of training and of validation: they fall, and waver a little, the same each time."""
    share = step / steps
    wave = 0.06 * math.sin(step * 2.4)
    return round(0.4 + 2.0 * math.exp(-3.2 * share) + wave, 4), round(0.62 + 1.8 * math.exp(-3.0 * share), 4)
