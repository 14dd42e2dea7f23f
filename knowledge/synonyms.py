"""A question in the words that the articles use: "my wifi drops" as "my wireless network drops".

Groups of words and phrases that mean the same to a customer, in English and in French: those that come with
the product (`stock/synonyms.tsv`) and those that staff added. A customer's word that no passage has, or
hardly any, is exchanged for the member of its group that most passages have; where the articles are in the
other language, for that language's. The question is then searched half as it was written and half like this.

The index holds no words, only their numbers: how many passages have a form of several words is guessed from
how many have the rarest of them. Figures: docs/figures.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.terms import STOCK, fold, stem_words, stop_words, term_id, tokenise

LANGUAGES = ("en", "fr")
# So many times more passages have the word that is taken, when some have the customer's own; and where they
# are in another language, in which it only looks the same.
TIMES_MORE, TIMES_MORE_ELSEWHERE = 10, 3
ANOTHER_WORD = 0.5  # so many of the passages that have all but one word of a form have that one beside them
ENOUGH = 0.5  # passages
WORD = re.compile(r"[^\W_]+")

Forms = Mapping[str, Sequence[str]]  # by language
Key = tuple[str, ...]  # the stems of a form
PassagesWith = Callable[[Collection[int]], Mapping[int, int]]  # how many passages have each of these terms


class Thesaurus:
    """Groups of forms; where a form stands in several, the first counts."""

    def __init__(self, groups: Sequence[Forms]) -> None:
        self.groups = groups
        self.by_form: dict[str, dict[Key, int]] = {language: {} for language in LANGUAGES}
        for number, group in enumerate(groups):
            for language in LANGUAGES:
                for form in group.get(language, ()):
                    if key := key_of(form, language):
                        self.by_form[language].setdefault(key, number)
        self.longest = {language: max(map(len, forms), default=0) for language, forms in self.by_form.items()}

    def restate(
        self,
        question: str,
        language: str,
        *,
        passages_with: PassagesWith,
        written_in: Callable[[str], bool],
    ) -> str:
        """The question with its words exchanged; "" where nothing is.

        `written_in` tells whether there are articles in a language.
        """
        if language not in LANGUAGES:
            return ""
        found = list(self._found(question, language))
        if not found:
            return ""
        forms = [(one, form) for match in found for one, form in self._forms(match.group)]
        known = passages_with({term for one, form in forms for term in _terms(form, one)})
        others = [one for one in LANGUAGES if one != language]
        order = [language, *others] if written_in(language) else others
        restated, reached = [], 0
        for match in found:
            if taken := self._taken(match, language, order, known):
                restated += [question[reached : match.start], taken]
                reached = match.end
        return "".join([*restated, question[reached:]]) if restated else ""

    def group_of(self, form: str, language: str) -> int | None:
        return self.by_form[language].get(key_of(form, language))

    def _found(self, question: str, language: str) -> Iterator[Match]:
        """Forms that stand in the question, the longest at each place, one after the other."""
        words = list(WORD.finditer(question))
        stems = [stem_words([fold(word[0])], language)[0] for word in words]
        at = 0
        while at < len(words):
            for length in range(min(self.longest[language], len(words) - at), 0, -1):
                key = tuple(stems[at : at + length])
                if (group := self.by_form[language].get(key)) is not None:
                    yield Match(words[at].start(), words[at + length - 1].end(), key, group)
                    at += length - 1
                    break
            at += 1

    def _forms(self, group: int) -> Iterator[tuple[str, str]]:
        yield from (
            (language, form) for language in LANGUAGES for form in self.groups[group].get(language, ())
        )

    def _taken(self, match: Match, language: str, order: Sequence[str], known: Mapping[int, int]) -> str:
        """What a form is exchanged for; "" when it stays."""
        passages = {
            (one, form): _passages(_terms(form, one), known) for one, form in self._forms(match.group)
        }
        own = max(
            n for (one, form), n in passages.items() if one == language and key_of(form, one) == match.key
        )
        for wanted in order:
            candidates = {form: n for (one, form), n in passages.items() if one == wanted}
            best = max(candidates, key=lambda form: candidates[form], default="")
            if best and candidates[best] >= ENOUGH:
                times = TIMES_MORE if wanted == language else TIMES_MORE_ELSEWHERE
                return best if candidates[best] >= times * own else ""
        return ""


@dataclass(frozen=True)
class Match:
    """Where a form of a group stands in a question."""

    start: int
    end: int
    key: Key
    group: int


def key_of(form: str, language: str) -> Key:
    return tuple(stem_words(tokenise(form), language))


def _passages(terms: Sequence[int], known: Mapping[int, int]) -> float:
    """How many passages probably have a form."""
    return min(known.get(term, 0) for term in terms) * ANOTHER_WORD ** (len(terms) - 1)


@cache
def _terms(form: str, language: str) -> tuple[int, ...]:
    """The stems of a form that say something, as the index counts them."""
    words = tokenise(form)
    telling = [word for word in words if word not in stop_words(language)] or words
    return tuple(term_id(stem) for stem in stem_words(telling, language))


def read_groups(lines: Iterator[str] | Sequence[str]) -> list[Forms]:
    """Groups from lines of English forms, a tab, French forms; forms of a column are parted by "|"."""
    parted = (line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return [
        {
            language: [form.strip() for form in column.split("|")]
            for language, column in zip(LANGUAGES, columns, strict=True)
        }
        for columns in parted
    ]


@cache
def stock_groups() -> list[Forms]:
    return read_groups((STOCK / "synonyms.tsv").read_text().splitlines())
