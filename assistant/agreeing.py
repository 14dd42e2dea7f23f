"""A "yes" to nothing that was asked: the customer is asked what it is for, with buttons."""

from __future__ import annotations

from assistant import composing
from assistant.composing import Draft
from assistant.events import Answer, Option, Outcome
from assistant.models import Assistant
from assistant.offers import YES, last_answer
from assistant.situation import Situation
from assistant.stock import folded
from assistant.understanding import Way
from flows.interpreting import in_words
from flows.stock import phrase

MOST = 3  # of what the assistant suggests to everybody
BEFORE_A_MODEL = (Outcome.ANSWERED, Outcome.ASKED_BACK)  # what a model has said it knows how to go on with


def agrees_to_nothing(draft: Draft, *, by_model: bool) -> bool:
    """`by_model`: a model reads what was said before."""
    understood = draft.understood
    plain = understood.way is Way.KNOWLEDGE and not understood.files and understood.form is None
    if not plain or YES.fullmatch(folded(understood.text)) is None:
        return False
    last = last_answer(understood.before)
    return not (by_model and last and last.outcome in BEFORE_A_MODEL)


def ask_what_for(assistant: Assistant, draft: Draft, here: Situation | None) -> Answer:
    """Which of the topics it is, if that was asked; else what can be done, first the flow that was stopped.
    Asks the database."""
    last, language = last_answer(draft.understood.before), draft.language
    if last and last.outcome == Outcome.ASKED_BACK and last.options:
        return composing.ask_back(draft, [option.text for option in last.options])
    options = [*_stopped(draft, here), *_suggested(assistant, language)]
    words = here.library.phrase("anything", language) if here else phrase("anything", language)
    return composing.finish(draft, words, Outcome.ASKED_BACK, kind="ask_back", options=options)


def _stopped(draft: Draft, here: Situation | None) -> list[Option]:
    found = here.library.current(str(draft.state.get("stopped", ""))) if here else None
    if found is None or not found[1].begins:
        return []
    name = in_words(found[1], draft.language)
    return [Option(name, name)]


def _suggested(assistant: Assistant, language: str) -> list[Option]:
    welcome = assistant.welcome_in(language)
    questions = welcome.suggested_questions() if welcome and welcome.language == language else []
    return [Option(question, question) for question in questions[:MOST]]
