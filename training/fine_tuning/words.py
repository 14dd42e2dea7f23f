"""Fine-tuning in words: what each state means, why something went wrong, and what to do then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from llm.fine_tuning_errors import TUNING_REASONS
from training.fine_tuning.rows import FineTuning

State = FineTuning.State
OPENAI = "api.openai.com"
OPENAI_ENDS = date(
    2027, 1, 6
)  # of new jobs, for everybody: https://developers.openai.com/api/docs/deprecations

NEXT: dict[Any, Any] = {
    State.PREPARING: gettext_lazy("It is sent within a few seconds. You can leave this page."),
    State.UPLOADING: gettext_lazy(
        "The files are on their way. You can leave this page: you are told when something happens."
    ),
    State.WAITING: gettext_lazy(
        "The provider has it, looks through the files and begins when there is room: minutes, sometimes "
        "hours. You can leave this page."
    ),
    State.RUNNING: gettext_lazy(
        "The model is learning. The lower the losses, the closer it comes to your answers; what counts is "
        "the loss on the held-out texts, where there are some."
    ),
    State.CANCELLING: gettext_lazy("The provider was asked to stop, and has not said yet that it has."),
    State.SUCCEEDED: gettext_lazy(
        "The tuned model is a candidate: no customer is answered by it. Compare it with the present one on "
        "your scenarios before anybody is."
    ),
    State.REFUSED: gettext_lazy("Nothing was begun, and nothing is charged for it."),
    State.FAILED: gettext_lazy(
        "No model came of it. Whether anything is charged for a job that has failed, the provider says; most "
        "charge nothing."
    ),
    State.CANCELLED: gettext_lazy(
        "No model came of it. What was learned until then may be charged. You can begin it again."
    ),
    State.VANISHED: gettext_lazy(
        "The provider has had this job, and knows it no more: somebody may have deleted it there, or the key "
        "belongs to another project now. Look in the provider’s console whether a model came of it and what "
        "was charged, then begin it again."
    ),
}
# Beside those of llm.fine_tuning_errors.
REASONS: dict[str, Any] = TUNING_REASONS | {
    "cancelled_there": gettext_lazy("somebody cancelled it at the provider"),
    "no_model": gettext_lazy("the provider says that it has succeeded, and names no model"),
    "no_dataset": gettext_lazy("the dataset has been deleted, or nothing is left in it"),
    "broken": gettext_lazy("something went wrong within Causerie; the log of the worker says what"),
    "too_long": gettext_lazy("the file is larger than the provider takes"),
}
CURES: dict[str, Any] = {
    "training_not_available": gettext_lazy(
        "The provider has decided not to fine-tune for your organisation. That is no mistake of yours, and "
        "trying again does not help. OpenAI refuses new jobs to most organisations, and to all from 6 "
        "January 2027; models that were tuned before go on answering."
    ),
    "not_offered": gettext_lazy(
        "It answers, and does not fine-tune: most servers of one’s own (vLLM, Ollama, llama.cpp) do not. "
        "Name a provider that does in FINE_TUNING_BASE_URL."
    ),
    "not_configured": gettext_lazy(
        "Name a provider in FINE_TUNING_BASE_URL, and its key in FINE_TUNING_API_KEY."
    ),
    "quota": gettext_lazy("Add credit or raise the limit in the provider’s console, then try again."),
    "unauthorised": gettext_lazy(
        "Look at FINE_TUNING_API_KEY (or OPENAI_API_KEY): it must belong to this provider, and be allowed to "
        "write files and fine-tuning jobs. Then try again."
    ),
    "invalid_file": gettext_lazy(
        "Make a copy of the dataset, set aside the example that is named there, and try again with the copy."
    ),
    "moderation": gettext_lazy(
        "Make a copy of the dataset, set aside there what the provider’s rules forbid (insults, weapons, "
        "medical advice …), and try again with the copy."
    ),
    "not_tunable": gettext_lazy(
        "Choose another base model: the provider’s documentation says which can be fine-tuned, and how (not "
        "every one learns from pairs). Then try again."
    ),
    "model_retired": gettext_lazy("Choose a base model that is not shut down, and try again."),
    "other_host": gettext_lazy(
        "Its job goes on there. Name that provider again in FINE_TUNING_BASE_URL to follow it."
    ),
    "uncertain": gettext_lazy(
        "It did not answer when the job was to begin, and lists no jobs. Look in its console whether one has "
        "begun, before you begin another one."
    ),
    "job_failed": gettext_lazy("Its own words stand below. Try again, perhaps with other settings."),
    "bad_request": gettext_lazy(
        "Its own words stand below. It may not know one of the settings: leave them to the provider, or "
        "see FINE_TUNING_EXTRA, then try again."
    ),
    "no_dataset": gettext_lazy("Make a dataset anew, and begin with that one."),
    "no_model": gettext_lazy("Look in its console for the name of the model."),
    "too_long": gettext_lazy("Make a smaller dataset, and begin with that one."),
    "vanished": gettext_lazy("It is looked for a few times more before that is believed."),
}
WAITED_FOR = gettext_lazy("It is tried again by itself, at longer and longer intervals.")
# After these, nothing but another way helps.
ELSEWHERE = frozenset({"training_not_available", "not_offered", "not_configured"})
CANNOT: dict[str, Any] = {
    "not_configured": gettext_lazy(
        "No provider is named that fine-tunes: set FINE_TUNING_BASE_URL and FINE_TUNING_API_KEY in .env."
    ),
    "changed": gettext_lazy(
        "The dataset has changed meanwhile: nothing was sent. Look at it, and try again."
    ),
    "not_ready": gettext_lazy("This dataset is not ready."),
    "too_few": gettext_lazy("This dataset has fewer than ten examples to learn from: providers want ten."),
}


@dataclass(frozen=True)
class Trouble:
    """`detail`: in the provider's own words. `elsewhere`: what can be done instead is to be said."""

    why: str
    cure: str
    detail: str = ""
    elsewhere: bool = False
    again: bool = False  # by itself


def trouble(row: FineTuning) -> Trouble | None:
    if not row.error:
        return None
    why = capfirst(str(REASONS.get(row.error, row.error)))
    if row.line and row.error == "invalid_file":
        why = _("%(why)s: line %(line)s") % {"why": why, "line": number_format(row.line)}
    again = row.is_open
    cure = CURES.get(row.error) or (WAITED_FOR if again else gettext_lazy("Try again."))
    return Trouble(f"{why}.", str(cure), row.detail, row.error in ELSEWHERE, again)


def counted(number: int | None) -> str:
    return "–" if number is None else number_format(number, force_grouping=True)


def amount(value: Any) -> str:
    """In the currency of the prices, which nobody has told us: two places, more where it would be nothing."""
    if value is None:
        return "–"
    places = 2 if not value or value >= 0.01 else 4
    return number_format(round(value, places), places)


def loss(value: float | None) -> str:
    return "–" if value is None else number_format(round(value, 3), 3)
