"""The short texts that flows say by themselves between steps: when each is said, and a company's own."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from flows.models import StandardWord
from flows.shelves import own_words
from flows.stock import delivered
from flows.texts import PLACEHOLDER

# In groups, as they are shown: when each is said. “Yes” and “no” are none of them: answers are read by these.
GROUPS = (
    (
        _("Asking"),
        {
            "ask": _("A step asks for something and has no question of its own."),
            "form": _("A step shows a form and says nothing above it."),
            "form_in_words": _("Words came instead of the form, and nothing in them was for it."),
            "skip": _("The button below a question of a form that may be left out."),
            "confirm": _("Before something is done for the customer, where its step asks nothing itself."),
            "day_missing": _("An hour was said, and the day is missing."),
            "time_missing": _("A day was said, and the hour is missing."),
            "end_missing": _("The beginning was said, and the end is missing."),
            "clarify": _("Several flows may be meant, and their names follow as buttons."),
            "something_else": _("The last button when several flows may be meant."),
            "anything": _("What follows when that button was pressed, or a yes to nothing that was asked."),
        },
    ),
    (
        _("When an answer is none"),
        {
            "not_understood": _("Nothing was understood."),
            "not_a_value": _("The answer does not say what was asked for."),
            "form_wrong": _("A form was sent, and not all of it is right: what is not follows."),
            "field_needed": _("A field of a form was left empty that must not be."),
            "field_wrong": _("What stands in a field of a form is not what it asks for."),
            "field_email": _("The same, where it asks for an e-mail address."),
            "field_phone": _("The same, where it asks for a phone number."),
            "ambiguous": _("The answer fits more than one choice."),
            "not_offered": _("The answer is none of the choices."),
            "invalid": _("The answer does not meet the condition of its slot."),
            "past": _("The day or hour is over already."),
            "no_such_day": _("A day such as 31 April."),
            "mismatch": _("The day of the week does not fit the date."),
            "too_small": _("The number or the amount is too low."),
            "too_large": _("The number or the amount is too high."),
            "too_short": _("The text has too few characters."),
            "too_long": _("The text has too many characters."),
        },
    ),
    (
        _("Files"),
        {
            "file_wanted": _("A step asks for a file, and words came."),
            "picture_wanted": _("A picture was asked for, and another file came."),
            "document_wanted": _("A document was asked for, and a picture came."),
            "file_too_large": _("The file is larger than the step allows."),
            "file_kept": _("A file came that no step had asked for."),
        },
    ),
    (
        _("Besides"),
        {
            "interrupted": _("Another flow begins before the one that is under way has ended."),
            "unknown": _("A question in between that your knowledge does not answer."),
            "did_not_work": _(
                "An action failed and says nothing of why; {action.message} stands for this then."
            ),
            "pending": _("What was to be done waits for somebody of your team to agree."),
            "take_your_time": _("The customer wants a moment."),
            "chit_chat": _("A remark that asks for nothing, such as a joke, where a model reads the words."),
        },
    ),
)
NAMES = [name for _title, names in GROUPS for name in names]


def current(language: str) -> dict[str, str]:
    """What is said in that language, by name; only what a language has of its own."""
    own = own_words()
    return {name: own.get(name, {}).get(language, as_delivered(name, language)) for name in NAMES}


def as_delivered(name: str, language: str) -> str:
    return delivered()[name].get(language, "")


def wrong_placeholders(text: str, name: str, language: str) -> tuple[list[str], list[str]]:
    """(those that stand for nothing in this text, those that are missing), as `{flow}`."""
    given, known = (PLACEHOLDER.findall(one) for one in (text, as_delivered(name, language)))
    return ([f"{{{one}}}" for one in given if one not in known],
            [f"{{{one}}}" for one in known if one not in given])  # fmt: skip


@transaction.atomic
def save(language: str, texts: Mapping[str, str], *, author: User | None) -> int:
    """Keep what differs from what is delivered, and nothing else. Returns how many texts have changed."""
    before = current(language)
    changed = {name: text for name, text in texts.items() if text != before[name]}
    for name, text in changed.items():
        if text == as_delivered(name, language):
            StandardWord.objects.filter(name=name, language=language).delete()
        else:
            StandardWord.objects.update_or_create(
                name=name, language=language, defaults={"text": text, "author": author}
            )
    if changed:
        old = {name: before[name] for name in changed}
        audit.record(audit.Action.WORDS, StandardWord(), by=author, label=language, before=old, after=changed)
    return len(changed)
