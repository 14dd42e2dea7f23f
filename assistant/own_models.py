"""Which models an assistant asks, where it does not ask those of the installation."""

from __future__ import annotations

from assistant.models import Assistant

MODELS = {"answer": "answer_model", "rewrite": "rewrite_model"}  # task → field


def models_of(assistant: Assistant) -> dict[str, str]:
    """The assistant's own choice of models by task."""
    return {task: getattr(assistant, field) for task, field in MODELS.items()}
