"""What is said of a tool's call in our own words: asked before, told afterwards. Pure.

Nothing here comes from a model: whether something was done is not for it to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from actions.declared import Declared, Done
from assistant.composing import Draft, finish, person_option
from assistant.events import Answer, Citation, Option, Outcome
from assistant.evidence import facts_in
from assistant.phrases import say
from assistant.tools.results import Result
from assistant.tools.values import exactly
from flows.stock import phrase

LONGEST_QUESTION = 200
# Nobody is asked for these here, whatever a model says.
NEVER_ASKED = re.compile(
    r"pass ?(?:word|code)|mot de passe|\bpin\b|\bcvv\b|\bcvc\b|crypto|secret|card|carte|iban|code",
    re.IGNORECASE,
)
LOOKED_UP_IN_VAIN = {"not_found"}
# The server has said no: then nothing was done, although it was asked.
SAID_NO = {"rejected", "unauthorised", "forbidden", "not_found", "too_many"}


def question(words: str, shown: Sequence[str], language: str, *, again: bool = False) -> str:
    """Whether it shall be done, with all that would be sent."""
    asked = say("tool_again" if again else "tool_confirm", language)
    return "\n\n".join(filter(None, [asked, f"**{words}**", "\n".join(shown)]))


def shown(declared: Declared, given: Mapping[str, Any], language: str) -> list[str]:
    private = [argument.name for argument in declared.arguments if argument.private]
    return exactly(given, language, private)


def yes_or_no(language: str) -> tuple[Option, ...]:
    return tuple(Option(word, word) for word in (phrase("yes", language), phrase("no", language)))


def offers_yes_or_no(options: Sequence[Option]) -> bool:
    """Whether a message asked something that wants a yes or a no, in any language."""
    offered = {option.text for option in options}
    return any(offered.issuperset(one.text for one in yes_or_no(code)) for code, _ in settings.LANGUAGES)


def found(draft: Draft, results: Sequence[Result]) -> Answer | None:
    """What was brought, as it is: for when nobody words it. None when no part of it is for customers."""
    citations: list[Citation] = []
    parts = [say("tool_found", draft.language)]
    for result in results:
        if brought := result.lines(draft.language):
            citations.append(result.citation(len(citations) + 1, draft.language))
            parts.append(
                f"{result.declared.said_in(draft.language)} [{len(citations)}]\n\n" + "\n".join(brought)
            )
    if not citations:
        return None
    return finish(draft, "\n\n".join(parts), Outcome.ANSWERED, kind="tool", citations=citations)


def failed(draft: Draft, declared: Declared, error: str) -> Answer:
    """What was to be looked up was not."""
    name = "tool_not_found" if error in LOOKED_UP_IN_VAIN else "tool_failed"
    return _with_a_person(
        draft.because("tool_failed"), say(name, draft.language, what=_words(declared, draft))
    )


def waiting(draft: Draft, what: str) -> Answer:
    text = say("tool_waiting", draft.language, what=what)
    return finish(draft.because("waits_for_approval"), text, Outcome.ANSWERED, kind="tool")


def done(draft: Draft, what: str, outcome: Done, result: Result | None) -> Answer:
    """What came of something that the customer has agreed to."""
    language = draft.language
    if outcome.waiting_for_approval:
        return waiting(draft, what)
    if not outcome.ok:
        name = "tool_perhaps_done" if perhaps_done(outcome) else "tool_not_done"
        return _with_a_person(draft.because("tool_failed"), say(name, language, what=what))
    brought = result.lines(language) if result else []
    citations = [result.citation(1, language)] if result and brought else []
    said = say("tool_done", language, what=what) + (" [1]" if citations else "")
    text = "\n\n".join(filter(None, [said, "\n".join(brought)]))
    return finish(draft.because("confirmed"), text, Outcome.ANSWERED, kind="tool", citations=citations)


def perhaps_done(outcome: Done) -> bool:
    return outcome.final and outcome.error not in SAID_NO


def not_wanted(draft: Draft, what: str) -> Answer:
    text = say("tool_declined", draft.language, what=what)
    return finish(draft.because("declined_by_customer"), text, Outcome.ANSWERED, kind="tool")


def lost(draft: Draft, what: str) -> Answer:
    text = say("tool_lost", draft.language, what=what)
    return finish(draft.because("wish_lost"), text, Outcome.ASKED_BACK, kind="tool")


def needed(draft: Draft, offered: Mapping[str, Declared], written: str) -> Answer | None:
    """Ask for what a tool needs: in the model's words where they ask for nothing else, else in ours. None
    when the model names no tool that needs anything."""
    name, _, asked = written.strip().partition(" ")
    declared = offered.get(name.strip("`*:[]"))
    wanted = [one for one in declared.arguments if one.required and not one.own] if declared else []
    if not wanted:
        return None
    asked = " ".join(asked.split()).strip("`*:")
    if not _asks_plainly(asked, draft.understood.text):
        what = ", ".join(one.description or one.name.replace("_", " ") for one in wanted)
        asked = say("tool_needs", draft.language, what=what)
    return finish(draft.because("tool_needs"), asked, Outcome.ASKED_BACK, kind="tool")


def _asks_plainly(asked: str, said: str) -> bool:
    """One short question without figures, addresses or marks that the customer has not written."""
    if not asked.endswith("?") or len(asked) > LONGEST_QUESTION or NEVER_ASKED.search(asked):
        return False
    return facts_in(asked) <= facts_in(said) and not re.search(r"[\[\]<>`*_|]", asked)


def _with_a_person(draft: Draft, text: str) -> Answer:
    options = [person_option(draft.language)]
    return finish(draft, text, Outcome.ASKED_BACK, kind="tool", options=options)


def _words(declared: Declared, draft: Draft) -> str:
    return declared.said_in(draft.language)


def appended(answer: Answer, text: str, options: tuple[Option, ...] = ()) -> Answer:
    """The same answer with something said behind it; what is asked last is answered first."""
    return replace(answer, text=f"{answer.text}\n\n{text}", options=(*options, *answer.options))
