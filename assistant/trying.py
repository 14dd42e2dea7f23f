"""A draft of a flow, understood as customers are: the assistant's side of the flow editor's emulator.

Nothing of it is stored, and no action is done.
"""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from actions.kinds import confirmed_names
from assistant import files, reasons
from assistant.events import Option, Outcome, Said, SentFile, Transcript
from assistant.hearing import Hearing, hear, newest
from assistant.models import Assistant
from assistant.routing.asking import learned_last
from assistant.routing.drafting import router_with
from assistant.routing.foreseeing import foreseen
from assistant.routing.measuring import Figures
from assistant.situation import Trial, opened_at
from assistant.understanding import Way
from flows import sent_files
from flows.library import Shelf
from flows.shelves import shelf
from flows.state import Button, State
from flows.understanding import Does, How, Learned, Line, Meaning, Otherwise, Spoken, Understanding
from llm.clients import own_loop

DOES: dict[Way, Does] = {
    Way.SMALL_TALK: "small_talk",
    Way.HANDOFF: "person",
    Way.OUT_OF_SCOPE: "out_of_scope",
    Way.EMPTY: "more",
    Way.KNOWLEDGE: "knowledge",
    Way.FILE: "file",
}


def means() -> Understanding:
    return Understanding(hear=heard, shelf=shelf_from, learned=learned, opened=opened_at, foreseen=foreseen)


def heard(spoken: Spoken) -> Meaning:
    """By the assistant that customers meet first, on an event loop of its own (see `assistant/asking.py`)."""
    assistant = _assistant(spoken.language)
    trial = Trial(spoken.library, router_with(spoken.draft), spoken.supposed.at)
    said = (*map(_said, spoken.before), _newest(spoken))
    transcript = Transcript(said, spoken.language, "verified" if spoken.supposed.verified else "everyone")
    state = {"flow": spoken.state.as_json(), "language": spoken.language}
    with own_loop() as runner:
        draft = runner.run(newest(assistant, transcript, state))
        hearing = runner.run(hear(assistant, transcript, draft, trial))
    return _meaning(hearing, assistant, trial)


def _assistant(language: str) -> Assistant:
    """One that also speaks the language of the draft, which may be drawn before it is switched on."""
    found = Assistant.objects.filter(active=True).order_by("-is_default", "pk").first()
    assistant = found or Assistant(languages=[code for code, _name in settings.LANGUAGES])
    if language not in assistant.languages:
        assistant.languages = [*assistant.languages, language]  # here only: it is not saved
    return assistant


def _said(line: Line) -> Said:
    options = tuple(Option(button.label, button.value) for button in line.buttons)
    outcome = Outcome.DECLINED if line.declined else Outcome.GUIDED
    return Said(line.who, line.text, options, outcome if line.who == "assistant" else "")


def _newest(spoken: Spoken) -> Said:
    form = dict(spoken.form) if spoken.form is not None else None
    return Said("customer", spoken.text, files=tuple(map(_file, spoken.files)), form=form)


def _file(file: sent_files.SentFile) -> SentFile:
    return SentFile(file.id, file.name, file.kind, file.size)


def _meaning(hearing: Hearing, assistant: Assistant, trial: Trial) -> Meaning:
    draft, here, routed = hearing.draft, hearing.here, hearing.routed
    assert here is not None  # the draft itself is among the flows
    failed = [reason for reason in draft.reasons if reason.startswith("interpret_")]
    return Meaning(
        heard=hearing.heard,
        how=hearing.how,
        facts=here.facts,
        text=draft.understood.text,
        otherwise=_otherwise(hearing, assistant),
        nearest=routed.flow,
        near=How("router", routed.likely, routed.bar) if trial.router else None,
        trouble=reasons.in_words(failed[0]) if failed else "",
    )


def _otherwise(hearing: Hearing, assistant: Assistant) -> Otherwise:
    """What a reply would be that walks no flow."""
    draft = hearing.draft
    if draft.understood.way is Way.KNOWLEDGE:
        return Otherwise("knowledge", buttons=_buttons(hearing.offered))
    answer = files.without_search(draft, assistant.name)
    topics = [reason for reason in draft.understood.reasons if reason.startswith("out_of_scope: ")]
    about = topics[0].removeprefix("out_of_scope: ") if topics else ""
    return Otherwise(DOES[draft.understood.way], answer.text, _buttons(answer.options), about)


def _buttons(options: tuple[Option, ...]) -> tuple[Button, ...]:
    return tuple(Button(option.label, option.text) for option in options)


def shelf_from(state: State) -> Shelf:
    return replace(shelf(state), confirmed_actions=confirmed_names())


def learned() -> Learned | None:
    """How well the router does, None while it has nothing to go by."""
    row = learned_last()
    if row is None or not row.figures:
        return None
    figures = Figures.from_json(row.figures)
    return Learned(figures.right, figures.left_alone, figures.samples, row.trained_at, figures.each)
