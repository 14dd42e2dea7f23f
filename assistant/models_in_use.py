"""Which models the installation and its assistants ask, for what, and how long they will be there."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.models import Assistant
from assistant.own_models import models_of
from assistant.releases.as_served import all_served
from llm.choosing import ChatModel, Use, chat_model_for, configured_models, fallback_model
from llm.errors import ModelError
from llm.lifetimes import ask_lifetime, known_lifetime, warning


def models_in_use() -> dict[ChatModel, list[Use]]:
    """Each chat model once, with everything that it is for."""
    models = configured_models()
    for assistant in [one for each in Assistant.objects.all() for one in all_served(each)]:
        for task in models_of(assistant):
            own = chat_model_for(task, models_of(assistant))
            if own and own != chat_model_for(task):
                models.setdefault(own, []).append(Use(task, _named(assistant)))
    return models


def _named(assistant: Assistant) -> str:
    number = assistant.released.number if assistant.released else 0
    known = {"assistant": assistant.name, "number": number}
    return _("%(assistant)s, release %(number)d") % known if number else assistant.name


def models_for(assistant: Assistant) -> dict[ChatModel, list[Use]]:
    """What this assistant would ask, and the releases of it that customers get; the fallback included."""
    models: dict[ChatModel, list[Use]] = {}
    for one in all_served(assistant):
        for task in models_of(one):
            if model := chat_model_for(task, models_of(one)):
                models.setdefault(model, []).append(Use(task))
    if spare := fallback_model():
        models.setdefault(spare, []).append(Use("fallback"))
    return {model: list(dict.fromkeys(uses)) for model, uses in models.items()}


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
