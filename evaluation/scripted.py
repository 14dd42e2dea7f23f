"""A scenario as data: what a customer says, turn by turn, and what is expected of each answer. Pure.

The same model is read from YAML, kept as JSON in the database and run (`evaluation/running.py`). Its form in
YAML is in `evaluation/script_yaml.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from django.utils.translation import gettext
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from evaluation.contradictions import contradiction
from evaluation.patterns import why_not
from evaluation.relative_days import with_days
from flows.form_steps import MOST_FIELDS
from flows.graph import HandOffReason
from flows.parts import Language, check_parts

MOST_TURNS = 200
MOST_LINES = 50
DEEPEST = 20


def _as_sent(value: Any) -> Any:
    """What a field sends is text; in YAML "2" and "yes" may have been typed without quotes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


Situation = Literal[
    "happy_path", "correction", "cancellation", "digression", "clarification", "handoff", "knowledge",
    "no_answer", "injection", "language", "",
]  # fmt: skip
Outcome = Literal["answered", "asked_back", "declined", "handoff", "guided", ""]
Line = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Lines = Annotated[tuple[Line, ...], Field(max_length=MOST_LINES)]
Value = Annotated[str, StringConstraints(max_length=4_000)] | bool | int | float | None
Filled = Annotated[str, StringConstraints(max_length=4_000), BeforeValidator(_as_sent)]
Seconds = Annotated[float, Field(gt=0, le=600)]
Money = Annotated[float, Field(ge=0, le=1_000)]
SITUATIONS: tuple[str, ...] = get_args(Situation)


def _a_pattern(line: str) -> str:
    if why := why_not(line):
        raise PydanticCustomError("not_a_pattern", "{why}", {"why": why})
    return line


Pattern = Annotated[Line, AfterValidator(_a_pattern)]
Given = Annotated[dict[Line, Value], Field(max_length=MOST_LINES)]


class Part(BaseModel):
    """Frozen, and strict about names: a misspelt expectation would be one that always holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Expected(Part):
    """What is to be so once the answer stands. What is left out may be anything.

    In `says` and `says_not`, `{…}` stands for any words, and neither case nor spaces count. `matches` are
    regular expressions, found anywhere. `means` may be said in other words: evaluation/meaning.py.
    """

    flow: Annotated[str, StringConstraints(max_length=60)] = ""  # a step of it was taken
    at: Annotated[str, StringConstraints(max_length=121)] = ""  # it stands in this flow, or "flow/step"
    says: Lines = ()  # each of these
    says_not: Lines = ()  # none of these
    matches: Annotated[tuple[Pattern, ...], Field(max_length=MOST_LINES)] = ()  # each of these
    means: Lines = ()  # each of these, in whatever words
    cites: Lines = ()  # articles, by title or by their id elsewhere: each of them
    cites_one: Lines = ()  # at least one of these
    ends: Annotated[str, StringConstraints(max_length=60)] = ""  # this flow is over
    slots: Given = {}  # null: it is not known
    actions: Lines = ()  # each of these was done, or would have been
    called: Annotated[dict[Line, Given], Field(max_length=MOST_LINES)] = {}  # … with these values at least
    offers: Lines = ()  # buttons with these words
    outcome: Outcome | Annotated[tuple[Outcome, ...], Field(max_length=6)] = ""  # one of several
    handoff: HandOffReason | bool | None = None  # true: for whatever reason
    language: Language | Literal[""] = ""
    within: Seconds | None = None  # the whole answer
    costs: Money | None = None  # at most, in the currency of MODEL_PRICES
    rubric: Annotated[str, StringConstraints(max_length=2_000)] = ""  # for whoever judges it

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Those that it may have; none where it may have any."""
        given = (self.outcome,) if isinstance(self.outcome, str) else self.outcome
        return tuple(one for one in given if one)

    @model_validator(mode="after")
    def _can_all_be(self) -> Self:
        if told := contradiction(self):
            raise PydanticCustomError("contradicts", "{told}", {"told": told})
        return self


class Turn(Part):
    """What the customer says, or fills the form with that is asked for (`form`, by the names of its fields,
    as a browser sends them), or both, one right after the other.

    `notes` are for people: what another system's test held and nothing here can check.
    """

    customer: Annotated[str, StringConstraints(max_length=4_000)] = ""
    form: Annotated[dict[Line, Filled], Field(max_length=MOST_FIELDS)] | None = None
    expects: Expected = Expected()
    notes: Lines = ()

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and not given.get("customer") and given.get("form") is None:
            told = gettext("Nothing is said here. Add “customer” with words, or “form” with its fields.")
            raise PydanticCustomError("says_nothing", told)
        return given


class Simulated(Part):
    """A customer with a goal in the place of turns: what is said depends on what is answered.

    `begins` are ways to say the goal at first; `knows` values by slot, `corrects` what is said wrong before
    them; `asks` are questions in between, `presses` words on buttons that are meant; `cancels_at` is the slot
    at which the customer has had enough. `patience` is the most that they send; in `typos` of all messages
    letters change places. `reached`: what is so once the goal is reached.
    """

    persona: Annotated[str, StringConstraints(max_length=1_000)] = ""
    goal: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
    begins: Annotated[Lines, Field(min_length=1)]
    knows: Annotated[dict[Line, Filled], Field(max_length=MOST_LINES)] = {}
    corrects: Annotated[dict[Line, Filled], Field(max_length=MOST_LINES)] = {}
    asks: Lines = ()
    presses: Lines = ()
    cancels_at: Annotated[str, StringConstraints(max_length=60)] = ""
    confirms: bool = True
    patience: Annotated[int, Field(ge=1, le=60)] = 15
    typos: Annotated[float, Field(ge=0, le=1)] = 0.0
    seed: int = 0
    reached: Expected


class Brings(Part):
    """What an action brings while the scenario runs: nothing is really done. Where it fails, `error` is the
    code that a flow may ask for, `message` the words for the customer."""

    ok: bool = True
    data: Any = None
    error: Annotated[str, StringConstraints(max_length=60)] = ""
    message: Annotated[str, StringConstraints(max_length=1_000)] = ""


Brought = Brings | Annotated[tuple[Brings, ...], Field(min_length=1, max_length=MOST_LINES)]


class Script(Part):
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    language: Language = "en"
    situation: Situation = ""
    notes: Lines = ()
    actions: Annotated[dict[Line, Brought], Field(max_length=MOST_LINES)] = {}  # several: one after the other
    simulated: Simulated | None = None
    turns: Annotated[tuple[Turn, ...], Field(max_length=MOST_TURNS)] = ()

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, given: Any) -> Any:
        check_parts(given, DEEPEST)
        return given

    @model_validator(mode="after")
    def _has_a_customer(self) -> Self:
        if bool(self.turns) == (self.simulated is not None):
            told = gettext("A scenario has “turns”, or a customer who is “simulated”: one of both.")
            raise PydanticCustomError("no_customer", "{told}", {"told": told})
        return self

    def is_whole(self, turned: int) -> bool:
        """Whether so many turns are all of it."""
        return turned == len(self.turns) if self.turns else turned > 0

    def brings(self, action: str, before: int) -> Brings:
        """What an action brings that was done so often before: the last one goes on."""
        found = self.actions.get(action, Brings())
        return found if isinstance(found, Brings) else found[min(before, len(found) - 1)]

    def on(self, today: date) -> Script:
        """With days for what is meant from today on."""
        return Script.model_validate(with_days(self.as_json(), today))

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)
