from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from chatbot import jobs
        from conversations.attachments import forgetting  # needs the models
        from conversations.inbox import around
        from conversations.notifying import proposals

        jobs.tell("conversations.job_kinds")
        forgetting.watch()
        around.watch()
        proposals.watch()
