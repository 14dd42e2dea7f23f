"""Who is given a person at once: of those who mean it, and of all others; with the sample's articles.

    python -m benchmarks.urgent [--which]

In the database that is configured, with the sample loaded. An everyday sentence that is nearer than the line
calls nobody; beside it stands what a bar alone would do.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.extracts import start_django

WORDS = Path(__file__).parent / "questions" / "urgent.yaml"
FIRST_WORDS = Path(__file__).parent / "questions" / "abcd_first_words.yaml"
SAMPLE = Path("knowledge/sample/questions.jsonl")
BARS = (4.3, 4.6, 4.9)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--which", action="store_true", help="print who else is given a person")
    options = parser.parse_args()
    start_django()
    words = yaml.safe_load(WORDS.read_text("utf-8"))
    meant = [(text, language) for language, texts in words["meant"].items() for text in texts]
    asyncio.run(report(words["rows"], meant, list(others(words["others"])), options.which))


def others(written: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    from flows.samples import sample_flows
    from knowledge.calibration import LANGUAGES
    from knowledge.language import detect_language

    for language, texts in written.items():
        yield from ((text, language) for text in texts)
    for flow in sample_flows():
        yield from ((text, language) for language, texts in flow.examples.items() for text in texts)
    asked = [json.loads(line)["question"] for line in SAMPLE.read_text("utf-8").splitlines()]
    for text in [*strings(yaml.safe_load(FIRST_WORDS.read_text("utf-8"))), *asked]:
        yield text, detect_language(text, LANGUAGES, "en")


def strings(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from strings(part)


async def report(
    rows: list[list[str]], meant: list[tuple[str, str]], rest: list[tuple[str, str]], which: bool
) -> None:
    for urgent in (True, False):
        found = [await highest(rows, text, language, urgent) for text, language in meant]
        wrong = [await highest(rows, text, language, urgent) for text, language in rest]
        print("not what is said every day:" if urgent else "by a bar alone:")
        for bar in BARS:
            called = [text for (text, _), score in zip(rest, wrong, strict=True) if score >= bar]
            hits = sum(score >= bar for score in found)
            print(f"  {bar}: {hits} of {len(meant)} found, {len(called)} of {len(rest)} others")
            if which:
                print(*called, sep="; ")


async def highest(rows: list[list[str]], text: str, language: str, urgent: bool) -> float:
    """The score of the nearest line; asked again until everything could be read."""
    from assistant.guidance.likeness import near

    lines = [line for row in rows for line in row]
    while not (scores := await near(text, language, lines)) or len(scores) < len(lines):
        pass
    scores = await near(text, language, lines, lines) if urgent else scores
    return max(scores.values(), default=0.0)


if __name__ == "__main__":
    main()
