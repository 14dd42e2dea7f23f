from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "actions.bookings"
    label = "bookings"
    verbose_name = _("Bookings")

    def ready(self) -> None:
        from chatbot import jobs

        jobs.tell("actions.bookings.job_kinds")
