"""The judge that asks no model: rules, words and vectors. Its agreement with people is measured
(docs/figures.md), and said wherever its verdicts are."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from assistant.evidence import stems_of
from evaluation.judging.coherent import coherent
from evaluation.judging.grounded import Held, Known, grounded, stands_there, together
from evaluation.judging.helpful import DECLINED, NOT_JUDGED, helpful
from evaluation.judging.likeness import likeness_of
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.tone import tone
from evaluation.judging.verdicts import OFFLINE, Judgement, Verdict
from evaluation.turned import Turned
from knowledge.language import detect_language
from knowledge.rarity import rarity_of

MOST_UNITS = 60  # of the passages that are held against the question


def judge(turns: Sequence[Turned]) -> Judgement:
    """The last of `turns`, after those before it."""
    *before, last = turns
    language = last.language or language_of(last.said, "en")
    passages, known = passages_of(last, language), known_for(last, language)
    return decide(before, last, passages, language, known)


def decide(
    before: Sequence[Turned], last: Turned, passages: Sequence[Held], language: str, known: Known
) -> Judgement:
    """Pure. What staff have drawn as a flow rests on the flow, and is not held against passages; nor are the
    product's own sentences, such as that it is an assistant: nothing was looked for then."""
    was_looked_for = bool(last.found or last.sources or last.looked or last.margins)
    rests = last.outcome not in NOT_JUDGED and not last.steps
    # A refusal claims nothing.
    claims = rests and was_looked_for and (last.outcome != DECLINED or bool(passages))
    found, sentences = (
        grounded(last.said, passages, language, last.words, known) if claims else (Verdict(), ())
    )
    helps = helpful(last, passages, language, known) if rests else Verdict()
    fits = coherent(last, before, language)
    return Judgement(OFFLINE, found, helps, fits, tone(last.said, language, last.words), sentences)


def passages_of(last: Turned, language: str) -> list[Held]:
    return [
        Held(one.number, one.title, one.passage, language_of(one.passage, language)) for one in last.sources
    ]


def language_of(text: str, fallback: str) -> str:
    return detect_language(text, [code for code, _name in settings.LANGUAGES], fallback.partition("-")[0])


def known_for(last: Turned, language: str) -> Known:
    """Only what will be compared is read: two sentences together only where a sentence is no quote."""
    held = together(passages_of(last, language))
    claims = [unit.plain for unit in claims_in(last.said, language, last.words)]
    texts = [last.words, *claims, *[unit.plain for one in held for unit in one.units][:MOST_UNITS]]
    if any(not any(stands_there(claim, one) for one in held) for claim in claims):
        texts += [saying for one in held for saying in one.sayings]
    texts += [unit.plain for text in last.looked for unit in units_of(text)]
    stems = stems_of(" ".join([last.words, *claims]), language)
    return Known(rarity_of(stems), likeness_of(texts))
