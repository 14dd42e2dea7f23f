from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistantConfig(AppConfig):
    name = "assistant"
    verbose_name = _("Assistant")

    def ready(self) -> None:
        """Flows stand below the assistant: they are told from here how customers are understood, and which
        actions there are."""
        from assistant.flow_actions import known
        from flows import known_actions
        from flows.understanding import register

        register(_means)
        known_actions.tell(known)


def _means() -> Any:
    """Read when it is asked for: a command that answers nobody begins without it."""
    from assistant.trying import means

    return means()
