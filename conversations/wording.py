"""The words of the live protocol, in the reader's language: progress, failures, refusals, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chatbot.dates import moment_in_words
from conversations.models import Conversation, Owner, Status
from conversations.reaching import Reach, in_words, reach
from conversations.settling import BY_ITSELF

PROGRESS: dict[str, Promise] = {
    "reading": _("Reading your question…"),
    "searching": _("Looking in the articles…"),
    "found": _("Looking in “%(title)s”…"),
    "writing": _("Writing…"),
    "checking": _("Checking the answer against its sources…"),
    "acting": _("Seeing to it…"),
}
FAILURES: dict[str, Promise] = {
    "busy": _("Very many people are asking just now. Your question is kept: please try again in a minute."),
    "model_unavailable": _("The assistant cannot answer at the moment. Try again, or talk to a person."),
    "timeout": _("The answer took too long. Try again, or talk to a person."),
    "interrupted": _("The answer was interrupted. Try again, or talk to a person."),
    "internal": _("Something went wrong on our side. Try again, or talk to a person."),
}
PROBLEMS: dict[str, Promise] = {
    "invalid": _("This could not be understood. Load the page again if it happens once more."),
    "too_long": _("This message is too long. Please shorten it."),
    "too_fast": _("That was a lot at once. Please wait a moment; your message is kept."),
    "not_found": _("This is no longer there."),
    "bad_address": _("Your words are kept, but we cannot write to this address. Please check it."),
    "not_allowed": _("This is not possible in this conversation."),
    "quicker": _("%(who)s answers now: this was not sent. Edit it to send it all the same."),
    "file_gone": _("A file of this message is no longer there. Attach it again."),
    "too_many_files": _("These are more files than one message can have. Send some of them with another."),
    "form_gone": _("This form is not asked for any more. Go on below, or say it in words."),
    "wrong_address": _("We cannot send mail to this address. Please check it."),
    "too_many_mails": _("Several messages gave this address already. Try again in an hour, or write here."),
    "form_empty": _("Nothing stands in the form yet. Fill it in, or say it in words."),
    "questions_first": _("Please answer the questions first. What you have written is kept."),
    "unavailable": _("This could not be stored just now. It is tried again by itself."),
}


def progress_words(code: str, params: Mapping[str, Any]) -> str:
    if code == "queued":
        return _place_words(int(params["position"]))
    words = str(PROGRESS.get(code, PROGRESS["reading"]))
    return words % params if params else words


def _place_words(position: int) -> str:
    ahead = position - 1
    if ahead < 1:
        return gettext("You are next.")
    words = ngettext("%(ahead)d question is before yours.", "%(ahead)d questions are before yours.", ahead)
    return words % {"ahead": ahead}


def failure_words(code: str) -> str:
    return str(FAILURES.get(code, FAILURES["internal"]))


def problem_words(code: str, who: str = "") -> str:
    """`who`: of "quicker", the colleague."""
    words = str(PROBLEMS.get(code, PROBLEMS["invalid"]))
    return words % {"who": who} if who else words


def _when_people_answer(conversation: Conversation) -> str:
    welcome = conversation.assistant.welcome_in(get_language() or conversation.language)
    return welcome.people if welcome else ""


def people_words(found: Reach) -> str:
    """What the page says before somebody asks for a person: until when they are there, or when again."""
    return in_words(found, get_language() or "en")


def _waiting_words(conversation: Conversation, found: Reach) -> str:
    if conversation.owner == Owner.ASSISTANT:
        left = gettext("Your message has been passed on, and will be answered here.")
        return " ".join(filter(None, [left, "" if found.there else people_words(found)]))
    if found.back:
        words = gettext(
            "A person has been asked for. Nobody is here just now: we are back on %(when)s and answer you "
            "here. You can close this page and come back to it."
        )
        return words % {"when": moment_in_words(found.back, get_language() or "en", year=False)}
    return gettext(
        "A person has been asked for and will answer here. You can close this page and come back to it."
    )


def notice_words(conversation: Conversation) -> str:
    """One line about what happens next, when that is not obvious."""
    if conversation.status == Status.WAITING:
        found = reach(conversation)
        said = "" if found.zone else _when_people_answer(conversation)
        return " ".join(filter(None, [_waiting_words(conversation, found), said]))
    if conversation.status == Status.RESOLVED and conversation.resolution not in BY_ITSELF:
        return gettext("This conversation is closed. Write again to open it.")
    if conversation.owner == Owner.PERSON and conversation.assignee is None:
        return gettext("A person will answer here.")
    return ""
