"""What was expected of an answer, and what came of it, in words for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from assistant.reasons import HANDOFFS
from evaluation.scenario_words import EXPECTATIONS, OUTCOMES
from evaluation.turned import Check, Turned
from knowledge.models import Document

CITED = ("cites", "cites_one")
EITHER = " | "  # between several of which one is enough


@dataclass(frozen=True)
class Worded:
    """`check` as it is kept; `wanted` is empty where `words` say all of it."""

    check: Check
    words: str
    wanted: str
    found: str

    @property
    def is_pattern(self) -> bool:
        return self.check.kind == "matches"


def titles_for(turns: Iterable[Turned]) -> dict[str, str]:
    """The titles of the articles that are expected or cited by their id elsewhere, by that id. One query."""
    turns = list(turns)
    expected = (check.wanted for one in turns for check in one.checks if check.kind in CITED)
    names = {name for wanted in expected for name in wanted.split(EITHER)}
    here = Document.objects.filter(external_id__in=names).values_list("external_id", "title") if names else ()
    return {source.name: source.title for one in turns for source in one.sources} | dict(here)


def worded(turned: Turned, titles: Mapping[str, str]) -> Sequence[Worded]:
    return [_worded(check, turned, titles) for check in turned.checks]


def _worded(check: Check, turned: Turned, titles: Mapping[str, str]) -> Worded:
    words, wanted, found = str(EXPECTATIONS.get(check.kind, check.kind)), check.wanted, check.found
    if check.kind == "handoff":
        words = _("no person takes over") if wanted == "false" else words
        wanted = "" if wanted in ("true", "false") else _reason(wanted)
        found = _outcome(found) if found in OUTCOMES else _reason(found)
    elif check.kind == "outcome":
        wanted, found = _either(map(_outcome, wanted.split(EITHER))), _outcome(found)
    elif check.kind == "language":
        wanted, found = _language(wanted), _language(found)
    elif check.kind in CITED:
        wanted = _either(titles.get(name, name) for name in wanted.split(EITHER))
        found = ", ".join(_cited(turned)) or found
    return Worded(check, words, wanted, found)


def _cited(turned: Turned) -> list[str]:
    """Once each, however many of its passages are cited."""
    return list(dict.fromkeys(source.title for source in turned.sources))


def _outcome(name: str) -> str:
    return str(OUTCOMES.get(name, name))


def _reason(name: str) -> str:
    return str(HANDOFFS.get(name, name))


def _language(code: str) -> str:
    """Within a sentence: of the languages of the product, only English begins their names with a capital."""
    try:
        name = str(get_language_info(code)["name_translated"]) if code else "–"
    except KeyError:
        return code
    return name if (get_language() or "").startswith("en") else name.lower()


def _either(each: Iterable[str]) -> str:
    return _(" or ").join(each)
