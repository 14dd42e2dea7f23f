"""The buttons below a question. Used by the runner only."""

from __future__ import annotations

from flows.run import Run
from flows.slot import Slot
from flows.state import Button
from flows.texts import in_language


def buttons_of(run: Run, slot: Slot) -> tuple[Button, ...]:
    """The choices of a slot; of a question with yes and no, these two."""
    language = run.about.language
    if slot.kind == "yes_no":
        return yes_or_no(run)
    labels = [in_language(choice.label, language) or choice.value for choice in slot.choices]
    return tuple(Button(label, label) for label in labels)


def yes_or_no(run: Run) -> tuple[Button, ...]:
    return tuple(Button(word, word) for word in (run.phrase("yes"), run.phrase("no")))
