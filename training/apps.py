from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """The assistant stands below: what is learned beside the flows' own examples, and by whom, is told it
        from here."""
        from assistant.routing import catching_up
        from assistant.routing.samples import Besides, tell
        from chatbot import jobs
        from evaluation.releases import candidates as of_releases
        from training import telling  # noqa: F401  (it declares what staff can be told)
        from training.customers import approved
        from training.fine_tuning import telling as of_tuning  # noqa: F401  (as above)
        from training.search import telling as of_search  # noqa: F401  (the same)

        of_releases.tell(_candidates)
        jobs.tell("training.job_kinds", "training.fine_tuning.job_kinds")
        tell(Besides(approved.samples, approved.mark))
        catching_up.tell(_catch_up)


def _candidates() -> list[str]:
    from training.fine_tuning.candidates import candidates

    return [one.model for one in candidates()]


def _catch_up(most_seconds: float) -> bool:
    """Read when it is asked for: most processes never learn."""
    from training.running import catch_up

    return catch_up(most_seconds)
