"""What all parts of a flow have in common: names, texts, how strictly they are read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

KEY = r"^[a-z][a-z0-9_]{0,59}$"
LONGEST_TEXT = 4_000  # characters of one text in one language
IN_LANGUAGES = {
    *("name", "description", "label", "ask", "reject", "text", "confirm", "question"),
    *("title", "says", "alt"),
}
LISTS_IN_LANGUAGES = {"examples", "unlike", "synonyms"}
DEEPEST = 40  # parts within parts; only conditions go deep at all

Key = Annotated[str, StringConstraints(pattern=KEY)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Line = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Text = dict[Language, Line]  # the same in each language; `{slot}` stands for its value
Lines = dict[Language, tuple[Line, ...]]
Target = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,59})?$")]  # "" ends the flow


class Part(BaseModel):
    """Frozen, and strict about names: a misspelt key is an error, not a setting that does nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def check_parts(part: Any, deep: int) -> None:
    """Refuse what the database cannot keep (a zero character), and what nobody could read."""
    if isinstance(part, str):
        if "\x00" in part:
            raise PydanticCustomError("zero_character", "a text holds a zero character")
    elif isinstance(part, Mapping | list | tuple):
        if deep == 0:
            raise PydanticCustomError(
                "too_deep", "more than {most} parts within each other", {"most": DEEPEST}
            )
        for one in [*part, *part.values()] if isinstance(part, Mapping) else part:
            check_parts(one, deep - 1)
