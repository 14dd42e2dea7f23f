"""What an objective can start from: three sets of words, for staff to make their own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistant.models import Assistant, Template

FIELDS = ("tasks", "out_of_scope", "audience", "tone", "success_measures")

OBJECTIVES: dict[str, dict[str, Promise]] = {
    Template.QUESTIONS: {
        "tasks": _(
            "Answer questions from the help pages\nPoint to the right page\nBring in a person when asked"
        ),
        "out_of_scope": _("Legal advice\nMedical advice"),
        "audience": _("Anybody who visits our site."),
        "tone": _("Friendly, plain and short."),
        "success_measures": _("Questions answered without a person\nAnswers that customers found helpful"),
    },
    Template.BOOKING: {
        "tasks": _(
            "Explain services, prices and opening hours\nSay how to book, move or cancel an appointment\n"
            "Bring in a person to confirm a booking"
        ),
        "out_of_scope": _("Legal advice\nMedical advice"),
        "audience": _("Customers who want to make or change an appointment."),
        "tone": _("Warm and to the point, one question at a time."),
        "success_measures": _("Appointments made\nQuestions about appointments answered without a person"),
    },
    Template.SUPPORT: {
        "tasks": _(
            "Solve problems with orders, deliveries and products step by step\nExplain returns and warranty\n"
            "Bring in a person for complaints and special cases"
        ),
        "out_of_scope": _("Legal advice\nPrices of competitors"),
        "audience": _("Customers who have bought something, and those who are about to."),
        "tone": _("Calm, helpful and precise; says sorry once, then helps."),
        "success_measures": _(
            "Problems solved without a person\nCustomers who need not write twice\nShort time to the answer"
        ),
    },
}


def fill_in_objective(assistant: Assistant) -> list[str]:
    """Give the empty parts of the objective the words of its template; return the fields that changed.

    What staff have written stays. The row is not saved.
    """
    words = OBJECTIVES[assistant.template]
    empty = [field for field in FIELDS if not getattr(assistant, field).strip()]
    for field in empty:
        setattr(assistant, field, str(words[field]))
    return empty
