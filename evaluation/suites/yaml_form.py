"""A suite as YAML and back, nothing lost: its name, what it watches over, and its scenarios. Pure.

A file with a single scenario reads too: it belongs to no suite.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Self

from django.utils.translation import gettext
from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from evaluation.script_yaml import as_written
from evaluation.scripted import Part, Script
from flows.wrong_form import first_fault
from flows.yaml_reading import YamlError, read_yaml
from flows.yaml_writing import write_yaml

MOST_SCENARIOS = 2_000


class SuiteFile(Part):
    suite: Annotated[str, StringConstraints(max_length=100)] = ""
    about: Annotated[str, StringConstraints(max_length=2_000)] = ""
    scenarios: Annotated[tuple[Script, ...], Field(min_length=1, max_length=MOST_SCENARIOS)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = Counter(one.name for one in self.scenarios)
        name, times = names.most_common(1)[0]
        if times > 1:
            told = gettext("%(count)d scenarios are called “%(name)s”. Give each a name of its own.")
            raise PydanticCustomError("same_name", "{told}", {"told": told % {"count": times, "name": name}})
        return self


def from_yaml(text: str) -> SuiteFile:
    """Raises YamlError, which says in which line, at which part, and what to do."""
    read = read_yaml(text)
    alone = isinstance(read.data, dict) and "turns" in read.data
    given: Any = {"scenarios": [read.data]} if alone else read.data
    try:
        return SuiteFile.model_validate(given)
    except ValidationError as error:
        path, what = first_fault(error, given)
        path = path[2:] if alone else path
        raise YamlError(what, line=read.line(path), path=path) from error


def to_yaml(suite: SuiteFile) -> str:
    """In the order of the model, without what is as it is anyway."""
    return write_yaml(as_written(suite))
