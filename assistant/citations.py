"""Numbered citations in what a model wrote: checked, corrected and renumbered in order of first use."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.evidence import Claim, Evidence, facts_in, is_harmless, supporters
from knowledge.chunking import sentence_spans

# "[1]", "[1, 2]", "[1-3]", "【1】", "[^1]", "[Passage 1]", "[source 2]".
MARK = re.compile(
    r"[ \t]*[\[【]\s*(?:\^|passages?|sources?|n°|#)?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*[\]】]",
    re.IGNORECASE,
)
PREFIX = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+•]|\d{1,3}[.)]|#{1,6})?[ \t]+|")
CONTROL = re.compile(r"\[(?:ANSWER|NONE|ASK)\]", re.IGNORECASE)
IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
ENDED = re.compile(r"[.!?…][\s\"'*_)»”\]]*$")


@dataclass(frozen=True)
class Checked:
    """`text` cites 1, 2, …; `used[n - 1]` is the passage (from 1) that citation n stands for.

    `quotes` holds, for each citation, the sentences that rest on it. `dropped` counts what was taken out.
    """

    text: str
    used: tuple[int, ...]
    quotes: tuple[str, ...]
    dropped: int


@dataclass
class _Sentence:
    prefix: str
    text: str
    cited: list[int]


def numbers_in(mark: str, most: int) -> list[int]:
    """The passages that "1, 3-4" names, without those that do not exist."""
    named: list[int] = []
    for part in re.split(r"[,;]", mark):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        named += range(ends[0], min(ends[-1], most) + 1) if ends else []
    return [number for number in dict.fromkeys(named) if 1 <= number <= most]


def foreign_claims(
    written: str, evidence: Sequence[Evidence], language: str, question: str = ""
) -> list[Claim]:
    """What the answer claims of passages in another language, as far as their facts allow it."""
    known = facts_in(question)
    sentences = [one for line in _clean(written).splitlines() for one in _sentences(line, len(evidence))]
    cited = dict.fromkeys(Claim(one.text, number) for one in sentences for number in one.cited)
    return [claim for claim in cited if _is_foreign(claim, evidence[claim.passage - 1], language, known)]


def _is_foreign(claim: Claim, evidence: Evidence, language: str, known: Set[str]) -> bool:
    return (
        evidence.language != language
        and evidence.has_facts_of(claim.sentence, known)
        and not is_harmless(claim.sentence, language)
    )


def check(
    written: str,
    evidence: Sequence[Evidence],
    language: str,
    question: str = "",
    borne_out: Collection[Claim] = (),
    told: Sequence[Evidence] = (),
) -> Checked:
    """Keep what the passages support. A wrong number is replaced when another passage supports the words.

    `borne_out`: the `foreign_claims` that their passages make too. `told`: what staff want said, which may be
    said without a citation.
    """
    known = facts_in(question)
    numbering: dict[int, int] = {}
    quotes: dict[int, list[str]] = {}
    lines, dropped = [], 0
    for line in _clean(written).splitlines():
        kept = []
        for sentence in _sentences(line, len(evidence)):
            cites = _support(sentence, evidence, language, known, borne_out)
            if cites is None and supporters(sentence.text, told, language, known):
                cites = []
            if cites is None:
                dropped += 1
                continue
            for passage in cites:
                numbering.setdefault(passage, len(numbering) + 1)
                quotes.setdefault(passage, []).append(sentence.text)
            marks = "".join(f"[{numbering[passage]}]" for passage in cites)
            kept.append(f"{sentence.prefix}{sentence.text}{' ' if marks else ''}{marks}")
        if kept or not line.strip():
            lines.append(" ".join(kept))
    text = _without_lonely_leads(lines)
    return Checked(text, tuple(numbering), tuple(" ".join(quotes[one]) for one in numbering), dropped)


def whole_sentences(written: str) -> str:
    """What a model had finished saying when it was cut off. A line without its full stop was not finished."""
    before, newline, line = written.rstrip().rpartition("\n")
    if ENDED.search(MARK.sub("", line)):
        return written.rstrip()
    prefix = _prefix(line)
    spoken = _marks_inside(line[len(prefix) :])
    whole = "".join(spoken[start:end] for start, end in sentence_spans(spoken)[:-1])
    return f"{before}{newline}{prefix}{whole}".rstrip() if whole.strip() else before.rstrip()


def _clean(written: str) -> str:
    return IMAGE.sub(r"\1", CONTROL.sub("", written)).strip()


def _sentences(line: str, most: int) -> Iterator[_Sentence]:
    """The sentences of a line; one without a number shares that of the next one that has."""
    found: list[_Sentence] = []
    prefix = _prefix(line)
    body = line[len(prefix) :]
    for start, end in sentence_spans(_marks_inside(body)):
        part = _marks_inside(body)[start:end].strip()
        cited = [number for mark in MARK.findall(part) for number in numbers_in(mark, most)]
        text = MARK.sub("", part).strip()
        if text:
            found.append(_Sentence(prefix if not found else "", text, cited))
        elif found:
            found[-1].cited += cited
    for at in range(len(found) - 2, -1, -1):
        found[at].cited = found[at].cited or list(found[at + 1].cited)
    return iter(found)


def _marks_inside(body: str) -> str:
    """ "text. [1] More" as "text [1]. More": the number belongs to the sentence it follows."""
    return re.sub(rf"([.!?…]+)((?:{MARK.pattern})+)", r"\2\1", body, flags=re.IGNORECASE)


def _prefix(line: str) -> str:
    found = PREFIX.match(line)
    return found[0] if found else ""


def _support(
    sentence: _Sentence,
    evidence: Sequence[Evidence],
    language: str,
    known: Set[str],
    borne_out: Collection[Claim],
) -> list[int] | None:
    """The passages to cite, none for harmless words, None when nothing supports the sentence."""
    supporting = supporters(sentence.text, evidence, language, known)
    cited = [
        n
        for n in sentence.cited
        if n in supporting
        or Claim(sentence.text, n) in borne_out
        or evidence[n - 1].supports_when_cited(sentence.text, language, known)
    ]
    if cited:
        return cited
    return [] if is_harmless(sentence.text, language) else supporting[:1] or None


def _without_lonely_leads(lines: Sequence[str]) -> str:
    """Drop a line that announces something when nothing follows it any more."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or kept[-1].rstrip().endswith(":")):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
