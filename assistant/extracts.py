"""Answer without a model: quote the sentences, steps or table rows that say most of what was asked.

Units are chosen by words, weighed as search weighs them. Meaning was measured too: it costs 40 ms of CPU for
each sentence and chooses no better (docs/decisions/0005-extracts.md), so it is used only where words cannot
help, in a passage of another language: the caller then hands in `likeness`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.units import Unit, lines_together, quotable, rows_together, split_units
from assistant.worth import Asked, Standing, likeness_to, standing_of, worth
from knowledge.chunking import plain_text, same_words
from knowledge.matching import Passage

LONGEST_SECTION = 600  # characters of a passage that is quoted whole
LONGEST_QUOTE = 450  # characters of running text; a list or table row may be longer
LONGEST_TABLE = 1200  # characters of its rows
EQUAL = 0.001  # rows that are worth as much as the best one are quoted with it
SECOND_QUOTE = 0.25  # another passage is quoted too when it says less by no more than this
PASSAGES_READ = 5
SHORT_REPLY = 30  # characters: "Yes." belongs to what follows it
DEPENDENT = re.compile(
    r"(?:it|they|this|these|those|he|she|however|also|otherwise|then|but|and|if not|if so|in this case"
    r"|instead|therefore|thus|so|hence|nevertheless|nonetheless|on the other hand|conversely|likewise"
    r"|il|elle|ils|elles|cela|ce|cette|ces|celle-ci|celui-ci|toutefois|cependant|sinon|dans ce cas|mais|et"
    r"|de plus|en outre|par contre|en revanche|au contraire|à l'inverse|ainsi|donc|néanmoins|pourtant|or"
    r"|par conséquent|c'est pourquoi|de même)\b",
    re.IGNORECASE,
)
REPLY = re.compile(r"(?:yes|no|oui|non)\b[ \t]*[.,;:!–—-]+\s*", re.IGNORECASE)
SAME_QUESTION = 0.6  # from when a title asks what the customer does
# "See returning a gift.": its link is gone in a quote, and the sources below the answer have one.
POINTER = re.compile(r"(?:see(?: also)?|read|voir(?: aussi)?|lire|consultez)\b.{1,60}$", re.IGNORECASE)


@dataclass(frozen=True)
class Quote:
    """`passage` is the index of what is quoted, `text` Markdown, `plain` its words, `score` 0 to about 1."""

    passage: int
    text: str
    plain: str
    is_list: bool
    heading: str
    score: float


@dataclass(frozen=True)
class Candidate:
    passage: int
    units: list[Unit]
    at: int
    score: float

    @property
    def unit(self) -> Unit:
        return self.units[self.at]


def units_of(passage: Passage) -> tuple[Unit, ...]:
    return split_units(passage.text, passage.heading_path[-1] if passage.heading_path else "")


def choose_quotes(
    passages: Sequence[Passage],
    weights: Mapping[int, float],
    language: str,
    likeness: Mapping[str, float] | None = None,
    *,
    question: str = "",
) -> list[Quote]:
    """At most two quotes, the better one first; none when nothing in the passages is quotable.

    `question` is what was asked: whether it wants an amount, and how near titles and headings are to it.
    `weights` says what each term of the question is worth (`knowledge.search.Results`); `likeness` how
    near each unit's words are to the question in meaning, for passages of another language.
    """
    asked = Asked.of(question, language, weights)
    ranked = sorted(_candidates(passages, asked, likeness or {}), key=lambda one: -one.score)
    if not ranked:
        return []
    best = ranked[0]
    second = next((one for one in ranked if one.passage != best.passage), None)
    quotes = [_section(best, passages[best.passage]) or _quoted(best)]
    if second and second.score >= best.score - SECOND_QUOTE and not _same_words(best, second):
        quotes.append(_quoted(second))
    return [_without_reply(quote, asked, passages[quote.passage]) for quote in quotes]


def _candidates(passages: Sequence[Passage], asked: Asked, likeness: Mapping[str, float]) -> list[Candidate]:
    found = []
    for number, passage in enumerate(passages[:PASSAGES_READ]):
        # Words and likeness are not on one scale: whatever the best passage is written in is quoted.
        if passage.language != passages[0].language:
            continue
        standing = standing_of(asked, passage, passages)
        units, covers = _measured(asked, passage, standing, likeness)
        found += [Candidate(number, units, at, covers[at] - standing.behind) for at in _kept(units, covers)]
    return found


def _measured(
    asked: Asked, passage: Passage, standing: Standing, likeness: Mapping[str, float]
) -> tuple[list[Unit], list[float]]:
    """The units and what each is worth; of a table, the rows that are worth most are one."""
    units = units_of(passage)
    covers = [likeness.get(unit.plain, worth(asked, unit, standing, passage.language)) for unit in units]
    joined: list[tuple[Unit, float]] = []
    for _, run in groupby(zip(units, covers, strict=True), key=lambda one: (one[0].kind, one[0].group)):
        same = list(run)
        joined += [_best_rows(same)] if same[0][0].kind == "row" else same
    return [unit for unit, _ in joined], [cover for _, cover in joined]


def _best_rows(rows: Sequence[tuple[Unit, float]]) -> tuple[Unit, float]:
    """All rows that say as much of the question as the best; the first ones of too many."""
    most = max(cover for _, cover in rows)
    best = [unit for unit, cover in rows if cover > most - EQUAL]
    while len(best) > 1 and _length(best) > LONGEST_TABLE:
        best.pop()
    return rows_together(best), most


def _kept(units: Sequence[Unit], covers: Sequence[float]) -> list[int]:
    """Which units compete: the whole of a list that is short or made of steps, else its best items."""
    lists = {unit.group: (at, unit) for at, unit in enumerate(units) if unit.kind == "list"}
    best_item = {
        group: max((covers[at] for at, one in enumerate(units) if _is_item_of(one, group)), default=-1.0)
        for group in lists
    }

    def competes(at: int, unit: Unit) -> bool:
        if unit.group not in lists or unit.kind not in ("list", "item"):
            return True
        whole_at, whole = lists[unit.group]
        if _is_steps(whole) or len(whole.plain) <= LONGEST_QUOTE:
            return unit is whole
        return unit is not whole or best_item[unit.group] < covers[whole_at]

    return [at for at, unit in enumerate(units) if competes(at, unit)]


def _is_item_of(unit: Unit, group: int) -> bool:
    return unit.kind == "item" and unit.group == group


def _is_steps(unit: Unit) -> bool:
    return re.search(r"(?m)^\d{1,3}[.)]\s", unit.text) is not None


def _same_words(one: Candidate, other: Candidate) -> bool:
    return one.unit.plain == other.unit.plain


def _section(candidate: Candidate, passage: Passage) -> Quote | None:
    """The whole passage, when it is a short section: what stands around the answer belongs to it."""
    text = quotable(passage.text).strip()
    if len(plain_text(text)) > LONGEST_SECTION or text[:1].islower():  # cut off by what stands before it
        return None
    if len({unit.group for unit in candidate.units if unit.of_a_record}) > 1:  # of a receipt, what was asked
        return None
    quote = _quoted(candidate)
    flows = all(unit.kind == "sentence" and not unit.context for unit in candidate.units) or "\n" not in text
    heading = passage.heading_path[-1] if passage.heading_path else ""
    return replace(quote, text=text, is_list=not flows, heading=heading)


def _quoted(candidate: Candidate) -> Quote:
    units = _with_neighbours(candidate) if candidate.unit.kind == "sentence" else [candidate.unit]
    return Quote(
        passage=candidate.passage,
        text=lines_together(units),
        plain=" ".join(unit.plain for unit in units),
        is_list=candidate.unit.kind != "sentence",
        heading=candidate.unit.context,
        score=candidate.score,
    )


def _with_neighbours(candidate: Candidate) -> list[Unit]:
    """The sentence, what leads up to it, and what goes on about the same below the same line."""
    units, at = candidate.units, candidate.at
    chosen = units[_beginning(units, at) : at + 1]
    for unit in units[at + 1 :]:
        if not _goes_with(unit, units[at]) or _length(chosen) + len(unit.plain) > LONGEST_QUOTE:
            break
        if not POINTER.match(unit.plain):
            chosen.append(unit)
    return chosen


def _beginning(units: Sequence[Unit], at: int) -> int:
    """Where to begin: with the section or the paragraph, since "Sale items have 14 days" is an exception to
    what stands before it; where that is too much, with the sentence that this one leans on."""
    section = _back_while(units, at, lambda unit: _goes_with(unit, units[at]))
    paragraph = max(section, _back_while(units, at, lambda unit: unit.group == units[at].group))
    fitting = [start for start in (section, paragraph) if _length(units[start : at + 1]) <= LONGEST_QUOTE]
    start = fitting[0] if fitting else at
    while start and _leans(units, start) and _goes_with(units[start - 1], units[start]):
        start -= 1
    return start


def _leans(units: Sequence[Unit], at: int) -> bool:
    """Whether a sentence says something else without the one before: "However, …", or a half of one."""
    plain = units[at].plain
    return bool(DEPENDENT.match(plain)) or plain[:1].islower() or len(units[at - 1].plain) <= SHORT_REPLY


def _back_while(units: Sequence[Unit], at: int, belongs: Callable[[Unit], bool]) -> int:
    while at and belongs(units[at - 1]):
        at -= 1
    return at


def _goes_with(unit: Unit, other: Unit) -> bool:
    together = unit.group == other.group or not (unit.of_a_record or other.of_a_record)
    return unit.kind == "sentence" and unit.context == other.context and together


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.plain) + 1 for unit in units)


def _without_reply(quote: Quote, asked: Asked, passage: Passage) -> Quote:
    """ "Yes." replies to the article's question; below another one it would be a wrong answer.

    What is shown below its heading keeps it.
    """
    above = [passage.title, *passage.heading_path[-1:], quote.heading]
    if quote.is_list or max(likeness_to(asked, line, passage.language) for line in above) >= SAME_QUESTION:
        return quote
    text = REPLY.sub("", quote.text, count=1)
    return replace(quote, text=text[:1].upper() + text[1:]) if text != quote.text and text else quote


def cite(quote: Quote, number: int, title: str) -> str:
    """The quote as Markdown with its number where it can be read: behind the text, or above a list."""
    if not quote.is_list:
        return f"{quote.text} [{number}]"
    heading = quotable(quote.heading or title).strip()
    text = _without_heading(quote.text, heading)
    lead, blank, rest = text.partition("\n\n")
    if blank and lead.endswith(":"):
        return f"{lead} [{number}]\n\n{rest}"
    return f"**{heading}** [{number}]\n\n{text}"


def _without_heading(text: str, heading: str) -> str:
    """A passage may begin with the line that is its heading: it is not said twice."""
    first, _, rest = text.partition("\n")
    return rest.strip() if rest.strip() and same_words(plain_text(first), heading) else text
