"""Why a host does not fine-tune: its answers, by name. The exception is the one of this package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from .errors import REASONS, ModelError, provider_errors
from .sdk import openai

# What staff read; what to do instead stands in training/fine_tuning/words.py.
TUNING_REASONS = REASONS | {
    "training_not_available": _("the provider does not offer fine-tuning to your organisation"),
    "not_offered": _("the provider has no fine-tuning at this address"),
    "invalid_file": _("the provider does not accept the file"),
    "moderation": _("the provider’s rules on content refuse the file, or the model made of it"),
    "not_tunable": _("this model cannot be fine-tuned"),
    "model_retired": _("the provider has shut this model down"),
    "vanished": _("the provider does not know this job any more"),
    "other_host": _("the settings name another provider than the one that has the job"),
    "uncertain": _("whether the provider has begun the job is not known"),
    "job_failed": _("the job failed at the provider"),
}
_LINE = re.compile(r"\b(?:line|row|example)s?\s*#?:?\s*(\d{1,9})", re.IGNORECASE)
# In the order in which they are looked for: in the provider's code first, then in its words.
_BY_CODE = {
    "training_not_available": "training_not_available",
    "fine_tuning_not_available": "training_not_available",
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "exceeded_quota": "quota",
    "unsafe_file": "moderation",
    "moderation": "moderation",
    "content_policy": "moderation",
    "model_retired": "model_retired",
    "model_deprecated": "model_retired",
    "model_shutdown": "model_retired",
    "model_not_available": "not_tunable",
    "model_not_found": "not_tunable",
    "unsupported_model": "not_tunable",
    "invalid_file": "invalid_file",
    "invalid_training_file": "invalid_file",
    "invalid_validation_file": "invalid_file",
    "invalid_n_examples": "invalid_file",
}
_BY_WORDS = [
    (re.compile(r"moderation|usage polic|unsafe", re.I), "moderation"),
    (re.compile(r"deprecated|retired|shut ?down|no longer available", re.I), "model_retired"),
    (
        re.compile(r"(not available|not supported|cannot be used|not enabled)\b.*fine.?tun"
                   r"|fine.?tun\w*\b.*(not available|not supported|not allowed)", re.I | re.S),
        "not_tunable",
    ),
    (re.compile(r"training_file|validation_file|jsonl|invalid (file|format)", re.I), "invalid_file"),
]  # fmt: skip
NO_SUCH_ADDRESS = (404, 405, 501)


class TuningError(ModelError):
    """`line` is the one of the file that the provider names, if it names one."""

    def __init__(
        self, code: str, *, permanent: bool = False, retry_after: float | None = None, detail: str = "",
        line: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(code, permanent=permanent, retry_after=retry_after, detail=detail)
        self.line = line


@contextmanager
def tuning_errors(*, of_job: bool = False) -> Iterator[None]:
    """Whatever goes wrong inside becomes a `TuningError`; `of_job`: what is asked for is one job or file, so
    that 404 says that this one is gone, and not that there is nothing of the kind."""
    try:
        with provider_errors():
            yield
    except ModelError as error:
        raise _named(error, of_job=of_job) from error


def why_failed(code: str, message: str, param: str) -> tuple[str, int | None]:
    """The reason and the line of a job that has failed, by what the provider says of it."""
    named = _by_name(code, message, status=400)
    if named is None and param in ("training_file", "validation_file"):
        named = "invalid_file"
    return named or "job_failed", _line_in(message) if named == "invalid_file" else None


def _named(error: ModelError, *, of_job: bool) -> TuningError:
    cause = error.__cause__
    code, permanent, detail = error.code, error.permanent, error.detail
    if isinstance(cause, openai.APIStatusError):
        code, permanent = _of_status(cause, code, permanent, of_job=of_job)
        detail = _said(cause) or detail
    line = _line_in(detail) if code == "invalid_file" else None
    return TuningError(code, permanent=permanent, retry_after=error.retry_after, detail=detail, line=line)


def _of_status(error: openai.APIStatusError, code: str, permanent: bool, *, of_job: bool) -> tuple[str, bool]:
    named = _by_name(f"{error.code or ''} {error.type or ''}", _said(error), status=error.status_code)
    if named:
        return named, True
    if error.status_code in NO_SUCH_ADDRESS:
        return ("vanished" if of_job and error.status_code == 404 else "not_offered"), True
    return code, permanent


def _by_name(codes: str, message: str, *, status: int) -> str | None:
    """Words count only where the provider refuses what it was given: an error of its own may say anything."""
    for name, reason in _BY_CODE.items():
        if re.search(rf"(^|[\s_]){name}($|[\s_])", codes.lower()):
            return reason
    if not 400 <= status < 500 or status in (401, 408, 409, 429):
        return None
    return next((reason for pattern, reason in _BY_WORDS if pattern.search(message)), None)


def _line_in(message: str) -> int | None:
    found = _LINE.search(message)
    return int(found[1]) if found else None


def _said(error: openai.APIStatusError) -> str:
    """In the provider's own words, without the SDK's around them."""
    body = error.body
    words = body.get("message") if isinstance(body, dict) else None
    return str(words or error.message).replace("\x00", "")[:300]
