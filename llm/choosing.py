"""Which model does which task, and whether there is one at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

TASKS = {"answer": "ANSWER_MODEL", "rewrite": "REWRITE_MODEL", "judge": "JUDGE_MODEL"}


@dataclass(frozen=True)
class ChatModel:
    name: str
    base_url: str | None  # None: OpenAI's own address
    api_key: str

    def __repr__(self) -> str:
        """Without the key: this ends up in logs and tracebacks."""
        return f"ChatModel({self.name!r}, {self.base_url or 'OpenAI'!r})"


@dataclass(frozen=True)
class Use:
    """What a model is asked for: a task of TASKS or "fallback"; `by` names who chose it, "" the settings."""

    task: str
    by: str = ""

    def __str__(self) -> str:
        return f"{self.task} ({self.by})" if self.by else self.task


def chat_model_for(task: str, overrides: Mapping[str, str] | None = None) -> ChatModel | None:
    """The model for `task`, or None when the installation works without one.

    An assistant's own choice comes first, then the setting of the task, then whatever answers.
    """
    if not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
        return None
    name = _name_for(task, overrides or {})
    return _model(name, settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY) if name else None


def fallback_model() -> ChatModel | None:
    """What answers when the model for answers fails: another model there, or one at another provider."""
    name, base_url = settings.FALLBACK_MODEL, settings.FALLBACK_BASE_URL
    if not name:
        return None
    if base_url:  # a key is shown to nobody but the provider it is for
        return _model(name, base_url, settings.FALLBACK_API_KEY)
    if not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
        return None
    return _model(name, settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY)


def answering_models(overrides: Mapping[str, str] | None = None) -> list[ChatModel]:
    """The model that answers and, after it, the one that does when it fails; none without a model."""
    first, second = chat_model_for("answer", overrides), fallback_model()
    if first is None:
        return []
    return [first, second] if second and second != first else [first]


def configured_models() -> dict[ChatModel, list[Use]]:
    """Each chat model that the settings name, with what it is for."""
    models: dict[ChatModel, list[Use]] = {}
    for task in TASKS:
        if model := chat_model_for(task):
            models.setdefault(model, []).append(Use(task))
    if spare := fallback_model():
        models.setdefault(spare, []).append(Use("fallback"))
    return models


def _model(name: str, base_url: str, api_key: str) -> ChatModel:
    # A local server asks for no key, but the SDK insists on sending one.
    return ChatModel(name, base_url or None, api_key or "none")


def _name_for(task: str, overrides: Mapping[str, str]) -> str:
    return (
        overrides.get(task)
        or getattr(settings, TASKS[task], "")
        or overrides.get("answer")
        or getattr(settings, TASKS["answer"], "")
        or ""
    )
