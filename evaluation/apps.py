from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from assistant.guidance import linked
        from assistant.releases import serving
        from chatbot import jobs
        from evaluation import to_do  # noqa: F401  (it declares what waits for staff)
        from evaluation.corrections import telling  # noqa: F401  (it declares what staff can be told)
        from evaluation.guidance_tests import tests_of
        from evaluation.releases import (
            gate,
            shutdowns,  # noqa: F401  (it declares another)
        )
        from evaluation.releases import telling as of_releases  # noqa: F401  (and another)
        from evaluation.scenarios import TAKER, tested
        from flows.brought_along import register
        from flows.tested import tell

        jobs.tell("evaluation.job_kinds")
        register(TAKER)
        linked.register(tests_of)
        tell(tested)
        serving.tell_gate(gate.missing, gate.rests_on)
