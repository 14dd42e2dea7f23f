"""What cleaning finds, what it changes and what it costs, on the developers' sample.

    python -m benchmarks.cleaning [--show N]

Four parts: personal data in texts where it is marked (precision and recall by kind); help centres as their
makers published them, which cleaning should leave as they are (`--show` prints the first changes of each
step); copies among their articles; and customers' questions in other words, grouped by words alone.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.boilerplate import repeated_blocks
from knowledge.cleaning.conversations import Candidate
from knowledge.cleaning.duplicates import find_duplicates
from knowledge.cleaning.grouping import group
from knowledge.cleaning.personal import find_personal
from knowledge.cleaning.pipeline import clean, trace
from knowledge.cleaning.steps import usual_steps
from knowledge.loaders.base import Place
from knowledge.plain import text_to_markdown

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"email": "email", "phone_number": "phone", "iban": "iban", "credit_card_number": "card"}
LINES = ["kb_cnil_fr", "kb_dmv_en", "kb_service_public_fr"]
FOLDERS = ["kb_gnome_help_en", "kb_gnome_help_fr"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", type=int, default=0, help="changes to print for each step and help centre")
    options = parser.parse_args()
    data = Path(os.environ.get("CAUSERIE_DATA") or ROOT.parent / "shared" / "data")
    if not (data / "pii_en.jsonl").exists():
        sys.exit(f"skipped: the developers' sample is not in {data} (set CAUSERIE_DATA)")
    personal_data(data / "pii_en.jsonl")
    for name in [*FOLDERS, *LINES]:
        help_centre(name, list(articles(data, name)), options.show)
    questions()


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def personal_data(path: Path) -> None:
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for row in rows_of(path):
        spans = {(KINDS[s["type"]], s["start"], s["end"]) for s in row["spans"] if s["type"] in KINDS}
        mine = {(f.kind, f.start, f.end) for f in find_personal(row["text"], Rules(frozenset()))}
        wanted.update(kind for kind, *_ in spans)
        found.update(kind for kind, *_ in mine)
        right.update(kind for kind, *_ in spans & mine)
    print("personal data     precision  recall  marked")
    for kind in KINDS.values():
        precision = right[kind] / found[kind] if found[kind] else 0
        recall = right[kind] / wanted[kind] if wanted[kind] else 0
        print(f"  {kind:16}     {precision:.2f}    {recall:.2f}   {wanted[kind]}")


def articles(data: Path, name: str) -> Iterator[Draft]:
    """As the loaders bring them, with the language that they say."""
    if name in FOLDERS:
        for path in sorted((data / name).glob("*.md")):
            yield Draft(path.stem, path.read_text().split("---\n", 2)[2], name[-2:])
        return
    for row in rows_of(data / f"{name}.jsonl"):
        body = text_to_markdown(row["body"]) if row.get("format") == "text" else row["body"]
        yield Draft(row["title"], body, row["lang"])


def help_centre(name: str, drafts: list[Draft], show: int) -> None:
    repeated = repeated_blocks(draft.body for draft in drafts)
    rules = Rules(usual_steps(), repeated=repeated)
    started = time.process_time()
    cleaned = [clean(draft, rules) for draft in drafts]
    seconds = (time.process_time() - started) / len(drafts) * 1000
    changes: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for one in cleaned:
        changes.update(one.changes)
        documents.update(one.changes.keys())
    kinds = Counter(finding.kind for one in cleaned for finding in one.findings)
    words = sum(len(draft.body.split()) for draft in drafts)
    less = words - sum(len(one.draft.body.split()) for one in cleaned)
    print(f"\n{name}: {len(drafts)} articles, {seconds:.0f} s per 1,000, {less} of {words} words less")
    print("  changes:", ", ".join(f"{k} {n} in {documents[k]}" for k, n in changes.items()) or "none")
    print("  flagged:", ", ".join(f"{k} {n}" for k, n in kinds.items()) or "nothing")
    started = time.process_time()
    twins = find_duplicates([draft.body for draft in drafts])
    seconds = (time.process_time() - started) / len(drafts) * 1000
    print(f"  repeated blocks: {len(repeated)}; copies: {len(twins)}, {seconds:.1f} s per 1,000")
    show_changes(drafts, rules, show)


def show_changes(drafts: list[Draft], rules: Rules, most: int) -> None:
    shown: Counter[str] = Counter()
    for draft in drafts if most else []:
        for step, before, after in trace(draft, rules):
            bodies = [side.body.split("\n") for side in (before, after)]
            for line in difflib.unified_diff(*bodies, lineterm="", n=0):
                shown[step] += 1
                if shown[step] <= most and not line.startswith(("---", "+++", "@@")):
                    print(f"    {step}: {line[:160]}")


def questions() -> None:
    from tests.knowledge.cleaning.asked import ANSWERS, ENGLISH, asked

    answers: dict[int, list[str]] = {}
    for number, answer in asked(ANSWERS):
        answers.setdefault(number, []).append(answer)
    rows = asked(ENGLISH)
    made = [Candidate(q, answers[n][at % 2], Place(""), "agent", "en") for at, (n, q) in enumerate(rows)]
    number_of = dict(zip((candidate.question for candidate in made), (n for n, _ in rows), strict=True))
    together = [
        number_of[one.question] == number_of[other.question]
        for found in group(made)
        for one, other in combinations(found.members, 2)
    ]
    right = sum(one[0] == other[0] for one, other in combinations(rows, 2))
    precision, recall = sum(together) / len(together), sum(together) / right
    print(f"\ngrouping by words: precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main()
