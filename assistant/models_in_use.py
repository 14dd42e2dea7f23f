"""Which models the installation and its assistants ask, for what, and how long they will be there."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from assistant.models import Assistant
from llm.choosing import ChatModel, Use, chat_model_for, configured_models, fallback_model
from llm.errors import ModelError
from llm.lifetimes import ask_lifetime, known_lifetime, warning


def models_of(assistant: Assistant) -> dict[str, str]:
    """The assistant's own choice of models by task."""
    return {"answer": assistant.answer_model, "rewrite": assistant.rewrite_model}


def models_in_use() -> dict[ChatModel, list[Use]]:
    """Each chat model once, with everything that it is for."""
    models = configured_models()
    for assistant in Assistant.objects.all():
        for task in models_of(assistant):
            own = chat_model_for(task, models_of(assistant))
            if own and own != chat_model_for(task):
                models.setdefault(own, []).append(Use(task, assistant.name))
    return models


def models_for(assistant: Assistant) -> dict[ChatModel, list[Use]]:
    """What this assistant would ask, the fallback included."""
    asked = [(task, chat_model_for(task, models_of(assistant))) for task in models_of(assistant)]
    models: dict[ChatModel, list[Use]] = {}
    for task, model in [*asked, ("fallback", fallback_model())]:
        if model:
            models.setdefault(model, []).append(Use(task))
    return models


def warnings_about(models: Iterable[ChatModel]) -> list[str]:
    """What is known of the end of these models, in words. Asks nobody."""
    found = [warning(known_lifetime(model), timezone.localdate()) for model in models]
    return [words for words in found if words]


def look_at_lifetimes() -> list[str]:
    """Ask the provider of every model in use how long it will be there; return the warnings."""
    for model in models_in_use():
        try:
            ask_lifetime(model)
        except ModelError:
            continue  # no list, or nobody there: what was known before stays
    return warnings_about(models_in_use())
