"""The steps of cleaning, in the order in which they are taken. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knowledge.cleaning.base import Step
from knowledge.cleaning.boilerplate import drop_boilerplate
from knowledge.cleaning.encoding import repair_encoding
from knowledge.cleaning.hyphenation import join_hyphenated
from knowledge.cleaning.mail import drop_mail
from knowledge.cleaning.naming_language import name_language
from knowledge.cleaning.personal import protect_personal
from knowledge.cleaning.spacing import tidy_spacing
from knowledge.cleaning.spelling import correct_spelling

STEPS: tuple[Step, ...] = (
    Step(
        "encoding",
        _("Encoding"),
        _("Letters that were read wrongly (“dÃ©jÃ ”) are repaired."),
        repair_encoding,
    ),
    Step(
        "hyphenation",
        _("Hyphenation"),
        _("Words that are broken at the end of a line are joined; “porte-monnaie” keeps its hyphen."),
        join_hyphenated,
    ),
    Step(
        "spacing",
        _("Spaces and signs"),
        _("Superfluous spaces, bullets and joined letters from PDF files become what one would type."),
        tidy_spacing,
    ),
    Step(
        "boilerplate",
        _("Menus and banners"),
        _(
            "Menus, cookie banners, “Was this helpful?” and blocks that stand on most pages of a site are"
            " left out."
        ),
        drop_boilerplate,
    ),
    Step(
        "mail",
        _("Mail"),
        _("Quoted mail, headers, signatures and notices are left out where a text is mail."),
        drop_mail,
    ),
    Step(
        "spelling",
        _("Spelling"),
        _("Plain spelling mistakes in English and French are corrected where there is one clear correction."),
        correct_spelling,
        usual=False,
    ),
    Step(
        "language",
        _("Language"),
        _("The language is recognised where a document does not say it."),
        name_language,
    ),
    Step(
        "personal",
        _("Personal data"),
        _("E-mail addresses, telephone, account and card numbers and listed names are flagged or replaced."),
        protect_personal,
    ),
)


def usual_steps() -> frozenset[str]:
    """Those that are on unless switched off."""
    return frozenset(step.name for step in STEPS if step.usual)
