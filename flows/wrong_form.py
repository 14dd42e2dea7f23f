"""What does not have the form of a flow, in words for whoever wrote it: where it stands and what to do.

`flows/graph.py` says it in terms of the model; here it is said in the words of the editor and of YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from flows.conditions import FACT
from flows.parts import IN_LANGUAGES, KEY, LISTS_IN_LANGUAGES

SHOWN = 60  # characters of what was given
Path = tuple[str | int, ...]


def first_fault(error: ValidationError, given: Any) -> tuple[Path, str]:
    """The first part that is wrong: its path in what was given, and what to do about it."""
    first = error.errors(include_url=False)[0]
    path = path_in(first, given)
    return path, words(first, path)


def shown_path(path: Path) -> str:
    """`nodes → 3 → next`: entries of lists are counted from 1, as people count."""
    return " → ".join(str(part + 1) if isinstance(part, int) else part for part in path)


def path_in(error: ErrorDetails, given: Any) -> Path:
    """Without what only the model knows (which form of a step or a condition it has tried)."""
    path: Path = ()
    for part in error["loc"]:
        if _has(given, part):
            given, path = given[part], (*path, part)
    return (*path, str(error["loc"][-1])) if error["type"] == "missing" else path


def _has(given: Any, part: str | int) -> bool:
    if isinstance(given, Mapping):
        return isinstance(part, str) and part in given
    return isinstance(given, list | tuple) and isinstance(part, int) and part < len(given)


def words(error: ErrorDetails, path: Path) -> str:
    kind, name = error["type"], str(path[-1]) if path else ""
    if kind in ("dict_type", "model_type", "model_attributes_type", "tuple_type"):
        return _part_expected(kind, name)
    if kind == "string_pattern_mismatch":
        return _no_name(error)
    if kind not in WORDS:
        return str(error["msg"])
    known: dict[str, Any] = {"name": name, "value": str(error["input"])[:SHOWN], **error.get("ctx", {})}
    known["expected"] = _listed(known.get("expected", known.get("expected_tags", "")))
    return str(WORDS[kind]) % known


def _part_expected(kind: str, name: str) -> str:
    if name in IN_LANGUAGES:
        return gettext("The text is expected by language here, one line each, as in “en: Hello”.")
    if name in LISTS_IN_LANGUAGES:
        return gettext("Lists by language are expected here: “en:”, and below it one line with “-” for each.")
    if kind == "tuple_type":
        return gettext("A list is expected here, each entry beginning with “-”.")
    return gettext("Settings are expected here, one line each, as in “name: value”.")


def _no_name(error: ErrorDetails) -> str:
    pattern, value = error.get("ctx", {}).get("pattern", ""), {"value": str(error["input"])[:SHOWN]}
    if pattern == FACT:
        return (
            gettext("“%(value)s” is no fact. Facts are slots.…, customer.…, conversation.… and time.…")
            % value
        )
    if KEY.strip("^$") in pattern:
        known = gettext(
            "“%(value)s” cannot be a name here: a letter a–z, then small letters, digits and “_”."
        )
        return known % value
    return gettext("“%(value)s” is no language. Write its code, as in “en” or “fr-CA”.") % value


def _listed(expected: str) -> str:
    """Without the empty one: leaving it out says the same."""
    each = expected.replace("' or '", "', '").replace("'", "").split(", ")
    return ", ".join(one for one in each if one)


WORDS = {
    "missing": _("“%(name)s” is missing here. Add it."),
    "extra_forbidden": _("“%(name)s” means nothing here. Check its spelling, or take it out."),
    "literal_error": _("“%(value)s” is not possible here. Choose one of these: %(expected)s."),
    "union_tag_invalid": _("There is no kind of step “%(tag)s”. Choose one of these: %(expected)s."),
    "union_tag_not_found": _("It is not said which kind of step this is. Add “kind”, as in “kind: say”."),
    "string_type": _("A text is expected here. Put it in quotes if it is a number, or yes or no."),
    "string_too_long": _("This is too long: at most %(max_length)s characters. Shorten it."),
    "string_too_short": _("This must not be empty. Write something."),
    "string_unicode": _("There are characters here that are no text. Take them out."),
    "too_long": _("There are too many entries here: at most %(max_length)s. Take some out."),
    "bool_parsing": _("“true” or “false” is expected here."),
    "bool_type": _("“true” or “false” is expected here."),
    "int_parsing": _("A whole number is expected here."),
    "int_type": _("A whole number is expected here."),
    "int_from_float": _("A whole number is expected here."),
    "float_parsing": _("A number is expected here."),
    "float_type": _("A number is expected here."),
    "finite_number": _("A number is expected here."),
    "greater_than": _("This is too small: it has to be above %(gt)s."),
    "greater_than_equal": _("This is too small: at least %(ge)s."),
    "less_than_equal": _("This is too large: at most %(le)s."),
    "recursion_depth_exceeded": _("This is nested too deeply. Make it simpler."),
    "same_choice": _("Two choices have the same value. Change one of them."),
    "same_step": _("Two steps are called “%(name)s”. Give one of them another name."),
    "not_a_pattern": _("This is no pattern that can be read (%(why)s). Correct it."),
    "zero_character": _("A text holds a zero character, which cannot be kept. Take it out."),
    "too_deep": _("More than %(most)s parts stand within each other. Make it simpler."),
}  # fmt: skip
