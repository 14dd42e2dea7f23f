"""What a unit of a passage is worth for a question: its words, where it stands, whether it gives the amount.

Pure. How the numbers were chosen: docs/decisions/0005-extracts.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.amounts import Amount, amounts_asked
from assistant.outcomes import GENERIC
from assistant.units import Unit
from knowledge.heading_lines import says_a_value
from knowledge.matching import Passage
from knowledge.terms import content_words, fold, stem_words, term_id

TITLE_SHARE = 0.5  # what the article's title says counts half: it is about the whole, not about this sentence
FEW_WORDS = 4
SHORT_PENALTY = 0.3  # a unit of fewer content words than that is mostly a title that lost its mark
SCORE_SHARE = 16.0  # how much of an article's distance to the best one found is taken off its units
SECTION_SHARE = 12.0  # and of a passage's distance to the best one of its article
TITLE_FIT = 0.4  # a title that says what the question says, and nothing else
HEADING_FIT = 0.4
STRAY_HEADING = 0.5  # what it counts for below a title that shares nothing with the question
LEAD = 0.3  # whose title is the question answers it first, and goes into cases afterwards
THE_QUESTION = 0.6  # from where on a title is
LABEL_FIT = 0.8  # nothing stands between a label and its value
LONGEST_LABEL = 4  # words; more are a sentence that ends with an amount
VALUE = re.compile(r"[\d$€£¥].*", re.DOTALL)
AMOUNT_BONUS = 0.2  # a unit that gives the price or the time that is asked for
TABLE_BONUS = 0.4  # and more for a row: a table is where prices and times are listed
HOURS_BONUS = 0.4  # and more for days with hours: nothing else looks like them
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)  # the names in it say nothing of the sentence


@dataclass(frozen=True)
class Asked:
    """A question as units are measured by it: what each of its terms is worth, and what amount it wants."""

    text: str
    language: str
    weights: Mapping[int, float]
    amounts: tuple[Amount, ...] = ()
    amount_stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, language: str, weights: Mapping[int, float]) -> Asked:
        amounts = amounts_asked(text)
        words = " ".join(amount.words for amount in amounts)
        return cls(text, language, weights, amounts, frozenset(_stems(words, language)))


@dataclass(frozen=True)
class Standing:
    """A passage among those that were found: its words above the units, and how far it is behind."""

    titled: frozenset[int]
    fit: float
    behind: float


def standing_of(asked: Asked, passage: Passage, passages: Sequence[Passage]) -> Standing:
    own = [one for one in passages if one.document_id == passage.document_id]
    # Articles by their places; within one its questions say nothing about which section answers.
    behind = SCORE_SHARE * (passages[0].rank - max(one.rank for one in own))
    behind += SECTION_SHARE * (max(one.score for one in own) - passage.score)
    fit = _fit_of(asked, passage, stray=passage.document_id != passages[0].document_id)
    leads = passage.ordinal == min(one.ordinal for one in own)
    if leads and len(own) > 1 and _is_the_question(asked, passage.title, passage.language):
        fit += LEAD
    return Standing(frozenset(_terms(_stems(passage.title, passage.language))), fit, behind)


def _fit_of(asked: Asked, passage: Passage, *, stray: bool) -> float:
    """How near its title and its heading are to the question; `stray`: another article was found first."""
    titled = likeness_to(asked, passage.title, passage.language)
    heading = passage.heading_path[-1] if passage.heading_path else ""
    share = STRAY_HEADING if stray and not titled else 1.0
    return TITLE_FIT * titled + HEADING_FIT * share * likeness_to(asked, heading, passage.language)


def _is_the_question(asked: Asked, title: str, language: str) -> bool:
    """Or says all of it and more: "How can I contact customer service?" to "how do I contact you"."""
    words = [word for word in content_words(asked.text, asked.language) if word not in GENERIC]
    wanted = set(stem_words(words, asked.language)) - asked.amount_stems
    says_all = bool(wanted) and wanted <= _stems(title, language)
    return says_all or likeness_to(asked, title, language) >= THE_QUESTION


def likeness_to(asked: Asked, title: str, language: str) -> float:
    """1 when a title says what the question does, less for each word that only one of them has.

    "Prices" and "what does it cost" are one word here.
    """
    promised = {amount.kind for amount in asked.amounts if amount.named_in(title)}
    there = _stems(_without_names(asked, title), language) | promised
    wanted = (_stems(asked.text, asked.language) - asked.amount_stems) | {one.kind for one in asked.amounts}
    both = len(wanted) + len(there)
    return 2 * len(wanted & there) / both if both else 0.0


def _without_names(asked: Asked, title: str) -> str:
    for amount in asked.amounts:
        title = amount.names.sub(" ", fold(title))
    return title


def worth(asked: Asked, unit: Unit, standing: Standing, language: str) -> float:
    """How much of the question a unit, what stands above it and the title say between them."""
    said = _stems(LINK.sub(" ", unit.plain), language)
    above = f"{unit.context} {unit.heads}"
    terms = _terms(said | _stems(above, language))
    weights, total = asked.weights, sum(asked.weights.values()) or 1.0
    given = [amount.kind for amount in asked.amounts if _gives(amount, unit)]
    if given or any(amount.named_in(above) for amount in asked.amounts):
        terms |= _terms(set(asked.amount_stems))
    own = sum(weights.get(term, 0.0) for term in terms)
    titled = TITLE_SHARE * sum(weights.get(term, 0.0) for term in standing.titled - terms)
    short = SHORT_PENALTY if _is_bare(unit, said) else 0.0
    fit = standing.fit + _label_fit(asked, unit, language)
    return (own + titled) / total + fit + _bonus(unit, given) - short


def _label_fit(asked: Asked, unit: Unit, language: str) -> float:
    """ "TOTAL $821.14": what stands before a value is its title."""
    label = VALUE.sub("", unit.plain)
    if unit.kind == "row" or not says_a_value(unit.plain) or len(label.split()) > LONGEST_LABEL:
        return 0.0
    return LABEL_FIT * likeness_to(asked, label, language)


def _is_bare(unit: Unit, said: set[str]) -> bool:
    """A row has few words and its heads; "Total: $821.14" has few and says something."""
    return unit.kind != "row" and len(said) < FEW_WORDS and not says_a_value(unit.plain)


def _bonus(unit: Unit, given: Sequence[str]) -> float:
    """`given`: the kinds of amounts that it gives, of those that are asked for."""
    if not given:
        return 0.0
    return AMOUNT_BONUS + (TABLE_BONUS if unit.kind == "row" else HOURS_BONUS if "hours" in given else 0.0)


def _gives(amount: Amount, unit: Unit) -> bool:
    if unit.kind == "row":
        return amount.stands_in_row(f"{unit.heads} {unit.plain}")
    return amount.stands_in(unit.plain)


def _stems(text: str, language: str) -> set[str]:
    return set(stem_words(content_words(text, language), language))


def _terms(stems: set[str]) -> set[int]:
    """Terms as search counts them; a word that is its own stem counts in both ways."""
    return {term_id(term) for stem in stems for term in (stem, f"={stem}")}
