"""The sets that `benchmarks/retrieval.py` measures: which questions go to which help centre."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management.base import OutputWrapper

from benchmarks.reranked import ask_reranked
from knowledge.asking import METHODS, ask_with
from knowledge.intake.direct import items_under, usual_manner
from knowledge.intake.importing import import_items, source_named
from knowledge.measuring import Figures, Question, measure, parse_question
from knowledge.progress_line import ProgressLine
from knowledge.waiting import wait_for_source
from llm.clients import close_clients
from llm.reranking import reranker

SOURCES = {
    "gnome-en": "kb_gnome_help_en",
    "gnome-fr": "kb_gnome_help_fr",
    "dmv": "kb_dmv_en.jsonl",
    "cnil": "kb_cnil_fr.jsonl",
    "service-public": "kb_service_public_fr.jsonl",
}
GNOME = "questions_gnome_help_en_fr.jsonl"
ASKUBUNTU = "questions_askubuntu_on_gnome_en.jsonl"
CHOOSING = Path(__file__).parent / "questions" / "choosing.jsonl"
SIX = ["dmv", "service-public support", "cnil", "gnome en", "gnome fr", "dmv multi-turn"]


@dataclass(frozen=True)
class Set:
    """Questions of one file that `keep` keeps, asked of one source; `target`: the least hit@5 or refused."""

    name: str
    source: str
    file: str | Path
    keep: Callable[[dict], bool] = field(default=lambda row: True)
    target: float | None = None


def answerable(language: str) -> Callable[[dict], bool]:
    return lambda row: row["lang"] == language and row["answerable"] is True


def unanswerable(language: str) -> Callable[[dict], bool]:
    return lambda row: row["lang"] == language and row["answerable"] is False


def about(kb: str, language: str, wanted: bool) -> Callable[[dict], bool]:
    return lambda row: row["kb"] == kb and row["lang"] == language and row["answerable"] is wanted


SETS = [
    Set("dmv", "dmv", "questions_dmv_en.jsonl", target=0.99),
    Set(
        "service-public support",
        "service-public",
        "questions_service_public_fr.jsonl",
        lambda row: row["kind"] == "site_support_question",
        0.97,
    ),
    Set("cnil", "cnil", "questions_cnil_fr.jsonl", target=0.96),
    Set("gnome en", "gnome-en", GNOME, answerable("en"), 0.95),
    Set("gnome fr", "gnome-fr", GNOME, answerable("fr"), 0.95),
    Set("dmv multi-turn", "dmv", "multiturn_dmv_en.jsonl", target=0.88),
    Set("en questions, fr pages", "gnome-fr", GNOME, answerable("en"), 0.80),
    Set("fr questions, en pages", "gnome-en", GNOME, answerable("fr"), 0.80),
    Set("askubuntu, partly covered", "gnome-en", ASKUBUNTU, lambda row: row["answerable"] == "partial"),
    Set("askubuntu, not covered", "gnome-en", ASKUBUNTU, unanswerable("en"), 0.60),
    Set("off topic on gnome en", "gnome-en", "oos_en_fr.jsonl", unanswerable("en"), 0.93),
    Set("off topic on gnome fr", "gnome-fr", "oos_en_fr.jsonl", unanswerable("en"), 0.93),
    Set("off topic on dmv", "dmv", "oos_en_fr.jsonl", unanswerable("en"), 0.93),
    Set("near topic on cnil", "cnil", "oos_en_fr.jsonl", unanswerable("fr")),
    Set("gnome, not covered, en", "gnome-en", GNOME, unanswerable("en")),
    Set("gnome, not covered, fr", "gnome-fr", GNOME, unanswerable("fr")),
    Set("choosing: gnome en", "gnome-en", CHOOSING, about("gnome", "en", True)),
    Set("choosing: gnome fr", "gnome-fr", CHOOSING, about("gnome", "fr", True)),
    Set("choosing: en on fr", "gnome-fr", CHOOSING, about("gnome", "en", True)),
    Set("choosing: fr on en", "gnome-en", CHOOSING, about("gnome", "fr", True)),
    Set("choosing: near gnome en", "gnome-en", CHOOSING, about("gnome", "en", False)),
    Set("choosing: near gnome fr", "gnome-fr", CHOOSING, about("gnome", "fr", False)),
    Set("choosing: near dmv", "dmv", CHOOSING, about("dmv", "en", False)),
    Set("choosing: near cnil", "cnil", CHOOSING, about("cnil", "fr", False)),
]


def import_all(data: Path) -> dict[str, int]:
    """Import every help centre, wait until it is indexed; return the ids of the sources."""
    ids = {}
    for name, path in SOURCES.items():
        source = source_named(name)
        import_items(source, items_under(data / path, usual_manner()))
        wait_for_source(source, progress=ProgressLine(OutputWrapper(sys.stdout)))
        ids[name] = source.pk
    return ids


def questions_of(data: Path, wanted: Set) -> list[Question]:
    rows = [json.loads(line) for line in (data / wanted.file).read_text().splitlines() if line.strip()]
    return [parse_question(row) for row in rows if wanted.keep(row)]


def measure_all(data: Path, sources: dict[str, int], *, only: list[str] | None) -> list[dict]:
    chosen = [wanted for wanted in SETS if not only or wanted.name in only]
    rows = []
    for wanted in chosen:
        questions = questions_of(data, wanted)
        by_method = {}
        for method in METHODS:
            figures, _ = measure(questions, ask_with(method, frozenset({sources[wanted.source]})))
            by_method[method] = figures
        rows.append(row_of(wanted, by_method))
    add_reranked(rows, [(questions_of(data, wanted), sources[wanted.source]) for wanted in chosen])
    return rows


def add_reranked(rows: list[dict], asked: list[tuple[list[Question], int]]) -> None:
    """The same questions through the reranker that the settings name."""
    model = reranker()
    if model is None:
        print("skipped: what a reranker would make of it, because RERANK_MODEL names none")
        return
    failed: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        for row, (questions, source) in zip(rows, asked, strict=True):
            if not row["fused"]["answerable"]:
                continue  # whether to answer stays with the search
            figures, _ = measure(questions, ask_reranked(frozenset({source}), model, runner, failed))
            row["reranked"] = figures.as_json()
        runner.run(close_clients())
    for code, count in failed.items():
        print(f"{count} questions are in the search's order instead of the reranker's: {code}")


def row_of(wanted: Set, by_method: dict[str, Figures]) -> dict:
    return {
        "set": wanted.name,
        "target": wanted.target,
        **{method: figures.as_json() for method, figures in by_method.items()},
    }


def show(rows: list[dict]) -> None:
    """Two tables in Markdown: what is found, with the simpler methods beside it; what is refused."""
    reranked = " reranked |" if any("reranked" in row for row in rows) else ""
    print(
        "\n| questions | n | hit@1 | hit@5 | wanted | MRR@10 | wrongly refused | BM25 | words | vectors |"
        + reranked
    )
    print("|---|---|---|---|---|---|---|---|---|---|" + ("---|" if reranked else ""))
    for row in rows:
        if row["fused"]["answerable"]:
            print(found_line(row))
    print("\n| questions without an answer | n | refused | wanted |\n|---|---|---|---|")
    for row in rows:
        ours = row["fused"]
        if ours["unanswerable"]:
            print(
                f"| {row['set']} | {ours['unanswerable']} | {ours['refused']:.3f} | {row['target'] or ''} |"
            )
    six = [row["fused"]["mrr@10"] for row in rows if row["set"] in SIX]
    if len(six) == len(SIX):
        print(f"\nMean MRR@10 over {', '.join(SIX)}: {statistics.mean(six):.3f}")


def found_line(row: dict) -> str:
    ours = row["fused"]
    others = " | ".join(
        f"{row[method]['hit@5']:.3f} / {row[method]['mrr@10']:.3f}"
        for method in ("bm25", "words", "dense", "reranked")
        if method in row
    )
    return (
        f"| {row['set']} | {ours['answerable']} | {ours['hit@1']:.3f} | {ours['hit@5']:.3f} "
        f"| {row['target'] or ''} | {ours['mrr@10']:.3f} | {ours['wrongly_refused']:.3f} | {others} |"
    )


def refused_line(row: dict) -> str:
    ours = row["fused"]
    return f"| {row['set']} | {ours['unanswerable']} | {ours['refused']:.3f} | {row['target'] or ''} |"
