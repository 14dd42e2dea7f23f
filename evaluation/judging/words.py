"""What judges say, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.judging.judges import GONE
from evaluation.judging.verdicts import Because

DIMENSIONS: dict[str, Promise] = {
    "grounded": gettext_lazy("Grounded"),
    "helpful": gettext_lazy("Helpful"),
    "coherent": gettext_lazy("Coherent"),
    "tone": gettext_lazy("Tone"),
}
REASONS: dict[str, Promise] = {
    "no_passage": gettext_lazy("It cites nothing."),
    "new": gettext_lazy("The passages hardly say it (%(share)s %% of what its words tell is new)."),
    "figure": gettext_lazy("The passages do not give “%(found)s” for this."),
    "opposite": gettext_lazy("The passage says the opposite: “%(found)s”"),
    "name": gettext_lazy("The passages do not name “%(found)s”."),
    "says_nothing": gettext_lazy("It says nothing of what was asked."),
    "declined_though": gettext_lazy("It declined, and what was looked at says: “%(found)s”"),
    "declined_unknown": gettext_lazy(
        "Whether it was right to decline cannot be told without a model, or a person."
    ),
    "no_price": gettext_lazy("It was asked what something costs, and no price is given."),
    "no_time": gettext_lazy("It was asked how long something takes, and no time is given."),
    "no_when": gettext_lazy("It was asked when, and neither a day nor an hour is given."),
    "no_number": gettext_lazy("It was asked how many, and no number is given."),
    "unsure": gettext_lazy("Whether it answers the question cannot be told without a model, or a person."),
    "beside": gettext_lazy("It says little of what was asked."),
    "contradicts": gettext_lazy("Before it said “%(before)s”, and now “%(found)s”."),
    "said_before": gettext_lazy("It says the same that it said to “%(before)s”."),
    "said_twice": gettext_lazy("It says twice: “%(found)s”"),
    "given_already": gettext_lazy("It asks for what was given already: “%(found)s”."),
    "refused_label": gettext_lazy("It refuses what it had offered to choose: “%(found)s”."),
    "other_language": gettext_lazy("It went from one language (%(before)s) to another (%(found)s)."),
    "shouts": gettext_lazy("It shouts: “%(found)s”."),
    "blames": gettext_lazy("It blames the customer: “%(found)s”."),
    "insults": gettext_lazy("It is rude: “%(found)s”."),
    "brushes_off": gettext_lazy("It brushes the customer off: “%(found)s”."),
    "too_familiar": gettext_lazy("It speaks as to a friend: “%(found)s”."),
    "like_a_file": gettext_lazy("It speaks as to a file: “%(found)s”."),
    "both_forms": gettext_lazy("It says “tu” and “vous” to the same customer."),
    "says_tu": gettext_lazy("It says “tu” to a customer who says “vous”: “%(found)s”."),
    "said": gettext_lazy("%(why)s"),
}
ERRORS: dict[str, Promise] = {
    GONE: gettext_lazy("The model that was to judge is not there any more."),
    "invalid_output": gettext_lazy("The judge answered nonsense: nothing is decided."),
}


def because_in_words(because: Because) -> str:
    worded = REASONS.get(because.code)
    return str(worded) % because.facts if worded is not None else because.code


def error_in_words(code: str) -> str:
    return str(ERRORS.get(code) or _("The judge could not be asked (%(why)s).") % {"why": code})
