"""What the assistant says in its own words, in the customer's language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

PHRASES = {
    "greeting": gettext_noop("Hello! What can I help you with?"),
    "thanks": gettext_noop("You are welcome. Is there anything else I can help you with?"),
    "bye": gettext_noop("Goodbye, and thank you for writing to us."),
    "how_are_you": gettext_noop("All is well, thank you. What can I help you with?"),
    "fine": gettext_noop("Good. Tell me if there is anything else."),
    # In the middle of a flow, whose question comes next.
    "thanks_between": gettext_noop("You are welcome."),
    "how_are_you_between": gettext_noop("All is well, thank you."),
    "greeting_between": gettext_noop("Hello!"),
    "fine_between": gettext_noop("All right."),
    "who": gettext_noop(
        "I am %(name)s, an AI assistant. I answer from our help pages and name my sources, and I can bring "
        "in a person whenever you like."
    ),
    "bot": gettext_noop(
        "I am an AI assistant, not a person. If you would rather talk to someone from our team, I can bring "
        "them in."
    ),
    "handoff": gettext_noop("I am asking a person to help you."),
    "declined": gettext_noop(
        "I could not find an answer to that in our help pages. Would you like to talk to a person? You can "
        "also put the question in other words."
    ),
    "declined_again": gettext_noop(
        "I am sorry, our help pages do not answer that either. A person from our team can help you: shall I "
        "bring one in?"
    ),
    "out_of_scope": gettext_noop("I cannot help with that here. Would you like to talk to a person?"),
    "guarded": gettext_noop(
        "I am not able to say anything about that here. Would you like to talk to a person from our team?"
    ),
    "guarded_briefly": gettext_noop("I am not able to say anything about that here."),
    "which": gettext_noop("Which of these is it about?"),
    "more": gettext_noop("Could you tell me a little more about what you need?"),
    "other_language": gettext_noop("I found this in an article in %(language)s:"),
    "unmentioned": gettext_noop("Our help pages do not mention %(names)s; this is what they say in general:"),
    "part_declined": gettext_noop("I could not find an answer to “%(question)s” in our help pages."),
    "read_as": gettext_noop("I have read your question as “%(question)s”."),
    "tool_confirm": gettext_noop("Shall I do this for you?"),
    "tool_again": gettext_noop("There is still my question: shall I do this for you?"),
    "tool_let_go": gettext_noop("By the way, I have left this undone: %(what)s."),
    "tool_declined": gettext_noop("All right, I leave it as it is: nothing was done."),
    "tool_done": gettext_noop("Done: %(what)s."),
    "tool_waiting": gettext_noop(
        "I have passed this on to our team, who decide about it: %(what)s. You will read here what comes of "
        "it."
    ),
    "tool_found": gettext_noop("This is what I found:"),
    "tool_not_found": gettext_noop(
        "I found nothing for what you gave me (%(what)s). Please check it. Or would you like to talk to a "
        "person?"
    ),
    "tool_failed": gettext_noop(
        "I could not do this just now (%(what)s). Please try again later. Or would you like to talk to a "
        "person?"
    ),
    "tool_not_done": gettext_noop(
        "This could not be done: %(what)s. Nothing was changed. Would you like to talk to a person?"
    ),
    "tool_perhaps_done": gettext_noop(
        "I cannot tell whether this was done: %(what)s. A person can look: shall I bring one in?"
    ),
    "tool_lost": gettext_noop(
        "I no longer have what you told me for this: %(what)s. Nothing was done; please tell me once more."
    ),
    "decision_declined": gettext_noop("Our team has decided against this: %(what)s."),
    "decision_expired": gettext_noop(
        "Nobody in our team has decided in time about this: %(what)s. Nothing was done; ask me again, or "
        "talk to a person."
    ),
    "decision_failed": gettext_noop(
        "Our team has agreed to this, but it could not be done: %(what)s. Ask me again, or talk to a person."
    ),
    "decision_unsure": gettext_noop(
        "Our team has agreed to this, but we cannot tell whether it was done: %(what)s. A person can look."
    ),
    "tool_needs": gettext_noop("For that I need to know: %(what)s"),
    "file_kept": gettext_noop(
        "I have received %(names)s. I cannot look into files myself, but our team can. What is it about? You "
        "can also talk to a person."
    ),
    "file_unread": gettext_noop("I cannot look into what you sent (%(names)s); our team can."),
    "person_label": gettext_noop("Talk to a person"),
    "person_text": gettext_noop("I would like to talk to a person"),
}


def say(key: str, to: str, /, **values: str) -> str:
    """The phrase in the language `to`, English where it has not been translated."""
    with translation.override(to):
        return gettext(PHRASES[key]) % values


def name_of_language(code: str, language: str) -> str:
    """ "French", as `language` calls it within a sentence: only English writes it with a capital."""
    with translation.override(language):
        name = str(translation.get_language_info(code)["name_translated"])
    return name if language == "en" else name.lower()
