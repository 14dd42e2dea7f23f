"""What Upkeep reports as contradictions in the developers' sample: `python -m benchmarks.contradictions`.

    python -m benchmarks.contradictions [--folder DIR] [--found FILE]

Imports the help centres of CAUSERIE_DATA (default `../shared/data`) and the sample company's articles through
the product into a private database, compares every article as the background does, without a model, and
prints each pair that is found, for somebody to judge: none of these sentences was written to contradict
another. With `--folder` the database is kept, and the next run compares again without embedding; the first
takes about half an hour of one core.

Then the sentences of `benchmarks/questions/table_sentences.jsonl` are held against the tables of the sample
company of which they speak: some were written to contradict them. Those of the set `chosen` were looked at
while choosing, those of `first` (French) after a first run; those of `last` were written when all was done.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.embedded.services_only import private_services

if TYPE_CHECKING:
    from knowledge.models import Finding

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = Path(__file__).parent / "questions" / "table_sentences.jsonl"
SAMPLE = {f"sample-{language}": ROOT / "knowledge" / "sample" / language for language in ("en", "fr")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, help="keep the database here")
    parser.add_argument(
        "--found", type=Path, help="also write the pairs to this file, one JSON object a line"
    )
    options = parser.parse_args()
    data = Path(os.environ.get("CAUSERIE_DATA") or ROOT.parent / "shared" / "data")
    if not (data / "kb_dmv_en.jsonl").exists():
        sys.exit(f"skipped: the developers' sample is not in {data} (set CAUSERIE_DATA)")
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(data, options.found)


def run(data: Path, found: Path | None) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from knowledge.models import Finding, Fingerprint
    from knowledge.upkeep import comparing

    call_command("migrate", verbosity=0)
    names = import_all(data)
    Finding.objects.all().delete()
    Fingerprint.objects.update(compared=False)
    comparing.work(lambda: True)
    rows = [row_of(finding, names) for finding in Finding.objects.filter(kind=Finding.Kind.CONTRADICTION)]
    show(rows)
    show_tables()
    if found:
        found.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def import_all(data: Path) -> dict[int, str]:
    """Import every help centre and wait until it is indexed; return the names of the sources."""
    from django.core.management.base import OutputWrapper

    from benchmarks.retrieval_sets import SOURCES
    from knowledge.intake.direct import items_under, usual_manner
    from knowledge.intake.importing import import_items, source_named
    from knowledge.progress_line import ProgressLine
    from knowledge.waiting import wait_for_source

    names = {}
    for name, path in {**{name: data / path for name, path in SOURCES.items()}, **SAMPLE}.items():
        source = source_named(name)
        import_items(source, items_under(path, usual_manner()))
        wait_for_source(source, progress=ProgressLine(OutputWrapper(sys.stdout)))
        names[source.pk] = name
    return names


def row_of(finding: Finding, names: dict[int, str]) -> dict[str, str]:
    one, other = finding.document, finding.other
    sides = [names[one.source_id], names[other.source_id]]
    return {
        "help centre": sides[0] if sides[0] == sides[1] else " / ".join(sides),
        "about": finding.about,
        "one": f"{one.title}: {finding.said}",
        "other": f"{other.title}: {finding.other_said}",
        "values": f"{finding.value} | {finding.other_value}",
        "tables": "yes" if "|" in one.body or "|" in other.body else "",
    }


def show(rows: list[dict[str, str]]) -> None:
    for row in rows:
        print(f"{row['help centre']}, {row['about']}: {row['values']}\n  {row['one']}\n  {row['other']}")
    for name, number in sorted(Counter(row["help centre"] for row in rows).items()):
        print(f"{name}: {number}")
    print(f"in all: {len(rows)}")


def show_tables() -> None:
    """How many of the sentences that contradict a table are found, and of the others."""
    told: Counter[tuple[str, bool]] = Counter()
    found: Counter[tuple[str, bool]] = Counter()
    for line in SENTENCES.read_text().splitlines():
        row = json.loads(line)
        kind = (row["set"], row["contradicts"])
        told[kind] += 1
        found[kind] += is_found(row)
        if row["contradicts"] != is_found(row):
            print(f"missed, or found without reason: {row['text']}")
    for (name, contradicts), number in sorted(told.items()):
        which = "contradict a table" if contradicts else "do not"
        print(f"{name}, sentences that {which}: {found[name, contradicts]} of {number} found")


def is_found(row: dict[str, str]) -> bool:
    from knowledge.models import Document
    from knowledge.rarity import rarity_of
    from knowledge.upkeep.contradictions import contradictions
    from knowledge.upkeep.sayings import Passage

    language = row["language"]
    article = Document.objects.get(source__name=f"sample-{language}", external_id=row["article"])
    said = Passage.of(0, row["title"], (), row["text"], language)
    for chunk in article.chunks.all():
        there = Passage.of(article.pk, article.title, chunk.heading_path, chunk.text, language)
        stems = {stem for passage in (said, there) for saying in passage.sayings for stem in saying.all}
        if contradictions(said, there, rarity_of(stems).__getitem__):
            return True
    return False


if __name__ == "__main__":
    main()
