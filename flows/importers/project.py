"""What all flows of one bot share while it is read: its report, its names and its slots. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flows.importers.base import Imported, Level, Line, Param, Scenario
from flows.importers.naming import TAKEN, Keys, language
from flows.importers.programs import REPLIES, Form, Programs
from untrusted.base import Refusal
from untrusted.together import Files

LONGEST = 4_000  # characters of one text
MOST_EXAMPLES = 400  # of one flow in one language
LONGEST_EXAMPLE = 400
MOST_LINES = 5_000

Slot = dict[str, Any]


@dataclass
class Project:
    """`slots` are the definitions by our key; a flow takes over those that it uses."""

    files: Files
    language: str
    made: Imported = field(default_factory=Imported)
    flow_keys: Keys = field(default_factory=lambda: Keys("flow", TAKEN))
    slot_keys: Keys = field(default_factory=lambda: Keys("slot"))
    slots: dict[str, Slot] = field(default_factory=dict)
    answers: set[str] = field(default_factory=set)  # slots that are none any more: an action asks itself
    programs: Programs = field(init=False)

    def __post_init__(self) -> None:
        self.programs = Programs(self.made.webhooks)

    def beside(self) -> Project:
        """Another bot of the same files: what is told of both stands together. Of two flows with one key, the
        second is left out by whoever reads them all (`flows/importing.py`)."""
        other = Project(self.files, self.language, made=self.made, flow_keys=self.flow_keys)
        other.programs = self.programs
        return other

    def line(self, level: Level, what: str, where: str, code: str, **params: Param) -> None:
        if len(self.made.report) < MOST_LINES:
            short = {name: one[:200] if isinstance(one, str) else one for name, one in params.items()}
            self.made.report.append(Line(level, what, where[:200], code, short))

    def mapped(self, what: str, where: str, code: str, **params: Param) -> None:
        self.line("mapped", what, where, code, **params)

    def draft(self, what: str, where: str, code: str, **params: Param) -> None:
        self.line("draft", what, where, code, **params)

    def left(self, what: str, where: str, code: str, **params: Param) -> None:
        self.line("left_out", what, where, code, **params)

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """A file that cannot be read is a line of the report, and the rest is read."""
        try:
            yield
        except Refusal as refusal:
            details = {key: one for key, one in refusal.details.items() if isinstance(one, str | int)}
            self.left("file", name, refusal.code, **details)

    def text(self, said: str, code: str = "") -> dict[str, str]:
        """A text in the language that a code names, else in the bot's own."""
        return {self.code(code): said.strip()[:LONGEST]} if said.strip() else {}

    def code(self, code: str = "") -> str:
        return language(code, self.language) if code else self.language

    def slot(self, name: str, **definition: Any) -> str:
        """The key of a slot; what is said of it first stays."""
        key = self.slot_keys.of(name)
        known = self.slots.setdefault(key, {})
        for field_name, value in definition.items():
            if value not in (None, "", [], {}):
                known.setdefault(field_name, value)
        return key

    def program(self, name: str, flow: str, *, url: str = "", method: str = "", form: Form = "") -> str:
        """The key of the tool that does what a program did there."""
        key = self.programs.named(name, url=url, method=method, form=form)
        self.draft("webhook" if url else "action", name, "became_tool" if url else "tool_without_address",
                   tool=key, flow=flow)  # fmt: skip
        return key

    def reply_of(self, action: str, form: Form) -> tuple[str, str]:
        """The slot for what a program says to the customer, and where its answer has it."""
        return self.slot(f"{action}_reply"), REPLIES[form]

    def scenario(self, scenario: Scenario) -> None:
        self.made.scenarios.append(scenario)
        self.mapped("test", scenario.name, "became_scenario")


def examples_of(said: dict[str, list[str]]) -> dict[str, list[str]]:
    """Sentences by language, each once and none too long."""
    clean = {
        code: list(dict.fromkeys(one.strip() for one in told if 0 < len(one.strip()) <= LONGEST_EXAMPLE))
        for code, told in said.items()
    }
    return {code: told[:MOST_EXAMPLES] for code, told in clean.items() if told}


def joined(*texts: dict[str, str]) -> dict[str, str]:
    """Texts one below the other, in each language."""
    codes = dict.fromkeys(code for text in texts for code in text)
    return {code: "\n\n".join(text[code] for text in texts if text.get(code))[:LONGEST] for code in codes}
