from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistantConfig(AppConfig):
    name = "assistant"
    verbose_name = _("Assistant")

    def ready(self) -> None:
        """Flows stand below the assistant: they are told from here how customers are understood and in which
        languages, which actions there are, and what becomes of the webhooks of imported bots."""
        from assistant.flow_actions import known
        from assistant.imported_tools import TAKER
        from flows import brought_along, known_actions, spoken_here, understanding

        understanding.register(_means)
        known_actions.tell(known)
        spoken_here.tell(_languages)
        brought_along.register(TAKER)


def _means() -> Any:
    """Read when it is asked for: a command that answers nobody begins without it."""
    from assistant.trying import means

    return means()


def _languages() -> list[str]:
    """Of all assistants that customers can meet."""
    from assistant.models import Assistant

    spoken = Assistant.objects.filter(active=True).values_list("languages", flat=True)
    return [language for languages in spoken for language in languages]
