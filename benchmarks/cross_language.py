"""Does the check across languages tell what a passage says from what it does not? (assistant/meaning.py)

    python -m benchmarks.cross_language

The sample company's articles exist in English and in French, section by section. Each sentence of one, and
each two that follow one another, is claimed of passages in the other language: the same section, every other
section of the same article, and a section of another article. Prints the share that is taken as borne out:
the first should be near 1, the others near 0. Services are private and thrown away; three minutes, one core.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from chatbot.embedded.services_only import private_services

LANGUAGES = ("en", "fr")
FEWEST_WORDS = 4  # content words: shorter sentences say too little to be found anywhere


@dataclass(frozen=True)
class Trial:
    """What is claimed, of which passage in which language, and where that stands."""

    kind: str  # "one sentence", "two together"
    of: str  # "same section", "another section", "another article"
    sentence: str
    passage: str
    language: str


def main() -> None:
    given = {name: os.environ[name] for name in ("EMBEDDING_BASE_URL",) if os.environ.get(name)}
    with private_services() as addresses:
        os.environ.update({**addresses, **given, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        import django

        django.setup()
        report(asyncio.run(measured(list(trials()))))


def trials() -> Iterator[Trial]:
    sections = sections_by_article()
    chance = random.Random(1)
    for (language, article), own in sections.items():
        other = next(code for code in LANGUAGES if code != language)
        theirs = sections[other, article]
        if len(own) != len(theirs):
            continue
        stranger = chance.choice([name for code, name in sections if code == other and name != article])
        for number, text in enumerate(own):
            for kind, sentence in sentences_of(text, language):
                yield Trial(kind, "same section", sentence, theirs[number], other)
                yield Trial(
                    kind, "another article", sentence, chance.choice(sections[other, stranger]), other
                )
                for place, passage in enumerate(theirs):
                    if place != number:
                        yield Trial(kind, "another section", sentence, passage, other)


def sections_by_article() -> dict[tuple[str, str], list[str]]:
    from assistant.management.commands.load_sample import SAMPLE
    from knowledge.chunking import chunk_document
    from knowledge.intake.direct import items_under, usual_manner
    from knowledge.intake.items import Item

    items = [(code, item) for code in LANGUAGES for item in items_under(SAMPLE / code, usual_manner(code))]
    return {
        (code, item.external_id): [piece.text for piece in chunk_document(item.title, item.body)]
        for code, item in items
        if isinstance(item, Item)
    }


def sentences_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    from assistant.evidence import stems_of
    from assistant.units import split_units

    units = [unit for unit in split_units(text) if unit.kind == "sentence"]
    telling = [unit for unit in units if len(stems_of(unit.plain, language)) >= FEWEST_WORDS]
    yield from (("one sentence", unit.plain) for unit in telling)
    for one, other in pairwise(telling):
        if one.context == other.context:
            yield "two together", f"{one.plain} {other.plain}"


async def measured(all_trials: list[Trial]) -> dict[tuple[str, str], list[bool]]:
    """Whether each trial was borne out; the facts are compared first, as in a reply."""
    from assistant.evidence import Claim, Evidence
    from assistant.meaning import borne_out
    from llm.clients import close_clients

    found: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for trial in all_trials:
        evidence = Evidence(trial.passage, trial.language)
        claim = Claim(trial.sentence, 1)
        same_facts = evidence.has_facts_of(trial.sentence, set())
        if trial.of == "same section" and not same_facts:
            continue  # the translation writes a number in letters: the check of facts, not this one
        found[trial.kind, trial.of].append(same_facts and bool(await borne_out([claim], [evidence])))
    await close_clients()
    return found


def report(found: dict[tuple[str, str], list[bool]]) -> None:
    for (kind, of), results in sorted(found.items()):
        print(f"{kind:14} of {of:16} {sum(results) / len(results):.3f} of {len(results)}")


if __name__ == "__main__":
    main()
